// A call to a deployed API and its answer, as values: no sockets here.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/access.h"
#include "core/aws_error.h"

namespace votemu::apigateway {

using Pairs = std::vector<std::pair<std::string, std::string>>;  // in order, repeats allowed
using HttpHeaders = Pairs;

// Who tries out a method with TestInvokeMethod, in place of a client.
struct Tester {
  std::string account;
  std::string access_key;
  std::string user_agent;
};

// Who signed a call, as the event tells a method with AWS_IAM.
struct Signer {
  std::string account;
  std::string access_key;
  std::string id;  // "AROA…:SESSION", or the account's
  std::string arn;
  std::string identity_id;  // a Cognito identity's, else ""
  std::string identity_pool_id;
};

struct HttpCall {
  std::string method;  // "POST"
  std::string path;    // after the stage, as sent (not percent-decoded), "" or beginning with '/'
  std::string raw_query;    // after '?', as sent
  HttpHeaders headers;      // as sent
  std::string body;         // raw bytes
  std::string source_ip;    // of the client
  std::string domain_name;  // the Host header's value; the event's domainName
  std::string request_id;   // a uuid: the event's requestId and the reply's x-amzn-RequestId
  std::int64_t now_ms = 0;  // the time of the request
  bool tls = false;         // for X-Forwarded-Proto and -Port
  std::shared_ptr<const Tester> tester;
  std::shared_ptr<const Signer> signer;
  // Why this is not to be let through to a method with AWS_IAM; nobody is asked without it.
  std::function<std::optional<core::AwsError>(const core::Access&)> refusal;
};

struct HttpReply {
  int status = 200;
  HttpHeaders headers;  // without Content-Length and Date
  std::string body;     // raw bytes
  // Why the gateway answers in the integration's place, as an execution log says it; else "".
  std::string failure;
};

}  // namespace votemu::apigateway
