// What IAM's types have in common: documents, and lists that follow a template's changes.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cloudformation/resources/resource_type.h"

namespace votemu::cloudformation {

// A policy document as IAM takes it. A template may give it as text, and numbers (account ids) in
// it are texts.
std::string policy_document_text(const Json& document);

// A list of texts; empty when absent. Throws AwsError for one of anything else.
std::vector<std::string> text_list(const Json& properties, std::string_view name);

// [{"Key", "Value"}] with texts only, as IAM wants tags.
Json tag_list_member(const Json& properties);

// Calls `removed` for what is in `before` only, then `added` for what is in `after` only.
void follow_list(const std::vector<std::string>& before, const std::vector<std::string>& after,
                 const std::function<void(const std::string&)>& removed,
                 const std::function<void(const std::string&)>& added);

// A call of IAM that takes something away. That it is gone already is no error: a change that
// failed half way is undone by its opposite.
void call_iam_removal(const ResourceContext& context, std::string_view operation,
                      const Json& members);

// Throws AwsError when the properties name users or groups: there are none.
void refuse_users_and_groups(const Json& properties);

}  // namespace votemu::cloudformation
