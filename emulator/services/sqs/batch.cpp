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

// `before` are the ids of the entries before.
void check_id(const std::string& id, std::span<const std::string> before) {
  constexpr std::string_view allowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
  if (id.empty() || id.size() > limits::max_batch_entry_id_length ||
      id.find_first_not_of(allowed) != id.npos) {
    throw core::AwsError("InvalidBatchEntryId",
                         "A batch entry id can only contain alphanumeric characters, hyphens and "
                         "underscores. It can be at most 80 letters long.");
  }
  if (std::ranges::find(before, id) == before.end()) return;
  throw core::AwsError("BatchEntryIdsNotDistinct", "Id " + id + " repeated.");
}

// With a comma or a brace before it; nothing when the list, with a comma before each, is empty.
void append_list(std::string& json, std::string_view name, std::string list) {
  if (list.empty()) return;
  list.front() = '[';
  json.append(json.empty() ? "{\"" : ",\"").append(name).append("\":").append(list).push_back(']');
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
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const std::string* id = text_member(entries[i], "Id");
    if (!id) throw missing_parameter(BatchEntry{entries[i], kind, i + 1}.path_of("Id"));
    check_id(*id, ids);
    ids.push_back(*id);
  }
  return entries;
}

void check_ids(std::span<const std::string> ids) {
  for (std::size_t i = 0; i < ids.size(); ++i) check_id(ids[i], ids.first(i));
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

std::string run_batch(std::span<const std::string> ids,
                      const std::function<void(std::size_t)>& run) {
  std::string successful;
  std::string failed;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    try {
      run(i);
      successful.append(",{\"Id\":\"").append(ids[i]).append("\"}");
    } catch (const core::AwsError& error) {
      failed.append(",").append(core::dump_json(failed_entry(ids[i], error)));
    }
  }
  std::string answer;
  append_list(answer, "Failed", std::move(failed));
  append_list(answer, "Successful", std::move(successful));
  answer.push_back('}');
  return answer;
}

}  // namespace votemu::sqs
