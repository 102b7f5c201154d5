#include "wire/aws_json.h"

#include <zlib.h>

#include <algorithm>
#include <array>

#include "wire/query_services.h"

namespace votemu::wire {
namespace {

bool is_dynamodb(std::string_view service) {
  return service == "dynamodb" || service == "streams.dynamodb";
}

std::string_view content_type(std::string_view service) {
  const bool version_1_0 = is_dynamodb(service) || service == "sqs";
  return version_1_0 ? "application/x-amz-json-1.0" : "application/x-amz-json-1.1";
}

// Those that no service defines, but the framework that all are built on.
constexpr std::array generic_codes{
    std::string_view("ValidationException"),
    std::string_view("SerializationException"),
    std::string_view("UnknownOperationException"),
    std::string_view("AccessDeniedException"),
    std::string_view("MissingAuthenticationTokenException"),
    std::string_view("IncompleteSignatureException"),
    std::string_view("UnrecognizedClientException"),
    std::string_view("ExpiredTokenException"),
    std::string_view("InvalidSignatureException"),
};

// DynamoDB and SQS answer with qualified names; SDKs look only at what follows the '#'.
std::string error_type(std::string_view service, const std::string& code) {
  const bool generic = std::ranges::count(generic_codes, code) > 0;
  if (is_dynamodb(service)) {
    if (code == "ValidationException") return "com.amazon.coral.validate#" + code;
    return (generic ? "com.amazon.coral.service#" : "com.amazonaws.dynamodb.v20120810#") + code;
  }
  if (service == "sqs")
    return (generic ? "com.amazon.coral.service#" : "com.amazonaws.sqs#") + code;
  return code;
}

HttpResponse respond(std::string_view service, int status, std::string body,
                     const std::string& request_id) {
  HttpResponse response{status, {}, std::move(body)};
  response.headers.add("Content-Type", std::string(content_type(service)));
  response.headers.add("x-amzn-RequestId", request_id);
  if (is_dynamodb(service)) {
    const auto* bytes = reinterpret_cast<const Bytef*>(response.body.data());
    const auto checksum = crc32(0, bytes, static_cast<uInt>(response.body.size()));
    response.headers.add("x-amz-crc32", std::to_string(checksum));
  }
  return response;
}

}  // namespace

core::Json decode_aws_json(std::string_view body) {
  return core::parse_json_object(body);
}

HttpResponse encode_aws_json(std::string_view service, const core::Json& response,
                             const std::string& request_id) {
  // An operation without output answers with nothing at all in Logs, with an empty object
  // elsewhere.
  const bool nothing = response.is_null() || (service == "logs" && response.empty());
  return respond(service, 200, nothing ? std::string() : core::dump_json(response), request_id);
}

HttpResponse encode_aws_json_text(std::string_view service, std::string response,
                                  const std::string& request_id) {
  return respond(service, 200, std::move(response), request_id);
}

HttpResponse encode_aws_json_error(std::string_view service, const core::AwsError& error,
                                   const std::string& request_id) {
  core::Json body = {{"__type", error_type(service, error.code())}, {"message", error.message()}};
  if (!error.details().empty()) body.update(core::parse_json(error.details()));
  auto response = respond(service, error.http_status(), core::dump_json(body), request_id);
  if (service == "sqs") {
    const auto fault = error.http_status() < 500 ? ";Sender" : ";Receiver";
    response.headers.add("x-amzn-query-error", sqs_query_error_code(error.code()) + fault);
  }
  return response;
}

core::AwsError unknown_operation() {
  return core::AwsError("UnknownOperationException", "", 400);
}

}  // namespace votemu::wire
