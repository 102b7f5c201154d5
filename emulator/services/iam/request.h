// Reads a request's members as IAM checks them.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/constraints.h"
#include "core/json.h"
#include "services/iam/tags.h"

namespace votemu::iam {

// A required member that is absent is "" until done() tells.
class Request {
 public:
  explicit Request(const core::Json& members) : members_(members), constraints_(members) {}

  std::string role_name();
  std::string policy_name();
  std::string policy_document(std::string_view member);
  std::string policy_arn() const { return required_arn("PolicyArn"); }
  std::string version_id() const;

  // Of a user, a role …
  std::optional<std::string> name(std::string_view member, std::size_t longest);
  std::optional<std::string> arn(std::string_view member) const;
  std::string required_arn(std::string_view member) const;
  std::optional<std::string> description() const;
  std::string path();         // "/" when absent
  std::string path_prefix();  // "/" when absent

  std::optional<std::string> text(std::string_view member, std::size_t longest) const;
  std::string required_text(std::string_view member, std::size_t longest) const;
  std::optional<std::int64_t> number(std::string_view member, std::int64_t least,
                                     std::int64_t most) const;
  std::string choice(std::string_view member,
                     std::initializer_list<std::string_view> choices) const;
  bool flag(std::string_view member) const;

  Tags tags();
  Tags required_tags();
  std::vector<std::string> tag_keys() const;

  // Throws AwsError ValidationError, or InvalidInput for tags of the same key.
  void done() const;

 private:
  // What IAM words in a sentence of its own instead of as a violated constraint.
  void refuse(std::string_view member, const std::string& rule);

  const core::Json& members_;
  core::Constraints constraints_;
  std::optional<std::string> refusal_;
  bool duplicate_tags_ = false;
};

}  // namespace votemu::iam
