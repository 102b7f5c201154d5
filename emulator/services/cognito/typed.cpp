#include "services/cognito/typed.h"

#include "core/members.h"

namespace votemu::cognito {

using core::Json;

Json typed(const Json& given, std::initializer_list<TypedMember> members) {
  Json made = Json::object();
  for (const auto& [name, kind] : members) {
    if (!core::find_member(given, name)) continue;
    switch (kind) {
      case Kind::text:
        made[name] = *core::string_member(given, name);
        break;
      case Kind::integer:
        made[name] = *core::integer_member(given, name);
        break;
      case Kind::boolean:
        made[name] = *core::boolean_member(given, name);
        break;
    }
  }
  return made;
}

}  // namespace votemu::cognito
