// IAM's policy documents and what they decide. A denial counts whatever else allows, a decision is
// the documents' alone, and wildcards match as they are defined.
//
// An input is a byte for the document's use, then its JSON; or '*', a pattern, a line's end and a
// text.
#include <array>
#include <string>
#include <vector>

#include "core/aws_error.h"
#include "services/iam/evaluation.h"
#include "services/iam/pattern.h"
#include "services/iam/policy_document.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/require.h"

namespace votemu::iam {
namespace {

using fuzz::require;
using Outcome = Decision::Outcome;

struct World {
  PolicyDocument allow_all = parse_policy_document(
      R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})",
      PolicyUse::inlined);
  PolicyDocument deny_all = parse_policy_document(
      R"({"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}})",
      PolicyUse::inlined);
  core::Access access{"sqs:SendMessage", "arn:aws:sqs:us-east-1:000000000000:votes", {}};
  Requester requester{"000000000000", "arn:aws:sts::000000000000:assumed-role/worker/w1",
                      "arn:aws:iam::000000000000:role/worker", "", ""};
  std::vector<core::ConditionKey> context = {{"aws:SourceIp", {"127.0.0.1"}},
                                             {"aws:CurrentTime", {"2025-05-22T07:39:29Z"}},
                                             {"aws:SecureTransport", {"false"}},
                                             {"aws:PrincipalTag/team", {"a", "b"}},
                                             {"iot:ClientId", {"browser-1"}}};
  RequestKeys keys{context, {}, {}};
  Request request{access, requester, keys};
};

const World& world() {
  static const auto* const one = new World;
  return *one;
}

Decision decide(Policies::Documents identity, Policies::Documents boundary = {}) {
  Policies policies;
  policies.identity = std::move(identity);
  policies.boundary = std::move(boundary);
  return evaluate(policies, world().request);
}

void check_identity(const PolicyDocument& document) {
  const auto alone = decide({&document}).outcome;
  require(decide({&document, &document}).outcome == alone, "saying it twice changes nothing");
  require(decide({&document, &world().deny_all}).outcome == Outcome::explicitly_denied,
          "a denial counts");
  const auto with_all = decide({&world().allow_all, &document}).outcome;
  require((with_all == Outcome::explicitly_denied) == (alone == Outcome::explicitly_denied) &&
              with_all != Outcome::implicitly_denied,
          "what is allowed as well is only kept from by a denial");
  require(decide({&world().allow_all}, {&document}).outcome == alone,
          "a boundary allows what it says");
}

void check_resource(const PolicyDocument& document) {
  Policies policies;
  policies.resource = {&document};
  const auto here = evaluate(policies, world().request).outcome;
  policies.cross_account = true;
  const auto across = evaluate(policies, world().request).outcome;
  require(across != Outcome::allowed, "across accounts both sides must allow");
  require((across == Outcome::explicitly_denied) == (here == Outcome::explicitly_denied),
          "a denial is one wherever it is asked for");
}

void check_document(PolicyUse use, std::string_view text) {
  require(policy_size(text) <= text.size(), "white space does not count");
  const auto document = parse_policy_document(text, use);
  if (use == PolicyUse::trust) {
    trust_of(document, world().request);
  } else if (use == PolicyUse::resource) {
    check_resource(document);
  } else {
    check_identity(document);
  }
}

// As wildcards are defined, in the simplest way.
bool expected_match(std::string_view pattern, std::string_view text) {
  std::vector<bool> before(text.size() + 1);
  before[0] = true;
  for (const char symbol : pattern) {
    std::vector<bool> after(text.size() + 1);
    after[0] = symbol == '*' && before[0];
    for (std::size_t i = 1; i <= text.size(); ++i) {
      after[i] = symbol == '*' ? after[i - 1] || before[i]
                               : before[i - 1] && (symbol == '?' || symbol == text[i - 1]);
    }
    before = std::move(after);
  }
  return before.back();
}

void check_pattern(std::string_view line) {
  constexpr std::size_t longest = 64;
  const auto end = std::min(line.find('\n'), line.size());
  const auto text = line.substr(std::min(end + 1, line.size())).substr(0, longest);
  const auto pattern = line.substr(0, std::min(end, longest));
  const auto plain = read_pattern(pattern, {world().keys, false});
  require(plain && plain->text() == pattern, "a pattern is its text");
  const bool matched = plain->matches(text);
  require(matched == expected_match(pattern, text), "wildcards match as they are defined");
  require(!matched || plain->matches(text, Case::ignored), "case is only ignored");
  auto confined = *plain;
  confined.confine_to_arn_parts(LastAsterisk::confined);
  require(matched || !confined.matches(text), "an ARN's parts only confine");
  if (auto variable = read_pattern(pattern, {world().keys, true})) variable->matches(text);
}

}  // namespace
}  // namespace votemu::iam

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace votemu;
  constexpr std::array uses = {iam::PolicyUse::managed, iam::PolicyUse::inlined,
                               iam::PolicyUse::trust, iam::PolicyUse::resource};
  fuzz::Input input(data, size);
  const auto kind = input.byte();
  if (kind == '*') {
    iam::check_pattern(input.rest());
    return 0;
  }
  try {
    iam::check_document(uses.at(kind % uses.size()), input.rest());
  } catch (const core::AwsError& error) {
    fuzz::require(error.code() == "MalformedPolicyDocument", "mistakes are told as AWS does");
  }
  return 0;
}
