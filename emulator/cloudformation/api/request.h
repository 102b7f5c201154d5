// What CloudFormation's operations ask of their requests alike.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cloudformation/change_set.h"
#include "cloudformation/engine.h"
#include "cloudformation/stack_record.h"
#include "core/aws_error.h"
#include "core/operation.h"

namespace votemu::cloudformation::api {

using core::Json;
using core::RequestContext;

// ValidationError
core::AwsError invalid(const std::string& message);
// ValidationError of a member whose value is too long to be told. `member` is as the text has it.
core::AwsError too_long(std::string_view member, std::size_t most);

// Throws ValidationError when it is missing.
std::string required_text(const Json& request, const char* member);
std::string text(const Json& request, const char* member);  // "" when absent
bool flag(const Json& request, const char* member);         // false when absent
// Of a list of texts; empty when absent.
std::vector<std::string> texts(const Json& request, const char* member);

// The name of a stack or change set that is to be made. Throws ValidationError.
void check_name(const std::string& name, const char* member);
// ClientRequestToken or ClientToken, "" when absent. Throws ValidationError.
std::string client_token(const Json& request, const char* member = "ClientRequestToken");

// By name or id. The operations differ in how they say that there is none.
enum class Missing { with_id, in_brackets };
StackRecord find_stack(const Engine& engine, const RequestContext& context,
                       const std::string& name_or_id, Missing missing);

// By name and the stack's name, or by id. Throws ChangeSetNotFound.
ChangeSet find_change_set(const Engine& engine, const RequestContext& context, const Json& request);

// A stack's URLs stay what they were made for, whoever asks and through whatever name.
RequestContext in_the_name_of(const StackRecord& stack, RequestContext context);

// What a token of ours says. Throws ValidationError for any other.
std::uint64_t token_number(const std::string& token);

// What of a list is on the page that NextToken names, and the token of the page after it.
struct Page {
  std::size_t begin;
  std::size_t end;
  std::string next_token;  // "": it is the last
};
Page page_of(const Json& request, std::size_t count);

// Leaves NextToken out when there is no further page.
Json paged(const char* member, Json items, const std::string& next_token);

}  // namespace votemu::cloudformation::api
