// Requests to the one port: which protocol each is taken for, and what its operation is asked.
// Whoever sends what cannot be read is told so in the protocol that they speak.
//
// An input is a request: see http_request.h.
#include <string>

#include "core/aws_error.h"
#include "tests/fuzz/http_request.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/require.h"
#include "wire/aws_json.h"
#include "wire/classify.h"
#include "wire/credential.h"
#include "wire/query_services.h"
#include "wire/rest_json.h"
#include "wire/rest_xml.h"
#include "wire/xml_reader.h"

namespace votemu {
namespace {

using core::AwsError;
using core::Json;
using fuzz::require;
using wire::HttpRequest;
using wire::HttpResponse;

void require_json(const HttpResponse& answer) {
  require(!Json::parse(answer.body, nullptr, false).is_discarded(), "an answer is JSON");
}

void require_xml(const std::string& body) {
  wire::read_xml(body);
}

void check(const HttpRequest& request, const wire::JsonCall& call) {
  try {
    require(wire::decode_aws_json(request.body).is_object(), "a request has members");
  } catch (const AwsError& error) {
    require_json(wire::encode_aws_json_error(call.service, error, "id"));
  }
}

void check(const HttpRequest& request, const wire::QueryCall& call) {
  const auto* const service = wire::find_query_service(call.service);
  try {
    if (service == nullptr) throw wire::unknown_operation();
    const bool in_body = request.body.find("Action=") != std::string::npos;
    const auto form = wire::parse_form(in_body ? request.body : request.query());
    const auto& operation = wire::query_operation(*service, form);
    require(wire::query_request(operation, form).is_object(), "a request has members");
  } catch (const AwsError& error) {
    require_xml(wire::query_error(service ? *service : wire::sqs_query_service(), error, "id"));
  }
}

void check(const HttpRequest& request, const wire::RestCall& call) {
  const auto match = wire::match_rest_route(call.service, request);
  if (!match) return;
  try {
    auto members = wire::decode_rest_json(*match, request);
    require(members.is_object(), "a request has members");
    for (const auto& [name, value] : match->path_members.items()) {
      require(members.contains(name), "what the path says is asked");
    }
    wire::encode_rest_json(*match->route, std::move(members), "id");
  } catch (const AwsError& error) {
    require_json(wire::encode_rest_json_error(call.service, error, "id"));
  }
}

void check(const HttpRequest& request, const wire::S3Call& call) {
  try {
    const auto decoded = wire::decode_s3(request, call);
    require(decoded.members.is_object(), "a request has members");
    require(call.bucket.empty() || decoded.members.at("Bucket") == call.bucket,
            "it is about the bucket that the address names");
  } catch (const AwsError& error) {
    const auto answer = wire::encode_s3_error(request, error, "id");
    if (!answer.body.empty()) require_xml(answer.body);
  }
}

void check(const HttpRequest&, const wire::ExecuteApiCall& call) {
  require(call.path.starts_with('/'), "a deployed API's path begins as all do");
}

void check(const HttpRequest&, const wire::ControlCall&) {}

}  // namespace
}  // namespace votemu

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace votemu;
  const auto request = fuzz::http_request(fuzz::Input(data, size).rest());
  const auto call = wire::classify(request, wire::credential_of(request).service);
  std::visit([&](const auto& one) { check(request, one); }, call);
  return 0;
}
