// Lets requests in, or not: who sends them, by their signature, and whether the policies of that
// caller allow what they ask. Where policies are not looked at everything comes in.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "app/services.h"
#include "authorization/authorization.h"
#include "core/runtime.h"
#include "wire/http.h"
#include "wire/refusal.h"

namespace votemu::app {

class Admission {
 public:
  Admission(core::Runtime& runtime, Services& services)
      : runtime_(runtime), services_(services), report_(runtime.log, "iam") {}

  // Whether anybody is asked who they are and what they may.
  bool asks() const { return services_.authorization.mode() != authorization::Mode::off; }

  // Before an operation runs. Throws AwsError in the words of the protocol and the service.
  void admit(const wire::HttpRequest& request, wire::Protocol protocol, std::string_view service,
             std::string_view operation, const core::Json& members);

  // Why this WebSocket is not to be opened; nullopt when it may be.
  std::optional<wire::Refusal> refuse_mqtt(const wire::HttpRequest& request);

  // Why this call is not to reach an API's method with AWS_IAM; nullopt when it may.
  std::optional<core::AwsError> refuse_call(const wire::HttpRequest& request,
                                            const core::Access& access);

  // Whom the request says it is from, verified or not.
  authorization::Caller caller_of(const wire::HttpRequest& request) const;

 private:
  // The services that the request may be signed for; AWS tells the first.
  using SigningNames = std::vector<std::string_view>;
  std::optional<wire::Refusal> refusal_of(const wire::HttpRequest& request,
                                          const SigningNames& names) const;
  void verify(const wire::HttpRequest& request, const SigningNames& names) const;
  std::string secret_of(const wire::HttpRequest& request, const wire::Signature& signature) const;
  bool tolerate(const wire::HttpRequest& request, const wire::Refusal& refusal);

  core::Runtime& runtime_;
  Services& services_;
  authorization::Report report_;
};

}  // namespace votemu::app
