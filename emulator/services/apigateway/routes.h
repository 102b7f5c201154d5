// A deployment's snapshot, made ready for matching calls.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/json.h"
#include "services/apigateway/endpoint.h"

namespace votemu::apigateway {

// An integration of type MOCK: answers by itself.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html
struct MockResponse {
  std::string
      selection_pattern;  // of the status that the request template chose; "" is the default
  int status = 200;
  std::string content_type;  // of the template; "" when there is none
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
};

struct Integration {
  enum class Kind { lambda_proxy, mock, unserved };
  Kind kind = Kind::unserved;
  bool authorized_by_iam = false;            // the method's authorizationType is AWS_IAM
  std::shared_ptr<const Endpoint> endpoint;  // lambda_proxy
  std::string passthrough_behavior;          // mock
  std::map<std::string, std::string> request_templates;  // mock, by content type
  std::vector<MockResponse> responses;                   // mock
};

struct Resource {
  std::string id;
  std::string path;
  std::map<std::string, Integration, std::less<>> methods;
};

struct Match {
  const Resource* resource;
  PathParameters parameters;
};

// The resources as a tree over their path's segments.
class Routes {
 public:
  // `resources` as an API's row has them: by id.
  Routes(const core::Json& resources, const std::shared_ptr<const Stage>& stage);

  // The resource that a path (as sent, beginning with one '/') leads to: literal segments win over
  // {parameters}, those over {proxy+}. Only resources that have methods count. Values of parameters
  // are as sent: API Gateway does not decode them.
  std::optional<Match> match(std::string_view path) const;

 private:
  struct Node {
    std::unique_ptr<Resource> resource;  // null when it has no methods
    std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
    std::unique_ptr<Node> parameter;
    std::unique_ptr<Node> greedy;
    std::string parameter_name;
    std::string greedy_name;
  };

  Node& node_for(std::string_view path);
  static const Resource* find(const Node& node, std::string_view rest, PathParameters& parameters);

  Node root_;
};

// The function's ARN in an integration's uri
// ("arn:aws:apigateway:REGION:lambda:path/2015-03-31/functions/ARN/invocations"), or "".
std::string function_arn_of(std::string_view uri);

}  // namespace votemu::apigateway
