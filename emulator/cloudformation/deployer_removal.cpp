// What a deployment takes away, and how it goes back.
#include <algorithm>
#include <array>
#include <utility>

#include "cloudformation/deployer.h"
#include "core/aws_error.h"

namespace votemu::cloudformation {
namespace {

bool contains_one_of(const std::string& text, std::initializer_list<const char*> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](const char* word) { return text.find(word) != std::string::npos; });
}

// https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-test-contract-errors.html
std::string handler_error_code(const std::string& code) {
  if (contains_one_of(code, {"NotFound", "NonExistent", "DoesNotExist", "NoSuch"})) {
    return "NotFound";
  }
  if (contains_one_of(code, {"AlreadyExists", "ResourceInUse", "ResourceConflict", "NameExists",
                             "AlreadyOwnedByYou", "EntityExists"})) {
    return "AlreadyExists";
  }
  if (contains_one_of(code, {"AccessDenied", "Unauthorized", "NotAuthorized"})) {
    return "AccessDenied";
  }
  if (contains_one_of(code, {"LimitExceeded", "TooMany"})) return "ServiceLimitExceeded";
  if (contains_one_of(code, {"Validation", "Invalid", "Malformed", "Missing", "BadRequest",
                             "Serialization", "Unsupported", "DeleteConflict", "NotEmpty"})) {
    return "InvalidRequest";
  }
  return "GeneralServiceException";
}

}  // namespace

std::string Deployer::handler_message(const core::AwsError& error) const {
  return "Resource handler returned message: \"" + std::string(error.what()) +
         "\" (RequestToken: " + engine_.runtime.random.uuid() +
         ", HandlerErrorCode: " + handler_error_code(error.code()) + ")";
}

bool Deployer::remove(const std::string& id, ResourceRecord& record) {
  tell(id, record, "DELETE_IN_PROGRESS");
  try {
    type_of(id, record.type).remove(context(id), record.state);
  } catch (const core::AwsError& error) {
    // Someone else has deleted it.
    if (handler_error_code(error.code()) != "NotFound") {
      engine_.runtime.log.warn("stack " + record_.name + ": " + id +
                               " was not deleted: " + error.what());
      tell(id, record, "DELETE_FAILED", handler_message(error));
      return false;
    }
  }
  tell(id, record, "DELETE_COMPLETE");
  return true;
}

void Deployer::delete_leftovers() {
  auto leftovers = std::move(record_.leftovers);
  record_.leftovers.clear();
  std::sort(leftovers.begin(), leftovers.end(), [](const Leftover& left, const Leftover& right) {
    return left.record.order > right.record.order;
  });
  for (auto& [id, record, stays] : leftovers) {
    if (stays) {
      tell(id, record, "DELETE_SKIPPED");
    } else {
      remove(id, record);
    }
  }
}

void Deployer::undo() {
  for (auto step = undo_.rbegin(); step != undo_.rend(); ++step) {
    try {
      (*step)();
    } catch (const core::AwsError& error) {
      engine_.runtime.log.warn("stack " + record_.name +
                               ": a change was not undone: " + error.what());
    } catch (const Json::exception&) {
      engine_.runtime.log.warn("stack " + record_.name + ": a change was not undone");
    }
  }
}

std::vector<std::string> Deployer::delete_all(const std::set<std::string>& retained) {
  delete_leftovers();
  std::vector<std::pair<const std::string, ResourceRecord>*> latest_first;
  for (auto& entry : record_.resources) latest_first.push_back(&entry);
  std::sort(latest_first.begin(), latest_first.end(), [](const auto* left, const auto* right) {
    return left->second.order > right->second.order;
  });
  std::vector<std::string> failed;
  for (auto* entry : latest_first) {
    auto& [id, record] = *entry;
    if (record.retain_on_delete || retained.contains(id)) {
      tell(id, record, "DELETE_SKIPPED");
    } else if (!remove(id, record)) {
      failed.push_back(id);
    }
  }
  if (!failed.empty()) {
    std::erase_if(record_.resources,
                  [](const auto& entry) { return entry.second.status != "DELETE_FAILED"; });
  }
  return failed;
}

void Deployer::tell(const std::string& id, ResourceRecord& record, const std::string& status,
                    const std::string& reason) {
  const bool over = status.starts_with("DELETE");
  events_.resource({id, record.state.physical_id, record.type, status, reason,
                    over ? nullptr : &record.state.properties});
  record.status = status;
  record.status_reason = reason;
  record.changed_ms = events_.last_ms();
}

void Deployer::tell_failed(const std::string& id, const std::string& type,
                           const std::string& reason) {
  const auto found = record_.resources.find(id);
  const bool updates = found != record_.resources.end();
  failed_ = (updates ? "update: [" : "create: [") + id + "]";
  if (updates) {
    tell(id, found->second, "UPDATE_FAILED", reason);
  } else {
    events_.resource({id, "", type, "CREATE_FAILED", reason});
  }
}

std::string Deployer::failure_text(const Problem& problem) const {
  if (failed_.empty()) return std::string(problem.what()) + " ";
  return "The following resource(s) failed to " + failed_ + ". ";
}

ResourceContext Deployer::context(const std::string& logical_id) const {
  return {engine_.runtime,        engine_.services, request_,
          engine_.known_handlers, record_.name,     logical_id};
}

const ResourceType& Deployer::type_of(const std::string& id, const std::string& name) const {
  const ResourceType* type = engine_.types.find(name);
  if (type == nullptr) {
    throw Problem("Template format error: Unrecognized resource types: [" + name + "]",
                  {"Resources", id, "Type"}, id);
  }
  return *type;
}

}  // namespace votemu::cloudformation
