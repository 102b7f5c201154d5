#include "cloudformation/api/request.h"

#include <algorithm>

#include "cloudformation/limits.h"
#include "cloudformation/stack_name.h"
#include "cloudformation/stack_rows.h"
#include "core/constraints.h"
#include "core/members.h"
#include "core/text.h"

namespace votemu::cloudformation::api {

core::AwsError invalid(const std::string& message) {
  return core::AwsError("ValidationError", message, 400);
}

std::string required_text(const Json& request, const char* member) {
  auto value = core::string_member(request, member);
  if (value) return std::move(*value);
  throw invalid(core::null_violation(core::lower_first(member)));
}

std::string text(const Json& request, const char* member) {
  return core::string_member(request, member).value_or("");
}

core::AwsError too_long(std::string_view member, std::size_t most) {
  return invalid("1 validation error detected: Value at '" + std::string(member) +
                 "' failed to satisfy constraint: Member must have length less than or equal to " +
                 std::to_string(most));
}

bool flag(const Json& request, const char* member) {
  return core::boolean_member(request, member).value_or(false);
}

std::vector<std::string> texts(const Json& request, const char* member) {
  std::vector<std::string> values;
  const Json* list = core::array_member(request, member);
  if (list == nullptr) return values;
  for (const auto& value : *list) {
    if (!value.is_string()) throw invalid(std::string(member) + " must be a list of texts.");
    values.push_back(value.get<std::string>());
  }
  return values;
}

void check_name(const std::string& name, const char* member) {
  if (const auto problem = name_problem(name, core::lower_first(member))) throw invalid(*problem);
}

std::string client_token(const Json& request, const char* member) {
  std::string token = text(request, member);
  const bool fits = token.size() <= limits::max_client_token_length &&
                    std::all_of(token.begin(), token.end(),
                                [](char c) { return core::is_alphanumeric(c) || c == '-'; });
  if (fits) return token;
  throw invalid(
      core::violation(token, core::lower_first(member),
                      "Member must satisfy regular expression pattern: [a-zA-Z0-9][-a-zA-Z0-9]*"));
}

StackRecord find_stack(const Engine& engine, const RequestContext& context,
                       const std::string& name_or_id, Missing missing) {
  auto found = load_stack(engine.runtime.store, context.scope, name_or_id);
  if (found) return std::move(*found);
  throw invalid(missing == Missing::with_id ? "Stack with id " + name_or_id + " does not exist"
                                            : "Stack [" + name_or_id + "] does not exist");
}

ChangeSet find_change_set(const Engine& engine, const RequestContext& context,
                          const Json& request) {
  const std::string name = required_text(request, "ChangeSetName");
  const std::string stack_name = text(request, "StackName");
  const auto& store = engine.runtime.store;
  std::optional<ChangeSet> found;
  if (!stack_name.empty()) {
    const auto stack = find_stack(engine, context, stack_name, Missing::in_brackets);
    found = load_change_set(store, context.scope, stack.id, name);
  } else if (name.starts_with("arn:")) {
    found = cloudformation::find_change_set(store, context.scope, name);
  } else {
    throw invalid("StackName must be specified if ChangeSetName is not specified as an ARN.");
  }
  if (found) return std::move(*found);
  throw core::AwsError("ChangeSetNotFound", "ChangeSet [" + name + "] does not exist", 404);
}

RequestContext in_the_name_of(const StackRecord& stack, RequestContext context) {
  context.host = stack.host;
  return context;
}

std::uint64_t token_number(const std::string& token) {
  const auto number = core::parse_number(token);
  if (!number) throw invalid("The NextToken is not one that this operation has given.");
  return *number;
}

Page page_of(const Json& request, std::size_t count) {
  const std::string token = text(request, "NextToken");
  const std::size_t begin = token.empty() ? 0 : std::min<std::size_t>(token_number(token), count);
  Page page{begin, std::min(count, begin + limits::page_size), ""};
  if (page.end < count) page.next_token = std::to_string(page.end);
  return page;
}

Json paged(const char* member, Json items, const std::string& next_token) {
  Json answer = Json::object();
  answer[member] = std::move(items);
  if (!next_token.empty()) answer["NextToken"] = next_token;
  return answer;
}

}  // namespace votemu::cloudformation::api
