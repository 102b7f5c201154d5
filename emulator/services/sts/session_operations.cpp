// GetSessionToken.
#include "core/aws_error.h"
#include "services/sts/limits.h"
#include "services/sts/operations.h"
#include "services/sts/request.h"

namespace votemu::sts {
namespace {

using core::Json;
using core::RequestContext;

Json get_session_token(const Desk& desk, const RequestContext& context, const Json& request) {
  require_signed(context);
  const core::Constraints check(request);
  const std::int64_t duration_s =
      check.integer("DurationSeconds", limits::min_duration_s, limits::max_session_duration_s)
          .value_or(limits::default_session_duration_s);
  check.throw_if_any("ValidationError");
  if (desk.issuer.open(context.access_key, context.session_token)) {
    throw core::AwsError("AccessDenied", "Cannot call GetSessionToken with session credentials",
                         403);
  }
  const core::SessionClaims claims{context.scope.account, "", "", "", std::nullopt};
  return {{"Credentials",
           credentials_json(desk.issuer.issue(claims, desk.clock.now_ms() + duration_s * 1'000))}};
}

}  // namespace

void add_session_operations(core::OperationTable& table, Desk desk) {
  add_operation(table, desk, "GetSessionToken", get_session_token);
}

}  // namespace votemu::sts
