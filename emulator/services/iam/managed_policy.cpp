#include "services/iam/managed_policy.h"

#include <algorithm>
#include <stdexcept>

#include "core/calendar.h"
#include "core/text.h"

namespace votemu::iam {

using core::Json;

std::string ManagedPolicy::arn() const {
  return "arn:aws:iam::" + account + ":policy" + path + name;
}

const PolicyVersion* ManagedPolicy::find_version(std::string_view version_id) const {
  const auto found = std::find_if(versions.begin(), versions.end(),
                                  [&](const auto& version) { return version.id == version_id; });
  return found == versions.end() ? nullptr : &*found;
}

const PolicyVersion& ManagedPolicy::default_document() const {
  const auto* version = find_version(default_version);
  if (version == nullptr) throw std::logic_error("policy " + name + " has no default version");
  return *version;
}

Json policy_row(const ManagedPolicy& policy) {
  Json versions = Json::array();
  for (const auto& version : policy.versions) {
    versions.push_back(
        {{"id", version.id}, {"document", version.document}, {"created", version.created_ms}});
  }
  return {{"name", policy.name},
          {"path", policy.path},
          {"id", policy.id},
          {"description", policy.description},
          {"created", policy.created_ms},
          {"updated", policy.updated_ms},
          {"versions", std::move(versions)},
          {"default", policy.default_version},
          {"last", policy.last_version_number},
          {"tags", tags_row(policy.tags)}};
}

ManagedPolicy policy_from_row(std::string_view account, const Json& row) {
  ManagedPolicy policy;
  policy.account = account;
  row.at("name").get_to(policy.name);
  row.at("path").get_to(policy.path);
  row.at("id").get_to(policy.id);
  row.at("description").get_to(policy.description);
  row.at("created").get_to(policy.created_ms);
  row.at("updated").get_to(policy.updated_ms);
  for (const auto& version : row.at("versions")) {
    policy.versions.push_back({version.at("id").get<std::string>(),
                               version.at("document").get<std::string>(),
                               version.at("created").get<std::int64_t>()});
  }
  row.at("default").get_to(policy.default_version);
  row.at("last").get_to(policy.last_version_number);
  policy.tags = tags_from_row(row.at("tags"));
  return policy;
}

Json version_shape(const ManagedPolicy& policy, const PolicyVersion& version, bool with_document) {
  Json shape{{"VersionId", version.id},
             {"IsDefaultVersion", version.id == policy.default_version},
             {"CreateDate", core::iso8601_s(version.created_ms)}};
  if (with_document) shape["Document"] = core::percent_encode(version.document);
  return shape;
}

}  // namespace votemu::iam
