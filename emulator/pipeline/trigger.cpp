#include "pipeline/trigger.h"

#include "core/aws_error.h"

namespace votemu::pipeline {

std::string failure_of(abi::Task<lambda::InvokeResult>& finished, lambda::InvokeResult& result) {
  try {
    result = finished.outcome().take();
  } catch (const core::AwsError& error) {
    return error.code() + ": " + error.message();
  } catch (const std::exception& error) {
    return error.what();
  }
  return result.function_error.empty() ? "" : "Function call failed";
}

}  // namespace votemu::pipeline
