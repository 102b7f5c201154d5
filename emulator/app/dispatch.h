// From a request to whatever answers it: an AWS operation, a deployed API, votemu's own interface.
#pragma once

#include <exception>
#include <memory>
#include <string>
#include <string_view>

#include "app/admission.h"
#include "app/aws_call.h"
#include "app/control.h"
#include "app/operations.h"
#include "app/origin_policy.h"
#include "app/services.h"
#include "core/runtime.h"
#include "net/application.h"
#include "wire/classify.h"
#include "wire/credential.h"

namespace votemu::app {

class Dispatch final : public net::Application {
 public:
  Dispatch(core::Runtime& runtime, Services& services, const Operations& operations,
           const Control& control, OriginPolicy& origin_policy)
      : runtime_(runtime),
        services_(services),
        operations_(operations),
        control_(control),
        origin_policy_(origin_policy),
        admission_(runtime, services) {}

  net::Answer handle(const wire::HttpRequest& request) override;
  wire::HttpResponse refuse_large(const wire::HttpRequest& request) override;
  net::UpgradeAnswer answer_upgrade(const wire::HttpRequest& request) override;
  std::unique_ptr<net::WebSocketPeer> open_websocket(const wire::HttpRequest& request,
                                                     net::WebSocket& socket) override;

 private:
  using Waiting = abi::Task<wire::HttpResponse>;
  core::RequestContext context_of(const wire::HttpRequest& request,
                                  const wire::Credential& credential, std::string_view service);
  net::Answer answer(const wire::HttpRequest& request);
  net::Answer answer_aws(const wire::HttpRequest& request, std::unique_ptr<AwsCall> call,
                         core::RequestContext&& context);
  net::Answer answer_text(const wire::HttpRequest& request, const wire::JsonCall& call,
                          const core::TextOperation& operation,
                          const core::RequestContext& context);
  // The operation answers with JSON or with its text.
  template <class Operation>
  Waiting wait(const wire::HttpRequest& request, std::unique_ptr<AwsCall> call,
               core::RequestContext context, const Operation& operation, core::Json members);
  wire::HttpResponse get_object(const AwsCall& call, const core::RequestContext& context,
                                const core::Json& members);
  net::Answer answer_api(const wire::HttpRequest& request, wire::ExecuteApiCall call,
                         core::RequestContext&& context);
  Waiting invoke_api(const wire::HttpRequest& request, abi::Task<apigateway::HttpReply> calling);
  wire::HttpResponse fail(const wire::HttpRequest& request, const std::exception& error);

  core::Runtime& runtime_;
  Services& services_;
  const Operations& operations_;
  const Control& control_;
  OriginPolicy& origin_policy_;
  Admission admission_;
};

}  // namespace votemu::app
