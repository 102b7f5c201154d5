// AWS::IAM::Role
#include <map>

#include "cloudformation/resources/iam_properties.h"
#include "cloudformation/resources/types.h"
#include "core/aws_error.h"

namespace votemu::cloudformation {
namespace {

constexpr std::size_t longest_role_name = 64;
constexpr auto default_session_duration = 3'600;

// The inline policies' documents by name.
std::map<std::string, std::string> inline_policies(const Json& properties) {
  std::map<std::string, std::string> policies;
  const auto list = properties.find("Policies");
  if (list == properties.end()) return policies;
  if (!list->is_array()) {
    throw core::validation_error("Value of property Policies must be of type List");
  }
  for (const auto& policy : *list) {
    const std::string name = text_property(policy, "PolicyName");
    if (name.empty() || !policy.contains("PolicyDocument")) {
      throw core::validation_error(
          "Properties validation failed: required key [PolicyName] or [PolicyDocument] not found "
          "in #/Policies");
    }
    policies[name] = policy_document_text(policy["PolicyDocument"]);
  }
  return policies;
}

// A role that is being changed, and the calls that change it.
class RoleChange {
 public:
  RoleChange(const ResourceContext& context, std::string name, const Json& before,
             const Json& after)
      : context_(context), name_(std::move(name)), before_(before), after_(after) {}

  void trust() const {
    if (!differs(before_, after_, "AssumeRolePolicyDocument")) return;
    call("UpdateAssumeRolePolicy",
         {{"PolicyDocument", policy_document_text(after_["AssumeRolePolicyDocument"])}});
  }

  void settings() const {
    if (!differs(before_, after_, "Description") && !differs(before_, after_, "MaxSessionDuration"))
      return;
    call("UpdateRole", {{"Description", text_property(after_, "Description")},
                        {"MaxSessionDuration",
                         after_.value("MaxSessionDuration", Json(default_session_duration))}});
  }

  void boundary() const {
    if (!differs(before_, after_, "PermissionsBoundary")) return;
    if (after_.contains("PermissionsBoundary")) {
      call("PutRolePermissionsBoundary", {{"PermissionsBoundary", after_["PermissionsBoundary"]}});
    } else {
      remove("DeleteRolePermissionsBoundary", Json::object());
    }
  }

  void policies() const {
    const auto old = inline_policies(before_);
    const auto wanted = inline_policies(after_);
    for (const auto& [policy, document] : old) {
      if (!wanted.contains(policy)) remove("DeleteRolePolicy", {{"PolicyName", policy}});
    }
    for (const auto& [policy, document] : wanted) {
      const auto known = old.find(policy);
      if (known != old.end() && known->second == document) continue;
      call("PutRolePolicy", {{"PolicyName", policy}, {"PolicyDocument", document}});
    }
  }

  void attachments() const {
    follow_list(
        text_list(before_, "ManagedPolicyArns"), text_list(after_, "ManagedPolicyArns"),
        [&](const std::string& arn) {
          remove("DetachRolePolicy", {{"PolicyArn", arn}});
        },
        [&](const std::string& arn) {
          call("AttachRolePolicy", {{"PolicyArn", arn}});
        });
  }

  void tags() const {
    if (!differs(before_, after_, "Tags")) return;
    const Json wanted = tag_map(after_);
    const Json old = tag_map(before_);
    Json gone = Json::array();
    for (const auto& [key, value] : old.items()) {
      if (!wanted.contains(key)) gone.push_back(key);
    }
    if (!gone.empty()) call("UntagRole", {{"TagKeys", std::move(gone)}});
    if (!wanted.empty()) call("TagRole", {{"Tags", tag_list_member(after_)}});
  }

 private:
  void call(std::string_view operation, Json members) const {
    members["RoleName"] = name_;
    context_.call(context_.services.iam, operation, members);
  }

  void remove(std::string_view operation, Json members) const {
    members["RoleName"] = name_;
    call_iam_removal(context_, operation, members);
  }

  const ResourceContext& context_;
  std::string name_;
  const Json& before_;
  const Json& after_;
};

class IamRole final : public ResourceType {
 public:
  void check(const ResourceContext&, const Json& properties) const override {
    refuse_unknown_properties(properties, {"AssumeRolePolicyDocument", "Description",
                                           "ManagedPolicyArns", "MaxSessionDuration", "Path",
                                           "PermissionsBoundary", "Policies", "RoleName", "Tags"});
    if (!properties.contains("AssumeRolePolicyDocument")) {
      throw core::validation_error(
          "Properties validation failed: required key [AssumeRolePolicyDocument] not found");
    }
  }

  Tagging tagging() const override { return Tagging::list; }

  Made create(const ResourceContext& context, const Json& properties) const override {
    std::string name = text_property(properties, "RoleName");
    if (name.empty()) name = context.generated_name(longest_role_name);
    Json members = members_from(properties, {{"Description", "Description"},
                                             {"MaxSessionDuration", "MaxSessionDuration"},
                                             {"Path", "Path"},
                                             {"PermissionsBoundary", "PermissionsBoundary"}});
    members["RoleName"] = name;
    members["AssumeRolePolicyDocument"] =
        policy_document_text(properties["AssumeRolePolicyDocument"]);
    if (properties.contains("Tags")) members["Tags"] = tag_list_member(properties);
    const Json role = context.call(context.services.iam, "CreateRole", members)["Role"];
    const Json nothing = Json::object();
    const RoleChange change(context, name, nothing, properties);
    change.policies();
    change.attachments();
    return {name, {{"Arn", role["Arn"]}, {"RoleId", role["RoleId"]}}};
  }

  const std::vector<std::string>& replacing_properties() const override { return replacing_; }

  Made update(const ResourceContext& context, const ResourceState& old,
              const Json& properties) const override {
    const RoleChange change(context, old.physical_id, old.properties, properties);
    change.trust();
    change.settings();
    change.boundary();
    change.policies();
    change.attachments();
    change.tags();
    return {old.physical_id, old.attributes};
  }

  void remove(const ResourceContext& context, const ResourceState& state) const override {
    const Json nothing = Json::object();
    const RoleChange change(context, state.physical_id, state.properties, nothing);
    change.policies();
    change.attachments();
    context.call(context.services.iam, "DeleteRole", {{"RoleName", state.physical_id}});
  }

 private:
  std::vector<std::string> replacing_{"Path", "RoleName"};
};

}  // namespace

std::unique_ptr<ResourceType> iam_role() {
  return std::make_unique<IamRole>();
}

}  // namespace votemu::cloudformation
