// AWS::IAM::ManagedPolicy
#include "cloudformation/resources/iam_properties.h"
#include "cloudformation/resources/types.h"
#include "core/aws_error.h"

namespace votemu::cloudformation {
namespace {

constexpr std::size_t longest_policy_name = 128;

Json call(const ResourceContext& context, std::string_view operation, const std::string& arn,
          Json members = Json::object()) {
  members["PolicyArn"] = arn;
  return context.call(context.services.iam, operation, members);
}

void detach(const ResourceContext& context, const std::string& arn, const std::string& role) {
  call_iam_removal(context, "DetachRolePolicy", {{"PolicyArn", arn}, {"RoleName", role}});
}

void attach(const ResourceContext& context, const std::string& arn, const std::string& role) {
  call(context, "AttachRolePolicy", arn, {{"RoleName", role}});
}

// Oldest first, without the default one.
std::vector<std::string> spare_versions(const ResourceContext& context, const std::string& arn) {
  std::vector<std::string> ids;
  const Json versions = call(context, "ListPolicyVersions", arn)["Versions"];
  for (auto version = versions.rbegin(); version != versions.rend(); ++version) {
    if ((*version)["IsDefaultVersion"] == false) {
      ids.push_back((*version)["VersionId"].get<std::string>());
    }
  }
  return ids;
}

Json attributes_of(const ResourceContext& context, const std::string& arn) {
  Json attributes =
      members_from(call(context, "GetPolicy", arn)["Policy"],
                   {"AttachmentCount", "CreateDate", "DefaultVersionId", "IsAttachable",
                    "PermissionsBoundaryUsageCount", "PolicyId", "UpdateDate"});
  attributes["PolicyArn"] = arn;
  return attributes;
}

class IamManagedPolicy final : public ResourceType {
 public:
  void check(const ResourceContext&, const Json& properties) const override {
    refuse_unknown_properties(properties, {"Description", "Groups", "ManagedPolicyName", "Path",
                                           "PolicyDocument", "Roles", "Users"});
    if (!properties.contains("PolicyDocument")) {
      throw core::validation_error(
          "Properties validation failed: required key [PolicyDocument] not found");
    }
    refuse_users_and_groups(properties);
  }

  Made create(const ResourceContext& context, const Json& properties) const override {
    std::string name = text_property(properties, "ManagedPolicyName");
    if (name.empty()) name = context.generated_name(longest_policy_name);
    Json members = members_from(properties, {"Description", "Path"});
    members["PolicyName"] = name;
    members["PolicyDocument"] = policy_document_text(properties["PolicyDocument"]);
    const Json policy = context.call(context.services.iam, "CreatePolicy", members)["Policy"];
    const std::string arn = text_property(policy, "Arn");
    for (const auto& role : text_list(properties, "Roles")) attach(context, arn, role);
    return {arn, attributes_of(context, arn)};
  }

  const std::vector<std::string>& replacing_properties() const override { return replacing_; }

  Made update(const ResourceContext& context, const ResourceState& old,
              const Json& properties) const override {
    const std::string& arn = old.physical_id;
    if (differs(old.properties, properties, "PolicyDocument")) {
      make_room(context, arn);
      call(context, "CreatePolicyVersion", arn,
           {{"PolicyDocument", policy_document_text(properties["PolicyDocument"])},
            {"SetAsDefault", true}});
    }
    follow_list(
        text_list(old.properties, "Roles"), text_list(properties, "Roles"),
        [&](const std::string& role) { detach(context, arn, role); },
        [&](const std::string& role) { attach(context, arn, role); });
    return {arn, attributes_of(context, arn)};
  }

  void remove(const ResourceContext& context, const ResourceState& state) const override {
    const std::string& arn = state.physical_id;
    for (const auto& role : text_list(state.properties, "Roles")) detach(context, arn, role);
    for (const auto& version : spare_versions(context, arn)) {
      call(context, "DeletePolicyVersion", arn, {{"VersionId", version}});
    }
    call(context, "DeletePolicy", arn);
  }

 private:
  // A policy has five versions at most; the oldest goes.
  static void make_room(const ResourceContext& context, const std::string& arn) {
    constexpr std::size_t most_spare_versions = 4;
    const auto spare = spare_versions(context, arn);
    if (spare.size() < most_spare_versions) return;
    call(context, "DeletePolicyVersion", arn, {{"VersionId", spare.front()}});
  }

  std::vector<std::string> replacing_{"Description", "ManagedPolicyName", "Path"};
};

}  // namespace

std::unique_ptr<ResourceType> iam_managed_policy() {
  return std::make_unique<IamManagedPolicy>();
}

}  // namespace votemu::cloudformation
