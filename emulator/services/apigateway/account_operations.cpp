// GetAccount, UpdateAccount.
#include <array>

#include "core/keys.h"
#include "services/apigateway/operations.h"
#include "services/apigateway/patching.h"

namespace votemu::apigateway {
namespace {

using core::Json;
using core::RequestContext;

core::Key row_key(const RequestContext& context) {
  return core::Key(core::Table::apigateway_account, context.scope);
}

Json account(State& state, const RequestContext& context) {
  Json account = {{"throttleSettings", {{"burstLimit", 5000}, {"rateLimit", 10000.0}}},
                  {"features", Json::array({"UsagePlans"})},
                  {"apiKeyVersion", "4"}};
  if (const auto row = state.runtime.store.get(row_key(context))) {
    account.update(core::parse_own_json(*row));
  }
  return account;
}

Json get_account(State& state, const RequestContext& context, const Json&) {
  return account(state, context);
}

Json update_account(State& state, const RequestContext& context, const Json& request) {
  static constexpr std::array<PatchRule, 2> rules = {
      {{"/cloudwatchRoleArn"}, {"/features", PatchRule::Kind::text_list}}};
  Json updated = account(state, context);
  apply_patches(request, rules, updated);
  state.runtime.store.put(row_key(context), core::dump_json(updated));
  return updated;
}

}  // namespace

void add_account_operations(core::OperationTable& table, State& state) {
  add_operation(table, state, "GetAccount", get_account);
  add_operation(table, state, "UpdateAccount", update_account);
}

}  // namespace votemu::apigateway
