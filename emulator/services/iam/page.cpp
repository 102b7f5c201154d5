#include "services/iam/page.h"

#include <algorithm>

#include "handlers/abi/base64.h"
#include "services/iam/errors.h"
#include "services/iam/limits.h"

namespace votemu::iam {

using core::Json;

Page::Page(const Request& request)
    : marker_(request.text("Marker", limits::max_marker_length).value_or("")),
      size_(static_cast<std::size_t>(request.number("MaxItems", 1, limits::max_page_items)
                                         .value_or(limits::default_page_items))) {}

Json Page::answer(std::string_view member, const Items& items) const {
  std::string after;
  try {
    after = abi::base64_decode(marker_);
  } catch (const core::AwsError&) {
    throw validation_failure("Invalid Marker.");
  }
  const auto first = after.empty()
                         ? items.begin()
                         : std::upper_bound(items.begin(), items.end(), after,
                                            [](const std::string& mark, const auto& item) {
                                              return mark < item.first;
                                            });
  const auto left = static_cast<std::size_t>(items.end() - first);
  const auto last = first + static_cast<std::ptrdiff_t>(std::min(left, size_));
  Json listed = Json::array();
  for (auto item = first; item != last; ++item) listed.push_back(item->second);
  Json response{{"IsTruncated", last != items.end()}};
  response[std::string(member)] = std::move(listed);
  if (last != items.end()) response["Marker"] = abi::base64_encode((last - 1)->first);
  return response;
}

}  // namespace votemu::iam
