// From a request to whatever answers it: an AWS operation, a deployed API, votemu's own interface.
#pragma once

#include <string>

#include "app/admission.h"
#include "app/control.h"
#include "app/operations.h"
#include "app/services.h"
#include "core/runtime.h"
#include "net/application.h"
#include "wire/classify.h"
#include "wire/credential.h"

namespace votemu::app {

class Dispatch final : public net::Application {
 public:
  Dispatch(core::Runtime& runtime, Services& services, const Operations& operations,
           const Control& control)
      : runtime_(runtime),
        services_(services),
        operations_(operations),
        control_(control),
        admission_(runtime, services) {}

  abi::Task<wire::HttpResponse> handle(wire::HttpRequest request) override;
  wire::HttpResponse refuse_large(const wire::HttpRequest& request) override;
  net::UpgradeAnswer answer_upgrade(const wire::HttpRequest& request) override;
  std::unique_ptr<net::WebSocketPeer> open_websocket(const wire::HttpRequest& request,
                                                     net::WebSocket& socket) override;

 private:
  using Response = abi::Task<wire::HttpResponse>;
  struct Call {
    const wire::HttpRequest& request;
    wire::Protocol protocol;
    std::string_view service;
    std::string_view operation;
  };
  core::RequestContext context_of(const wire::HttpRequest& request,
                                  const wire::Credential& credential, std::string_view service);
  Response answer(const wire::HttpRequest& request);
  Response answer_json(const wire::HttpRequest& request, const wire::JsonCall& call,
                       const core::RequestContext& context);
  Response answer_query(const wire::HttpRequest& request, const wire::QueryCall& call,
                        const core::RequestContext& context);
  Response answer_rest(const wire::HttpRequest& request, const wire::RestCall& call,
                       const core::RequestContext& context);
  Response answer_s3(const wire::HttpRequest& request, const wire::S3Call& call,
                     const core::RequestContext& context);
  Response answer_api(const wire::HttpRequest& request, wire::ExecuteApiCall call,
                      const core::RequestContext& context);
  Response invoke_api(const wire::HttpRequest& request, wire::ExecuteApiCall call,
                      core::Scope scope, const core::RequestContext& context);
  abi::Task<core::Json> run(const Call& call, const core::RequestContext& context,
                            core::Json members);

  core::Runtime& runtime_;
  Services& services_;
  const Operations& operations_;
  const Control& control_;
  Admission admission_;
};

}  // namespace votemu::app
