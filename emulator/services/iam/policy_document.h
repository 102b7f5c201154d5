// A policy document in a form that can be evaluated.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace votemu::iam {

enum class Effect { allow, deny };

// Who a statement speaks of. The type is "AWS", "Service", "Federated" or "CanonicalUser"; empty
// for `"Principal": "*"`, whose value is "*".
struct Principal {
  std::string type;
  std::string value;
};

// One key of one operator: {"StringEquals": {"aws:SourceArn": [values]}}.
struct Condition {
  std::string test;  // with its prefix and suffix: "ForAnyValue:StringLikeIfExists"
  std::string key;
  std::vector<std::string> values;  // numbers and booleans as they are written
};

// A list of patterns, or everything but what matches them.
struct Patterns {
  std::vector<std::string> values;
  bool negated = false;  // NotAction, NotResource
  bool given = false;
};

struct Statement {
  std::string sid;
  Effect effect = Effect::deny;
  Patterns actions;
  Patterns resources;
  std::vector<Principal> principals;
  bool principals_given = false;
  bool principals_negated = false;  // NotPrincipal
  std::vector<Condition> conditions;
};

struct PolicyDocument {
  std::string version;  // "" is 2008-10-17
  std::string id;
  std::vector<Statement> statements;
};

// How a document is used decides what it must and must not say.
enum class PolicyUse {
  managed,   // a customer managed policy
  inlined,   // in a role
  trust,     // who may assume a role
  resource,  // of a queue, a bucket or a function, whose service has looked at it
};

// Throws AwsError MalformedPolicyDocument in AWS's words.
PolicyDocument parse_policy_document(std::string_view text, PolicyUse use);

// How IAM counts a document's size: without white space.
std::size_t policy_size(std::string_view text);

}  // namespace votemu::iam
