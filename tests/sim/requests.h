// Requests as clients send them. Nobody checks their signatures; what is signed tells the service.
#pragma once

#include <string>
#include <utility>

#include "core/json.h"
#include "wire/http.h"

namespace votemu::sim {

// Of the AWS JSON protocol: "AmazonSQS.SendMessage".
inline wire::HttpRequest json_call(const std::string& target, const core::Json& members) {
  return {"POST", "/", {{"X-Amz-Target", target}}, members.dump(), ""};
}

inline wire::HttpRequest rest_call(const std::string& service, std::string method,
                                   std::string target, std::string body = {}) {
  const std::string authorization = "AWS4-HMAC-SHA256 Credential=test/20250615/us-east-1/" +
                                    service + "/aws4_request, SignedHeaders=host, Signature=0";
  return {std::move(method),
          std::move(target),
          {{"Authorization", authorization}},
          std::move(body),
          ""};
}

}  // namespace votemu::sim
