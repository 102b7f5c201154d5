// DescribeIdentity, ListIdentities, DeleteIdentities.
#include "core/calendar.h"
#include "core/text.h"
#include "services/cognito/identities.h"
#include "services/cognito/identity_pools.h"
#include "services/cognito/limits.h"
#include "services/cognito/operations.h"
#include "services/cognito/page_request.h"
#include "services/cognito/rules.h"

namespace votemu::cognito {
namespace {

using core::Json;
using core::RequestContext;

Json described(const Identity& identity) {
  return {{"IdentityId", identity.id},
          {"CreationDate", core::epoch_seconds(identity.created_ms)},
          {"LastModifiedDate", core::epoch_seconds(identity.created_ms)}};
}

bool belongs_to(const Desk& desk, const core::Scope& scope, const Identity& identity) {
  return IdentityPools(desk.runtime.store).existing_anywhere(identity.pool_id).scope == scope;
}

Json describe_identity(const Desk& desk, const RequestContext& context, const Json& request) {
  const core::Constraints check(request);
  const std::string id = check.required_text("IdentityId", identity_id_rule);
  check.throw_if_any(identity_model_error);
  const Identity identity = Identities(desk.runtime.store).existing(id);
  if (!belongs_to(desk, context.scope, identity)) {
    throw not_authorized("Access to Identity '" + id + "' is forbidden.");
  }
  return described(identity);
}

std::uint64_t number_in(const std::string& token) {
  if (token.empty()) return 0;
  const auto number = core::parse_number(token);
  if (!number) throw invalid_parameter("Invalid pagination token.");
  return *number;
}

Json list_identities(const Desk& desk, const RequestContext& context, const Json& request) {
  const core::Constraints check(request);
  const std::string pool_id = check.required_text("IdentityPoolId", identity_id_rule);
  check.throw_if_any(identity_model_error);
  const PageRequest asked = page_request(request, identity_model_error);
  const std::uint64_t after = number_in(asked.after);
  IdentityPools(desk.runtime.store).existing(context.scope, pool_id);

  // One more than asked for tells whether there is another page.
  auto identities = Identities(desk.runtime.store).page(pool_id, after, asked.limit + 1);
  Json response{{"IdentityPoolId", pool_id}, {"Identities", Json::array()}};
  if (identities.size() > asked.limit) {
    identities.pop_back();
    response["NextToken"] = std::to_string(identities.back().number);
  }
  for (const auto& identity : identities) response["Identities"].push_back(described(identity));
  return response;
}

Json delete_identities(const Desk& desk, const RequestContext& context, const Json& request) {
  const core::Constraints check(request);
  check.require("IdentityIdsToDelete");
  const Json* ids =
      check.texts("IdentityIdsToDelete", identity_id_rule, 1, limits::max_identities_to_delete);
  check.throw_if_any(identity_model_error);
  Identities identities(desk.runtime.store);
  Json unprocessed = Json::array();
  for (const Json& id : *ids) {
    const auto identity = identities.find(id.get_ref<const std::string&>());
    if (!identity) continue;
    if (belongs_to(desk, context.scope, *identity)) {
      identities.erase(*identity);
    } else {
      unprocessed.push_back({{"IdentityId", id}, {"ErrorCode", "AccessDenied"}});
    }
  }
  return {{"UnprocessedIdentityIds", std::move(unprocessed)}};
}

}  // namespace

void add_identity_operations(core::OperationTable& table, Desk desk) {
  add_operation(table, desk, "DescribeIdentity", describe_identity);
  add_operation(table, desk, "ListIdentities", list_identities);
  add_operation(table, desk, "DeleteIdentities", delete_identities);
}

}  // namespace votemu::cognito
