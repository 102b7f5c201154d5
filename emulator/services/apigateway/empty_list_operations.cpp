// The lists of what cannot be made here, which tools and the console ask for: there is none of it.
#include <array>

#include "services/apigateway/operations.h"

namespace votemu::apigateway {
namespace {

using core::Json;
using core::RequestContext;

// {"item": []} of an API that must be there.
Json nothing_of_api(State& state, const RequestContext& context, const Json& request) {
  state.apis.existing(context.scope, request);
  return {{"item", Json::array()}};
}

Json nothing(State&, const RequestContext&, const Json&) {
  return {{"item", Json::array()}};
}

}  // namespace

void add_empty_list_operations(core::OperationTable& table, State& state) {
  static constexpr std::array of_api = {
      "GetAuthorizers", "GetDocumentationParts", "GetDocumentationVersions", "GetGatewayResponses",
      "GetModels",      "GetRequestValidators"};
  static constexpr std::array of_account = {"GetApiKeys", "GetClientCertificates", "GetDomainNames",
                                            "GetUsagePlans", "GetVpcLinks"};
  for (const char* name : of_api) add_operation(table, state, name, nothing_of_api);
  for (const char* name : of_account) add_operation(table, state, name, nothing);
}

}  // namespace votemu::apigateway
