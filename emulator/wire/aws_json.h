// The AWS JSON 1.0 and 1.1 protocols: request bodies in, response and error bodies out.
// https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html
#pragma once

#include <string>
#include <string_view>

#include "core/aws_error.h"
#include "core/json.h"
#include "wire/http.h"

namespace votemu::wire {

// The members of a request. Throws AwsError SerializationException unless it is a JSON object.
core::Json decode_aws_json(std::string_view body);

// `service` as classify() names it: it decides the version, the error namespace and extra headers.
HttpResponse encode_aws_json(std::string_view service, const core::Json& response,
                             const std::string& request_id);
// Of a response that is JSON text already.
HttpResponse encode_aws_json_text(std::string_view service, std::string response,
                                  const std::string& request_id);
HttpResponse encode_aws_json_error(std::string_view service, const core::AwsError& error,
                                   const std::string& request_id);

// For a target that names no service or operation of ours.
core::AwsError unknown_operation();

}  // namespace votemu::wire
