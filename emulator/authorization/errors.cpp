#include "authorization/errors.h"

#include <algorithm>

#include "core/text.h"

namespace votemu::authorization {
namespace {

using core::AwsError;
using iam::Decision;
using iam::PolicyKind;

const char* name_of(PolicyKind kind) {
  switch (kind) {
    case PolicyKind::boundary:
      return "permissions boundary";
    case PolicyKind::session:
      return "session policy";
    case PolicyKind::resource:
      return "resource-based policy";
    default:
      return "identity-based policy";
  }
}

// SQS writes actions in lower case.
std::string written_action(const std::string& action) {
  std::string written = action;
  if (written.starts_with("sqs:")) std::ranges::transform(written, written.begin(), core::to_lower);
  return written;
}

// S3 puts resources in quotes.
std::string written_resource(const core::Access& access) {
  return access.action.starts_with("s3:") ? "\"" + access.resource + "\"" : access.resource;
}

std::string reason(const std::string& action, const Decision& decision) {
  const std::string kind = name_of(decision.by);
  if (decision.outcome == Decision::Outcome::explicitly_denied) {
    const bool vowel = decision.by == PolicyKind::identity;
    return " with an explicit deny in " + std::string(vowel ? "an " : "a ") + kind;
  }
  return " because no " + kind + " allows the " + action + " action";
}

// Of the services that answer in XML.
bool speaks_query(std::string_view service) {
  return service == "iam" || service == "sts" || service == "cloudformation";
}

bool speaks_rest_json(std::string_view service) {
  return service == "lambda" || service == "apigateway" || service.starts_with("iot");
}

AwsError not_signed(std::string_view service) {
  if (speaks_query(service)) {
    return AwsError("MissingAuthenticationToken", "Request is missing Authentication Token", 403);
  }
  if (speaks_rest_json(service)) {
    return AwsError("MissingAuthenticationTokenException", "Missing Authentication Token", 403);
  }
  return AwsError("MissingAuthenticationTokenException", "Request is missing Authentication Token",
                  400);
}

bool may_be_open_to_all(std::string_view service) {
  return service == "s3" || service == "sqs";
}

}  // namespace

std::string denial_text(const Caller& caller, const core::Access& access,
                        const Decision& decision) {
  const std::string action = written_action(access.action);
  return "User: " + caller.arn() + " is not authorized to perform: " + action +
         " on resource: " + written_resource(access) + reason(action, decision);
}

AwsError denied(std::string_view service, const Caller& caller, const core::Access& access,
                const std::string& text) {
  if (caller.anonymous && !may_be_open_to_all(service)) return not_signed(service);
  if (service == "s3") {
    return AwsError("AccessDenied", caller.anonymous ? "Access Denied" : text, 403);
  }
  if (service == "sqs" || speaks_query(service)) return AwsError("AccessDenied", text, 403);
  // IoT's data plane does not say why.
  if (service.starts_with("iot") && access.action != "iot:DescribeEndpoint") {
    return AwsError("ForbiddenException", "Forbidden", 403);
  }
  return AwsError("AccessDeniedException", text, speaks_rest_json(service) ? 403 : 400);
}

}  // namespace votemu::authorization
