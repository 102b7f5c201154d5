#include "app/aws_call.h"

#include <utility>
#include <variant>

#include "wire/aws_json.h"
#include "wire/aws_query.h"
#include "wire/query_services.h"
#include "wire/rest_json.h"
#include "wire/rest_xml.h"

namespace votemu::app {
namespace {

using core::AwsError;
using core::Json;
using wire::HttpRequest;
using wire::HttpResponse;

class JsonCall final : public AwsCall {
 public:
  JsonCall(const HttpRequest& request, const wire::JsonCall& call)
      : request_(request), call_(call) {}

  Question read() override {
    return {wire::Protocol::json, call_.service, call_.operation,
            wire::decode_aws_json(request_.body)};
  }
  HttpResponse answer(Json result, const std::string& request_id) const override {
    return wire::encode_aws_json(call_.service, result, request_id);
  }
  HttpResponse answer_text(std::string result, const std::string& request_id) const override {
    return wire::encode_aws_json_text(call_.service, std::move(result), request_id);
  }
  HttpResponse refuse(const AwsError& error, const std::string& request_id) const override {
    return wire::encode_aws_json_error(call_.service, error, request_id);
  }

 private:
  const HttpRequest& request_;
  const wire::JsonCall call_;
};

// A Query call's parameters may stand in the URL, in the body or in both.
std::string form_of(const HttpRequest& request) {
  std::string form(request.query());
  if (!form.empty() && !request.body.empty()) form.push_back('&');
  return form + request.body;
}

// A call to a queue's own URL need not repeat it among the parameters.
void name_queue_of_path(const HttpRequest& request, Json& members) {
  if (members.contains("QueueUrl") || request.path().size() <= 1) return;
  members["QueueUrl"] = std::string(request.path());
}

class QueryCall final : public AwsCall {
 public:
  QueryCall(const HttpRequest& request, const wire::QueryCall& call)
      : request_(request), known_(wire::find_query_service(call.service)) {}

  Question read() override {
    if (!known_) throw wire::unknown_operation();
    const auto parameters = wire::parse_form(form_of(request_));
    operation_ = &wire::query_operation(*known_, parameters);
    auto members = wire::query_request(*operation_, parameters);
    if (known_->name == "sqs") name_queue_of_path(request_, members);
    return {wire::Protocol::query, known_->name, operation_->name, std::move(members)};
  }
  HttpResponse answer(Json result, const std::string& request_id) const override {
    return xml(200, wire::query_response(*known_, *operation_, result, request_id), request_id);
  }
  HttpResponse refuse(const AwsError& error, const std::string& request_id) const override {
    const auto& service = known_ ? *known_ : wire::sqs_query_service();
    return xml(error.http_status(), wire::query_error(service, error, request_id), request_id);
  }

 private:
  static HttpResponse xml(int status, std::string body, const std::string& request_id) {
    return {
        status, {{"Content-Type", "text/xml"}, {"x-amzn-RequestId", request_id}}, std::move(body)};
  }

  const HttpRequest& request_;
  const wire::QueryService* const known_;
  const wire::OperationShape* operation_ = nullptr;
};

class RestCall final : public AwsCall {
 public:
  RestCall(const HttpRequest& request, wire::RestCall call)
      : request_(request), call_(std::move(call)) {}

  Question read() override {
    const auto match = wire::match_rest_route(call_.service, request_);
    if (!match) throw AwsError("UnknownOperationException", "", 404);
    route_ = match->route;
    return {wire::Protocol::rest_json, route_->service, route_->operation,
            wire::decode_rest_json(*match, request_)};
  }
  HttpResponse answer(Json result, const std::string& request_id) const override {
    return wire::encode_rest_json(*route_, std::move(result), request_id);
  }
  HttpResponse refuse(const AwsError& error, const std::string& request_id) const override {
    return wire::encode_rest_json_error(call_.service, error, request_id);
  }

 private:
  const HttpRequest& request_;
  const wire::RestCall call_;
  const wire::RestRoute* route_ = nullptr;
};

class S3Call final : public AwsCall {
 public:
  S3Call(const HttpRequest& request, wire::S3Call call)
      : request_(request), call_(std::move(call)) {}

  Question read() override {
    auto decoded = wire::decode_s3(request_, call_);
    route_ = decoded.route;
    return {wire::Protocol::s3, "s3", route_->operation, std::move(decoded.members)};
  }
  HttpResponse answer(Json result, const std::string& request_id) const override {
    return wire::encode_s3(*route_, result, request_id);
  }
  HttpResponse refuse(const AwsError& error, const std::string& request_id) const override {
    return wire::encode_s3_error(request_, error, request_id);
  }

 private:
  const HttpRequest& request_;
  const wire::S3Call call_;
  const wire::S3Route* route_ = nullptr;
};

}  // namespace

HttpResponse AwsCall::answer_text(std::string result, const std::string& request_id) const {
  return answer(core::parse_own_json(result), request_id);
}

std::unique_ptr<AwsCall> aws_call(const HttpRequest& request, const wire::Classified& kind) {
  if (const auto* json = std::get_if<wire::JsonCall>(&kind)) {
    return std::make_unique<JsonCall>(request, *json);
  }
  if (const auto* query = std::get_if<wire::QueryCall>(&kind)) {
    return std::make_unique<QueryCall>(request, *query);
  }
  if (const auto* rest = std::get_if<wire::RestCall>(&kind)) {
    return std::make_unique<RestCall>(request, *rest);
  }
  if (const auto* s3 = std::get_if<wire::S3Call>(&kind)) {
    return std::make_unique<S3Call>(request, *s3);
  }
  return nullptr;
}

}  // namespace votemu::app
