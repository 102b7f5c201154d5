// A request as a call of one of AWS's operations, in whichever of its protocols it came.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/aws_error.h"
#include "core/json.h"
#include "wire/classify.h"
#include "wire/http.h"
#include "wire/refusal.h"

namespace votemu::app {

class AwsCall {
 public:
  virtual ~AwsCall() = default;

  // What is asked for; the names are valid as long as the call.
  struct Question {
    wire::Protocol protocol;
    std::string_view service;  // as app::Operations names it
    std::string_view operation;
    core::Json members;
  };
  // First, and once. Throws AwsError when the request cannot be read or asks for nothing known.
  virtual Question read() = 0;

  virtual wire::HttpResponse answer(core::Json result, const std::string& request_id) const = 0;
  // From the result's JSON text.
  virtual wire::HttpResponse answer_text(std::string result, const std::string& request_id) const;
  virtual wire::HttpResponse refuse(const core::AwsError& error,
                                    const std::string& request_id) const = 0;
};

// nullptr when the request is for something else. The request must live as long as the call.
std::unique_ptr<AwsCall> aws_call(const wire::HttpRequest& request, const wire::Classified& kind);

}  // namespace votemu::app
