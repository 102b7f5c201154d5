#include "services/sqs/batch.h"

#include <set>

#include "core/members.h"
#include "services/sqs/errors.h"
#include "services/sqs/limits.h"

namespace votemu::sqs {
namespace {

using core::Json;

std::string path_of(std::string_view entry_name, std::size_t index) {
  return std::string(entry_name) + "." + std::to_string(index + 1);
}

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

const Json& checked_entries(const Json& request, std::string_view entry_name) {
  const Json* given = core::array_member(request, "Entries");
  if (!given || given->empty()) {
    throw core::AwsError("EmptyBatchRequest", "There should be at least one " +
                                                  std::string(entry_name) + " in the request.");
  }
  const Json& entries = *given;
  if (entries.size() > limits::max_batch_entries) {
    throw core::AwsError("TooManyEntriesInBatchRequest",
                         "Maximum number of entries per request are 10. You have sent " +
                             std::to_string(entries.size()) + ".");
  }
  std::set<std::string> ids;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto id = core::string_member(entries[i], "Id");
    if (!id) throw missing_parameter(path_of(entry_name, i) + ".Id");
    check_id(*id);
    if (!ids.insert(*id).second) {
      throw core::AwsError("BatchEntryIdsNotDistinct", "Id " + *id + " repeated.");
    }
  }
  return entries;
}

Json run_batch(const Json& entries, std::string_view entry_name,
               const std::function<Json(const Json& entry, const std::string& path)>& run) {
  Json response = Json::object();
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto id = entries[i].at("Id").get<std::string>();
    try {
      Json result = run(entries[i], path_of(entry_name, i));
      result["Id"] = id;
      response["Successful"].push_back(std::move(result));
    } catch (const core::AwsError& error) {
      response["Failed"].push_back(failed_entry(id, error));
    }
  }
  return response;
}

}  // namespace votemu::sqs
