#include "app/api_call.h"

namespace votemu::app {

apigateway::HttpCall api_call(const wire::HttpRequest& request, const std::string& path,
                              const core::RequestContext& context) {
  apigateway::HttpCall out;
  out.method = request.method;
  out.path = path;
  out.raw_query = request.query();
  out.headers.reserve(request.headers.size());
  for (const auto [name, value] : request.headers) out.headers.emplace_back(name, value);
  out.body = request.body;
  out.source_ip = request.source_ip;
  out.domain_name = context.host;
  out.request_id = context.request_id;
  out.tls = request.secure;
  return out;
}

apigateway::Signer signer_of(const core::RequestContext& context,
                             const authorization::Caller& caller) {
  apigateway::Signer signer;
  signer.account = caller.scope.account;
  signer.access_key = context.access_key;
  signer.id = caller.has_role() ? caller.session->assumed_role_id : signer.account;
  signer.arn = caller.arn();
  if (caller.session && caller.session->web_identity) {
    signer.identity_id = caller.session->web_identity->subject;
    signer.identity_pool_id = caller.session->web_identity->audience;
  }
  return signer;
}

}  // namespace votemu::app
