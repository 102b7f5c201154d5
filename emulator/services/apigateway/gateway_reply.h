// The replies that are API Gateway's own, and the headers of all of them.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
#pragma once

#include <string>
#include <string_view>

#include "services/apigateway/http.h"

namespace votemu::apigateway {

// The value of the first header of that name, whatever its case; nullptr when there is none.
const std::string* find_header(const HttpHeaders& headers, std::string_view name);

// Both follow from the request's id, so that a reply and an event agree.
std::string extended_request_id(const HttpCall& call);
// The client's X-Amzn-Trace-Id when it sent one.
std::string trace_id(const HttpCall& call);

// x-amzn-RequestId and x-amz-apigw-id.
void add_identity_headers(HttpReply& reply, const HttpCall& call);
void add_trace_header(HttpReply& reply, const HttpCall& call);

HttpReply forbidden_reply(const HttpCall& call);                     // 403 "Forbidden"
HttpReply missing_authentication_token_reply(const HttpCall& call);  // 403, no such route
HttpReply too_large_reply(const HttpCall& call);                     // 413
HttpReply unsupported_media_type_reply(const HttpCall& call);        // 415
// 403 in AWS's words. The text of a denial stands under another name than all others.
HttpReply refused_reply(const HttpCall& call, const core::AwsError& error);
HttpReply timed_out_reply(const HttpCall& call);                   // 504, with a trace id
HttpReply internal_error_reply(const HttpCall& call, int status);  // "Internal server error"

}  // namespace votemu::apigateway
