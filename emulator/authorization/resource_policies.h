// The policies that stand with resources: of queues, buckets and functions.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html
#pragma once

#include <optional>
#include <string>

#include "core/ids.h"
#include "services/iam/policy_document.h"
#include "services/lambda/service.h"
#include "services/s3/service.h"
#include "services/sqs/service.h"

namespace votemu::authorization {

class ResourcePolicies {
 public:
  ResourcePolicies(const sqs::Service& sqs, const s3::Service& s3, const lambda::Service& lambda)
      : sqs_(sqs), s3_(s3), lambda_(lambda) {}

  // Buckets are those of the scope's account. nullopt when the resource has no policy, or one that
  // says nothing that can be evaluated.
  std::optional<iam::PolicyDocument> find(const core::Scope& scope,
                                          const std::string& resource_arn) const;

 private:
  std::string text_of(const core::Scope& scope, const core::Arn& arn) const;

  const sqs::Service& sqs_;
  const s3::Service& s3_;
  const lambda::Service& lambda_;
};

}  // namespace votemu::authorization
