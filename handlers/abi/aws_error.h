// The error every AWS operation answers with, thrown by services and by the clients a handler uses.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace votemu::abi {

// `code` is the AWS error code without namespace ("ResourceNotFoundException"), `what()` the
// message that AWS sends, `http_status` the status line's number. 4xx is the caller's fault, 5xx
// the service's.
class AwsError : public std::runtime_error {
 public:
  AwsError(std::string code, const std::string& message, int http_status = 400,
           std::string details = {})
      : std::runtime_error(message),
        code_(std::move(code)),
        http_status_(http_status),
        details_(std::move(details)) {}

  const std::string& code() const { return code_; }
  std::string message() const { return what(); }
  int http_status() const { return http_status_; }
  // A JSON object's text, whose members the error's body has besides code and message; mostly
  // empty.
  const std::string& details() const { return details_; }

 private:
  std::string code_;
  int http_status_;
  std::string details_;
};

}  // namespace votemu::abi
