#include "core/role_arn.h"

#include "core/access_key.h"
#include "core/hmac.h"
#include "core/ids.h"

namespace votemu::core {

std::optional<RoleArn> RoleArn::parse(std::string_view text) {
  constexpr std::string_view kind = "role/";
  const auto arn = Arn::parse(text);
  if (!arn || arn->service != "iam" || !arn->region.empty() || !is_account_id(arn->account) ||
      !arn->resource.starts_with(kind)) {
    return std::nullopt;
  }
  std::string name = arn->resource.substr(arn->resource.rfind('/') + 1);
  if (name.empty()) return std::nullopt;
  return RoleArn{arn->account, std::move(name), std::string(text)};
}

std::string RoleArn::assumed(std::string_view session_name) const {
  return "arn:aws:sts::" + account + ":assumed-role/" + name + "/" + std::string(session_name);
}

std::string role_id(const RoleLookup& lookup, const RoleArn& role) {
  if (lookup) {
    if (auto known = lookup(role)) return std::move(known->id);
  }
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  constexpr std::size_t length = 17;
  const std::string digest = hmac_sha256("role id", role.text);
  std::string id = "AROA";
  for (std::size_t i = 0; i < length; ++i) {
    id.push_back(alphabet[static_cast<unsigned char>(digest[i]) & 31]);
  }
  return id;
}

}  // namespace votemu::core
