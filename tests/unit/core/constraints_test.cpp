#include "core/constraints.h"

#include <gtest/gtest.h>

#include "core/aws_error.h"

namespace votemu::core {
namespace {

bool is_lower(std::string_view text) {
  return text.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string_view::npos;
}

constexpr TextRule rule{.least = 2, .most = 4, .pattern = "[a-z]*", .matches = is_lower};

std::string message_of(const Constraints& constraints) {
  try {
    constraints.throw_if_any("ValidationException");
  } catch (const AwsError& error) {
    EXPECT_EQ(error.code(), "ValidationException");
    return error.message();
  }
  return "";
}

TEST(Constraints, SayNothingOfWhatIsRight) {
  const Json request{{"Name", "abc"}, {"Count", 3}, {"Kind", "A"}, {"Names", {"ab", "cd"}}};
  const Constraints check(request);
  EXPECT_EQ(check.required_text("Name", rule), "abc");
  EXPECT_EQ(check.integer("Count", 1, 3), 3);
  EXPECT_EQ(check.choice("Kind", {"A", "B"}), "A");
  EXPECT_EQ(check.texts("Names", rule, 1, 2)->size(), 2U);
  EXPECT_FALSE(check.text("Absent", rule));
  EXPECT_EQ(message_of(check), "");
}

TEST(Constraints, QuoteTheModel) {
  const Json request{{"Name", "A"}};
  const Constraints check(request);
  check.text("Name", rule);
  EXPECT_EQ(message_of(check),
            "2 validation errors detected: Value 'A' at 'name' failed to satisfy constraint: "
            "Member must have length greater than or equal to 2; Value 'A' at 'name' failed to "
            "satisfy constraint: Member must satisfy regular expression pattern: [a-z]*");
}

TEST(Constraints, KnowWhatIsMissing) {
  const Json request = Json::object();
  const Constraints check(request);
  check.required_text("RoleArn", {});
  EXPECT_EQ(message_of(check),
            "1 validation error detected: Value null at 'roleArn' failed to satisfy constraint: "
            "Member must not be null");
}

TEST(Constraints, TellAnyLength) {
  const Json request = Json::object();
  const Constraints check(request);
  check.length("[]", "Rules", 0, 1, 3);
  check.length("[4 rules]", "Rules", 4, 1, 3);
  check.length("[3 rules]", "Rules", 3, 1, 3);
  EXPECT_EQ(message_of(check),
            "2 validation errors detected: Value '[]' at 'rules' failed to satisfy constraint: "
            "Member must have length greater than or equal to 1; Value '[4 rules]' at 'rules' "
            "failed to satisfy constraint: Member must have length less than or equal to 3");
}

TEST(Violation, IsToldAlone) {
  EXPECT_EQ(violation("x", "stage", "Member must be y"),
            "1 validation error detected: Value 'x' at 'stage' failed to satisfy constraint: "
            "Member must be y");
  EXPECT_EQ(null_violation("stage"),
            "1 validation error detected: Value null at 'stage' failed to satisfy constraint: "
            "Member must not be null");
}

TEST(Constraints, CountCharactersNotBytes) {
  const Json request{{"Name", "\u00e4\u00f6\u00fc\u00df"}};
  const Constraints check(request);
  check.text("Name", {.most = 4});
  EXPECT_EQ(message_of(check), "");
}

TEST(Constraints, NameThePlaceInStructuresAndLists) {
  const Json request{{"Policy", {{"Length", 5}}}, {"Items", {{{"Kind", "C"}}}}};
  const Constraints check(request);
  check.within("Policy").integer("Length", 6, 99);
  check.at(request["Items"][0], "Items", 0).choice("Kind", {"A", "B"});
  EXPECT_EQ(message_of(check),
            "2 validation errors detected: Value '5' at 'policy.length' failed to satisfy "
            "constraint: Member must have value greater than or equal to 6; Value 'C' at "
            "'items.1.member.kind' failed to satisfy constraint: Member must satisfy enum value "
            "set: [A, B]");
}

}  // namespace
}  // namespace votemu::core
