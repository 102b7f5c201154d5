// TestInvokeMethod's answer and its log, in the words of API Gateway's execution logs.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
#include <array>
#include <cstdio>

#include "core/calendar.h"
#include "core/members.h"
#include "core/text.h"
#include "services/apigateway/gateway_reply.h"
#include "services/apigateway/limits.h"
#include "services/apigateway/query.h"
#include "services/apigateway/service.h"

namespace votemu::apigateway {
namespace {

using core::Json;

// "Thu May 22 07:39:29 UTC 2025"
std::string log_date(std::int64_t now_ms) {
  static constexpr std::array<const char*, 7> days = {"Thu", "Fri", "Sat", "Sun",
                                                      "Mon", "Tue", "Wed"};
  constexpr std::int64_t day_ms = 86'400'000;
  const core::CalendarTime t = core::calendar_time(now_ms);
  std::array<char, 96> text;
  std::snprintf(text.data(), text.size(), "%s %s %02d %02d:%02d:%02d UTC %04d",
                days[static_cast<std::size_t>(now_ms / day_ms % 7)], core::month_name(t.month),
                t.day, t.hour, t.minute, t.second, t.year);
  return text.data();
}

// "20250522T073929Z"
std::string signing_date(std::int64_t now_ms) {
  const core::CalendarTime t = core::calendar_time(now_ms);
  std::array<char, 96> text;
  std::snprintf(text.data(), text.size(), "%04d%02d%02dT%02d%02d%02dZ", t.year, t.month, t.day,
                t.hour, t.minute, t.second);
  return text.data();
}

std::string cut(std::string text) {
  if (text.size() <= limits::max_logged_bytes) return text;
  text.resize(limits::max_logged_bytes);
  return text + " [TRUNCATED]";
}

// "{a=1,2, b=3}": the values of one name together.
std::string map_text(const Pairs& pairs) {
  Pairs joined;
  for (const auto& [name, value] : pairs) {
    auto known = joined.begin();
    while (known != joined.end() && known->first != name) ++known;
    if (known == joined.end()) {
      joined.emplace_back(name, value);
    } else {
      known->second += "," + value;
    }
  }
  std::string text = "{";
  for (const auto& [name, value] : joined) {
    text += (text.size() > 1 ? ", " : "") + name + "=" + value;
  }
  return cut(text + "}");
}

class ExecutionLog {
 public:
  explicit ExecutionLog(const std::string& request_id)
      : text_("Execution log for request " + request_id + "\n") {}

  void at(std::int64_t now_ms) { date_ = log_date(now_ms); }
  void add(const std::string& line) { text_ += date_ + " : " + line + "\n"; }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
  std::string date_;
};

void log_request(ExecutionLog& log, const MethodTest& test) {
  const HttpCall& call = test.call;
  log.add("Starting execution for request: " + call.request_id);
  log.add("HTTP Method: " + call.method + ", Resource Path: " + test.resource_path);
  log.add("Method request path: " + map_text(test.path_parameters));
  log.add("Method request query string: " + map_text(decode_query(call.raw_query)));
  log.add("Method request headers: " + map_text(call.headers));
  log.add("Method request body before transformations: " + cut(call.body));
}

// The headers that API Gateway sends to Lambda; there is no signature to show.
Pairs endpoint_request_headers(const Target& target, const HttpCall& call) {
  const Stage& stage = *target.endpoint->stage;
  return {{"x-amzn-lambda-integration-tag", call.request_id},
          {"Authorization", std::string(64, '*')},
          {"X-Amz-Date", signing_date(call.now_ms)},
          {"x-amzn-apigateway-api-id", stage.api_id},
          {"Accept", "application/json"},
          {"User-Agent", "AmazonAPIGateway_" + stage.api_id},
          {"Host", "lambda." + stage.scope.region + ".amazonaws.com"},
          {"X-Amzn-Trace-Id", trace_id(call)},
          {"X-Amz-Source-Arn", source_arn(target)}};
}

Pairs endpoint_response_headers(const FunctionAnswer& answer, const HttpCall& call,
                                std::int64_t end_ms) {
  Pairs headers = {{"Date", core::http_date(end_ms)},
                   {"Content-Type", "application/json"},
                   {"Content-Length", std::to_string(answer.payload.size())},
                   {"Connection", "keep-alive"},
                   {"x-amzn-RequestId", answer.request_id}};
  if (answer.error) headers.emplace_back("X-Amz-Function-Error", "Unhandled");
  headers.emplace_back("x-amzn-Remapped-Content-Length", "0");
  headers.emplace_back("X-Amz-Executed-Version", "$LATEST");
  headers.emplace_back("X-Amzn-Trace-Id", trace_id(call));
  return headers;
}

void log_integration(ExecutionLog& log, const MethodTest& test, const Target& target,
                     const Execution& execution, std::int64_t end_ms) {
  const Endpoint& endpoint = *target.endpoint;
  const std::string uri = "https://lambda." + endpoint.stage->scope.region +
                          ".amazonaws.com/2015-03-31/functions/" + endpoint.function_arn +
                          "/invocations";
  log.add("Endpoint request URI: " + uri);
  log.add("Endpoint request headers: " + map_text(endpoint_request_headers(target, test.call)));
  log.add("Endpoint request body after transformations: " + cut(proxy_event(target, test.call)));
  log.add("Sending request to " + uri);
  log.at(end_ms);
  if (!execution.answer) return;
  const FunctionAnswer& answer = *execution.answer;
  log.add("Received response. Status: 200, Integration latency: " +
          std::to_string(execution.latency_ms) + " ms");
  log.add("Endpoint response headers: " +
          map_text(endpoint_response_headers(answer, test.call, end_ms)));
  log.add("Endpoint response body before transformations: " + cut(answer.payload));
}

// What a function's error object says of itself.
std::string error_details(const FunctionAnswer& answer) {
  const Json error = Json::parse(answer.payload, nullptr, false);
  const Json* message = core::find_member(error, "errorMessage");
  return ": " + (message && message->is_string() ? message->get<std::string>() : std::string()) +
         ". Lambda request id: " + answer.request_id;
}

void log_outcome(ExecutionLog& log, const Execution& execution, const HttpHeaders& headers) {
  const HttpReply& reply = execution.reply;
  if (reply.failure.empty()) {
    log.add("Method response body after transformations: " + cut(reply.body));
    log.add("Method response headers: " + map_text(headers));
    log.add("Successfully completed execution");
  } else {
    const bool customers = execution.answer && execution.answer->error;
    log.add(reply.failure + (customers ? error_details(*execution.answer) : ""));
  }
  log.add("Method completed with status: " + std::to_string(reply.status));
}

// Without those that are added on the way to a client.
HttpHeaders method_headers(const HttpReply& reply) {
  HttpHeaders headers;
  for (const auto& [name, value] : reply.headers) {
    if (core::equals_ignoring_case(name, "x-amzn-RequestId")) continue;
    if (core::equals_ignoring_case(name, "x-amz-apigw-id")) continue;
    headers.emplace_back(name, value);
  }
  return headers;
}

}  // namespace

Json test_answer(const MethodTest& test, const Execution& execution, std::int64_t end_ms) {
  const HttpHeaders headers = method_headers(execution.reply);
  ExecutionLog log(test.call.request_id);
  log.at(test.call.now_ms);
  log_request(log, test);
  if (const auto* target = std::get_if<Target>(&test.routed)) {
    log_integration(log, test, *target, execution, end_ms);
  }
  log.at(end_ms);
  log_outcome(log, execution, headers);

  Json answer = {{"status", execution.reply.status},
                 {"body", execution.reply.body},
                 {"headers", Json::object()},
                 {"multiValueHeaders", Json::object()},
                 {"log", log.text()},
                 {"latency", end_ms - test.call.now_ms}};
  for (const auto& [name, value] : headers) {
    answer["headers"][name] = value;
    answer["multiValueHeaders"][name].push_back(value);
  }
  return answer;
}

}  // namespace votemu::apigateway
