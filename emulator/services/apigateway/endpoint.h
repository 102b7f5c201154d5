// A method that a Lambda function answers, with all that its calls have in common: made once, when
// its stage is deployed.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/ids.h"
#include "services/apigateway/http.h"

namespace votemu::apigateway {

using PathParameters = Pairs;

// Where methods are called: a stage of an API, or the place in which one is tried out.
struct Stage {
  Stage(core::Scope the_scope, std::string the_api_id, std::string the_name);

  core::Scope scope;
  std::string api_id;
  std::string name;
  std::string arn;            // "arn:aws:execute-api:REGION:ACCOUNT:API/STAGE"
  std::string deployment_id;  // "" when methods are only tried out
  Pairs variables;
  std::vector<std::string> binary_media_types;
};

struct Endpoint;

// The parts of the proxy event that are the same in every call, in their order.
struct EventText {
  EventText() = default;
  explicit EventText(const Endpoint& endpoint);

  std::string resource;  // {"resource":"/votes","path":
  std::string stage;     // ,"stageVariables":null,"requestContext":{…,"httpMethod":
  std::string account;   // ,"accountId":…,"domainPrefix":
  std::string api;       // ,"deploymentId":…,"apiId":…}
};

struct Endpoint {
  std::shared_ptr<const Stage> stage;
  std::string resource_id;
  std::string resource_path;  // "/votes/{id}"
  std::string function_arn;   // from the integration's uri, qualifier included
  bool has_role = false;      // of the integration, instead of the function's permission
  bool authorized_by_iam = false;
  int timeout_ms = 29'000;  // after which the reply is integration_timeout_reply()
  EventText event;
};

}  // namespace votemu::apigateway
