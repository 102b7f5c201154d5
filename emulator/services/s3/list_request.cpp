#include "services/s3/list_request.h"

#include <algorithm>
#include <limits>

#include "core/members.h"
#include "core/text.h"
#include "services/s3/errors.h"
#include "services/s3/limits.h"

namespace votemu::s3 {
namespace {

using core::Json;

// What S3 leaves as it is beside the unreserved characters.
constexpr std::string_view also_plain = "*/";

}  // namespace

ListRequest ListRequest::from(const Json& request, const char* limit_member) {
  ListRequest list;
  list.prefix = core::string_member(request, "Prefix").value_or("");
  list.delimiter = core::string_member(request, "Delimiter").value_or("");
  const auto most = core::integer_member(request, limit_member).value_or(limits::max_page);
  if (most < 0 || most > std::numeric_limits<std::int32_t>::max()) {
    throw invalid_argument("Argument maxKeys must be an integer between 0 and 2147483647",
                           "max-keys", std::to_string(most));
  }
  list.most = static_cast<std::size_t>(std::min(most, limits::max_page));
  if (const auto encoding = core::string_member(request, "EncodingType")) {
    if (*encoding != "url") {
      throw invalid_argument("Invalid Encoding Method specified in Request", "encoding-type",
                             *encoding);
    }
    list.url_encoded = true;
  }
  return list;
}

std::string ListRequest::spelled(std::string_view name) const {
  return url_encoded ? core::percent_encode(name, also_plain) : std::string(name);
}

std::optional<std::string> ListRequest::common_prefix(std::string_view name) const {
  if (delimiter.empty()) return std::nullopt;
  const auto found = name.find(delimiter, prefix.size());
  if (found == std::string_view::npos) return std::nullopt;
  return std::string(name.substr(0, found + delimiter.size()));
}

Json ListRequest::echoed(const char* limit_member) const {
  Json answer = {{"Prefix", spelled(prefix)}, {limit_member, most}};
  if (!delimiter.empty()) answer["Delimiter"] = spelled(delimiter);
  if (url_encoded) answer["EncodingType"] = "url";
  return answer;
}

std::string after_all(std::string prefix) {
  while (!prefix.empty() && prefix.back() == '\xff') prefix.pop_back();
  if (!prefix.empty()) prefix.back() = static_cast<char>(prefix.back() + 1);
  return prefix;
}

}  // namespace votemu::s3
