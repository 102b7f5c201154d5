// An authorization and the services whose policies it reads, on a core in memory.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "authorization/authorization.h"
#include "core/aws_error.h"
#include "tests/support/test_runtime.h"

namespace votemu::authorization {

using core::Json;

inline const std::string account = "000000000000";
inline const std::string anybody_trust =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole",)"
    R"("Principal":{"AWS":"arn:aws:iam::000000000000:root"}}})";

inline std::string allow(const std::string& actions, const std::string& resources = "\"*\"") {
  return R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":)" + actions +
         R"(,"Resource":)" + resources + "}}";
}

class AuthorizationTest : public ::testing::Test {
 protected:
  // An operation of IAM, committed.
  void iam_call(const char* operation, const Json& request) {
    core::call(core.store, iam.operations(), operation, {}, request);
    core.finish_turn();
  }
  void create_role(const std::string& name, Json more = Json::object()) {
    more["RoleName"] = name;
    if (!more.contains("AssumeRolePolicyDocument"))
      more["AssumeRolePolicyDocument"] = anybody_trust;
    iam_call("CreateRole", more);
  }
  void put_policy(const std::string& role, const std::string& document) {
    iam_call("PutRolePolicy",
             {{"RoleName", role}, {"PolicyName", "inline"}, {"PolicyDocument", document}});
  }
  static std::string role_arn(const std::string& name) {
    return "arn:aws:iam::" + account + ":role/" + name;
  }

  static Caller root() { return Caller{}; }
  static Caller anonymous() {
    Caller caller;
    caller.anonymous = true;
    return caller;
  }
  Caller session_of(const std::string& role) {
    Caller caller;
    const auto arn = core::RoleArn::parse(role_arn(role));
    caller.session = core::SessionClaims{
        account, arn->text, core::role_id(iam.role_lookup(), *arn) + ":s1", "s1", std::nullopt};
    return caller;
  }

  // "CODE STATUS: message", "" when the caller may.
  static std::string refusal(const Authorization& by, const Caller& caller,
                             std::string_view service, std::string_view operation,
                             const Json& request) {
    try {
      by.check(caller, service, operation, request);
    } catch (const core::AwsError& error) {
      return error.code() + " " + std::to_string(error.http_status()) + ": " + error.what();
    }
    return "";
  }
  std::string refusal(const Caller& caller, std::string_view service, std::string_view operation,
                      const Json& request) {
    return refusal(enforced, caller, service, operation, request);
  }
  bool may(const Caller& caller, std::string_view service, std::string_view operation,
           const Json& request) {
    return refusal(caller, service, operation, request).empty();
  }

  test::TestRuntime core;
  dynamodb::Service dynamodb{core.runtime};
  iam::Service iam{core.runtime};
  lambda::Service lambda{core.runtime, {}, [](auto&&...) { return nullptr; }, [](auto&&...) {}};
  s3::Service s3{core.runtime};
  sqs::Service sqs{core.runtime};
  const Sources sources{iam, dynamodb, lambda, s3, sqs};
  Authorization enforced{core.runtime, sources, Mode::enforce};
};

}  // namespace votemu::authorization
