#include "services/sqs/batch.h"

#include <algorithm>
#include <vector>

#include "core/members.h"
#include "services/sqs/errors.h"
#include "services/sqs/limits.h"
#include "services/sqs/request.h"

namespace votemu::sqs {
namespace {

using core::Json;

void check_id(const std::string& id) {
  constexpr std::string_view allowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
  if (!id.empty() && id.size() <= limits::max_batch_entry_id_length &&
      id.find_first_not_of(allowed) == std::string::npos) {
    return;
  }
  throw core::AwsError("InvalidBatchEntryId",
                       "A batch entry id can only contain alphanumeric characters, hyphens and "
                       "underscores. It can be at most 80 letters long.");
}

}  // namespace

std::string BatchEntry::path_of(std::string_view member) const {
  return std::string(kind) + "." + std::to_string(number) + "." + std::string(member);
}

const Json& checked_entries(const Json& request, std::string_view kind) {
  const Json* given = core::array_member(request, "Entries");
  if (!given || given->empty()) {
    throw core::AwsError("EmptyBatchRequest",
                         "There should be at least one " + std::string(kind) + " in the request.");
  }
  const Json& entries = *given;
  if (entries.size() > limits::max_batch_entries) {
    throw core::AwsError("TooManyEntriesInBatchRequest",
                         "Maximum number of entries per request are 10. You have sent " +
                             std::to_string(entries.size()) + ".");
  }
  std::vector<std::string_view> ids;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const std::string* id = text_member(entries[i], "Id");
    if (!id) throw missing_parameter(BatchEntry{entries[i], kind, i + 1}.path_of("Id"));
    check_id(*id);
    if (std::ranges::find(ids, *id) != ids.end()) {
      throw core::AwsError("BatchEntryIdsNotDistinct", "Id " + *id + " repeated.");
    }
    ids.push_back(*id);
  }
  return entries;
}

Json run_batch(const Json& entries, std::string_view kind,
               const std::function<Json(const BatchEntry&)>& run) {
  Json response = Json::object();
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto& id = entries[i].at("Id").get_ref<const std::string&>();
    try {
      Json result = run({entries[i], kind, i + 1});
      result["Id"] = id;
      response["Successful"].push_back(std::move(result));
    } catch (const core::AwsError& error) {
      response["Failed"].push_back(failed_entry(id, error));
    }
  }
  return response;
}

}  // namespace votemu::sqs
