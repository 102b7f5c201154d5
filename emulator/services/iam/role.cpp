#include "services/iam/role.h"

#include "core/calendar.h"
#include "core/text.h"

namespace votemu::iam {

using core::Json;

std::string Role::arn() const {
  return "arn:aws:iam::" + account + ":role" + path + name;
}

Json role_row(const Role& role) {
  return {{"name", role.name},
          {"path", role.path},
          {"id", role.id},
          {"trust", role.trust_policy},
          {"description", role.description},
          {"boundary", role.permissions_boundary},
          {"session", role.max_session_duration_s},
          {"created", role.created_ms},
          {"attached", role.attached_policies},
          {"tags", tags_row(role.tags)}};
}

Role role_from_row(std::string_view account, const Json& row) {
  Role role;
  role.account = account;
  row.at("name").get_to(role.name);
  row.at("path").get_to(role.path);
  row.at("id").get_to(role.id);
  row.at("trust").get_to(role.trust_policy);
  row.at("description").get_to(role.description);
  row.at("boundary").get_to(role.permissions_boundary);
  row.at("session").get_to(role.max_session_duration_s);
  row.at("created").get_to(role.created_ms);
  row.at("attached").get_to(role.attached_policies);
  role.tags = tags_from_row(row.at("tags"));
  return role;
}

Json role_shape(const Role& role, RoleView view) {
  Json shape{{"Path", role.path},
             {"RoleName", role.name},
             {"RoleId", role.id},
             {"Arn", role.arn()},
             {"CreateDate", core::iso8601_s(role.created_ms)},
             {"AssumeRolePolicyDocument", core::percent_encode(role.trust_policy)}};
  if (!role.description.empty()) shape["Description"] = role.description;
  if (view != RoleView::created) shape["MaxSessionDuration"] = role.max_session_duration_s;
  if (view == RoleView::listed) return shape;
  if (!role.tags.empty()) shape["Tags"] = tags_shape(role.tags);
  if (!role.permissions_boundary.empty()) {
    shape["PermissionsBoundary"] = {{"PermissionsBoundaryType", "Policy"},
                                    {"PermissionsBoundaryArn", role.permissions_boundary}};
  }
  if (view == RoleView::whole) shape["RoleLastUsed"] = Json::object();
  return shape;
}

}  // namespace votemu::iam
