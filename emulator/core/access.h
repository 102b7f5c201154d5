// What somebody asks to do, in IAM's words, and who decides it.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace votemu::core {

// A condition key that the request itself brings: {"iot:ClientId", {"browser-1"}}.
struct ConditionKey {
  std::string name;
  std::vector<std::string> values;
};

struct Access {
  std::string action;    // "sqs:SendMessage"
  std::string resource;  // an ARN; "*" for an action that knows no resource
  std::vector<ConditionKey> context = {};
};

// Decides for one caller. Where nobody is asked to decide there is no Authorizer.
class Authorizer {
 public:
  virtual ~Authorizer() = default;
  // nullopt when the caller may; else why not, in AWS's words: "User: … is not authorized to
  // perform: …".
  virtual std::optional<std::string> denial(const Access& access) const = 0;
};

}  // namespace votemu::core
