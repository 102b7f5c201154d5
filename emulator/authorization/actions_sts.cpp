// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html
#include "authorization/actions.h"

namespace votemu::authorization {

// Who may assume a role is decided with the role's trust policy, where the session is made. To ask
// who one is cannot be forbidden.
AccessTable sts_access() {
  return {
      {"AssumeRole", asks_nothing()},
      {"AssumeRoleWithWebIdentity", asks_nothing()},
      {"GetCallerIdentity", asks_nothing()},
      {"GetSessionToken", asks_nothing()},
      {"GetAccessKeyInfo", asks("sts:GetAccessKeyInfo")},
  };
}

}  // namespace votemu::authorization
