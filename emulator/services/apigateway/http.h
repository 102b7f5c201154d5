// A call to a deployed API and its answer, as values: no sockets here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace votemu::apigateway {

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;  // in order, repeats allowed

// Who tries out a method with TestInvokeMethod, in place of a client.
struct Tester {
  std::string account;
  std::string access_key;
  std::string user_agent;
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
  std::optional<Tester> tester;
};

struct HttpReply {
  int status = 200;
  HttpHeaders headers;  // without Content-Length and Date
  std::string body;     // raw bytes
  // Why the gateway answers in the integration's place, as an execution log says it; else "".
  std::string failure;
};

}  // namespace votemu::apigateway
