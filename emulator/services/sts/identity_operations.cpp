// GetCallerIdentity, GetAccessKeyInfo.
#include <algorithm>

#include "core/access_key.h"
#include "core/text.h"
#include "services/sts/limits.h"
#include "services/sts/operations.h"
#include "services/sts/request.h"

namespace votemu::sts {
namespace {

using core::Json;
using core::RequestContext;

bool is_word(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return core::is_alphanumeric(c) || c == '_'; });
}

Json identity_of(const core::SessionClaims& claims) {
  const auto role = core::RoleArn::parse(claims.role_arn);
  return {{"UserId", claims.assumed_role_id},
          {"Account", claims.account},
          {"Arn", role ? role->assumed(claims.session_name) : claims.role_arn}};
}

Json get_caller_identity(const Desk& desk, const RequestContext& context, const Json&) {
  require_signed(context);
  return caller_identity(desk, context);
}

Json get_access_key_info(const Desk&, const RequestContext& context, const Json& request) {
  require_signed(context);
  const core::Constraints check(request);
  const std::string key =
      check.required_text("AccessKeyId", {.least = limits::min_access_key_length,
                                          .most = limits::max_access_key_length,
                                          .pattern = "[\\w]*",
                                          .matches = is_word});
  check.throw_if_any("ValidationError");
  return {{"Account", core::account_of_access_key(key).value_or(context.scope.account)}};
}

}  // namespace

Json caller_identity(const Desk& desk, const RequestContext& context) {
  const auto session = desk.issuer.open(context.access_key, context.session_token);
  if (session && !session->claims.role_arn.empty()) return identity_of(session->claims);
  const std::string& account = session ? session->claims.account : context.scope.account;
  return {{"UserId", account}, {"Account", account}, {"Arn", "arn:aws:iam::" + account + ":root"}};
}

void add_identity_operations(core::OperationTable& table, Desk desk) {
  add_operation(table, desk, "GetCallerIdentity", get_caller_identity);
  add_operation(table, desk, "GetAccessKeyInfo", get_access_key_info);
}

}  // namespace votemu::sts
