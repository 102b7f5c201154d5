// Conditions: parsing, checking, evaluating.
#include "tests/unit/dynamodb/expression_fixture.h"

namespace votemu::dynamodb::expression {
namespace {

TEST_F(ExpressionTest, ComparesForEquality) {
  EXPECT_TRUE(holds("id = :s"));
  EXPECT_FALSE(holds("id = :n3"));
  EXPECT_TRUE(holds("id <> :n3"));
  EXPECT_FALSE(holds("id <> :s"));
  EXPECT_TRUE(holds("ss = :ss"));
  EXPECT_TRUE(holds("yes = :t"));
  EXPECT_TRUE(holds("nothing = :null"));
  EXPECT_FALSE(holds("absent = :s"));
  EXPECT_TRUE(holds("absent <> :s"));
  EXPECT_TRUE(holds(":s = id"));
}

TEST_F(ExpressionTest, ComparesForOrder) {
  EXPECT_TRUE(holds("votes < :n4"));
  EXPECT_FALSE(holds("votes < :n3"));
  EXPECT_TRUE(holds("votes <= :n3"));
  EXPECT_TRUE(holds("votes > :n0"));
  EXPECT_TRUE(holds("votes >= :n3"));
  EXPECT_FALSE(holds("votes >= :n4"));
  EXPECT_TRUE(holds("id > :d"));
  EXPECT_FALSE(holds("id < :n4")) << "of another type";
  EXPECT_FALSE(holds("absent < :n4"));
}

TEST_F(ExpressionTest, KnowsBetweenAndIn) {
  EXPECT_TRUE(holds("votes BETWEEN :n0 AND :n3"));
  EXPECT_FALSE(holds("votes between :n0 and :n1"));
  EXPECT_TRUE(holds("id IN (:d, :s)"));
  EXPECT_FALSE(holds("id in (:d)"));
}

TEST_F(ExpressionTest, BindsNotTighterThanAndTighterThanOr) {
  EXPECT_TRUE(holds("id = :s OR id = :d AND votes = :n0"));
  EXPECT_FALSE(holds("(id = :s OR id = :d) AND votes = :n0"));
  EXPECT_TRUE(holds("NOT id = :d AND votes = :n3"));
  EXPECT_TRUE(holds("NOT (id = :d OR votes = :n0)"));
  EXPECT_TRUE(holds("NOT NOT id = :s"));
  EXPECT_TRUE(holds("(id) = :s"));
}

TEST_F(ExpressionTest, KnowsItsFunctions) {
  EXPECT_TRUE(holds("attribute_exists(m.n.deep)"));
  EXPECT_FALSE(holds("attribute_exists(m.n.another)"));
  EXPECT_TRUE(holds("attribute_not_exists(l[3])"));
  EXPECT_FALSE(holds("attribute_not_exists(l[2][0])"));
  EXPECT_TRUE(holds("attribute_type(id, :typeS)"));
  EXPECT_FALSE(holds("attribute_type(id, :typeN)"));
  EXPECT_TRUE(holds("begins_with(id, :d)"));
  EXPECT_FALSE(holds("begins_with(id, :two)"));
  EXPECT_FALSE(holds("begins_with(votes, :d)"));
  EXPECT_TRUE(holds("contains(id, :d)"));
  EXPECT_TRUE(holds("contains(ss, :a)"));
  EXPECT_TRUE(holds("contains(ns, :n1)"));
  EXPECT_FALSE(holds("contains(ns, :n3)"));
  EXPECT_TRUE(holds("contains(l, :two)"));
  EXPECT_FALSE(holds("contains(votes, :n3)"));
}

TEST_F(ExpressionTest, MeasuresSizes) {
  EXPECT_TRUE(holds("size(id) = :n3"));
  EXPECT_TRUE(holds("size(l) = :n3"));
  EXPECT_TRUE(holds("size(ss) > :n1"));
  EXPECT_TRUE(holds("size(m) < :n3"));
  EXPECT_TRUE(holds("size(b) <> :n3"));
  EXPECT_FALSE(holds("size(votes) = :n1")) << "numbers have none";
  item["id"] = std::string("grün");
  EXPECT_TRUE(holds("size(id) = :n4"));
}

TEST_F(ExpressionTest, FollowsPaths) {
  EXPECT_TRUE(holds("#m.#k <> :s AND m.n.deep > :n4"));
  EXPECT_TRUE(holds("l[1] = :two"));
  EXPECT_TRUE(holds("l[2][0] = :n3"));
  EXPECT_FALSE(holds("l.two = :two"));
  EXPECT_FALSE(holds("m[0] = :two"));
}

TEST_F(ExpressionTest, TellsSyntaxErrorsWithWhatIsNear) {
  const std::string start = "Invalid ConditionExpression: ";
  EXPECT_EQ(condition_error(""), start + "The expression can not be empty;");
  EXPECT_EQ(condition_error("id"), start + R"(Syntax error; token: "<EOF>", near: "id")");
  EXPECT_EQ(condition_error("id ="), start + R"(Syntax error; token: "<EOF>", near: "=")");
  EXPECT_EQ(condition_error("id == :s"), start + R"(Syntax error; token: "=", near: "== :s")");
  EXPECT_EQ(condition_error("id = 5"), start + R"(Syntax error; token: "5", near: "= 5")");
  EXPECT_EQ(condition_error("(id = :s"), start + R"(Syntax error; token: "<EOF>", near: ":s")");
  EXPECT_EQ(condition_error("id = :s )"), start + "Syntax error; token: \")\", near: \":s )\"");

  EXPECT_EQ(condition_error("_id = :s"), start + R"(Syntax error; token: "_", near: "_id")");
  EXPECT_EQ(condition_error("id = :s AND"), start + R"(Syntax error; token: "<EOF>", near: "AND")");
  EXPECT_EQ(condition_error("id ; :s"), start + R"(Syntax error; token: ";", near: "id ; :s")");
  EXPECT_EQ(condition_error("l[-1] = :s"), start + R"(Syntax error; token: "-", near: "[-1")");
  EXPECT_EQ(condition_error("# = :s"), start + R"(Syntax error; token: "#", near: "# =")");
  EXPECT_EQ(condition_error("((id = :s))"), start + "The expression has redundant parentheses;");
}

TEST_F(ExpressionTest, RefusesReservedWords) {
  EXPECT_EQ(condition_error("Name = :s"),
            "Invalid ConditionExpression: Attribute name is a reserved keyword; reserved keyword: "
            "Name");
  EXPECT_EQ(
      update_error("SET m.size = :s"),
      "Invalid UpdateExpression: Attribute name is a reserved keyword; reserved keyword: size");
  EXPECT_TRUE(is_reserved("abort"));
  EXPECT_TRUE(is_reserved("ZONE"));
  EXPECT_FALSE(is_reserved("votes"));
}

TEST_F(ExpressionTest, RefusesUnknownAndMisplacedFunctions) {
  const std::string start = "Invalid ConditionExpression: ";
  EXPECT_EQ(condition_error("foo(id)"), start + "Invalid function name; function: foo");
  EXPECT_EQ(condition_error("list_append(id, :s) = :s"),
            start + "The function is not allowed in a condition expression; function: list_append");
  EXPECT_EQ(update_error("SET a = size(id)"),
            "Invalid UpdateExpression: The function is not allowed in an update expression; "
            "function: size");
  EXPECT_EQ(
      condition_error("size(id)"),
      start + "The function is not allowed to be used this way in an expression; function: size");
  EXPECT_EQ(condition_error("attribute_exists(id) = :s"),
            start +
                "The function is not allowed to be used this way in an expression; function: "
                "attribute_exists");
}

TEST_F(ExpressionTest, RefusesWrongOperands) {
  const std::string start = "Invalid ConditionExpression: ";
  EXPECT_EQ(condition_error("begins_with(id)"),
            start +
                "Incorrect number of operands for operator or function; operator or function: "
                "begins_with, number of operands: 1");
  EXPECT_EQ(condition_error("attribute_exists(:s)"),
            start +
                "Operator or function requires a document path; operator or function: "
                "attribute_exists");
  EXPECT_EQ(condition_error("begins_with(id, :n3)"),
            start +
                "Incorrect operand type for operator or function; operator or function: "
                "begins_with, operand type: N");
  EXPECT_EQ(condition_error("id < :t"),
            start +
                "Incorrect operand type for operator or function; operator or function: <, operand "
                "type: BOOL");
  EXPECT_EQ(condition_error("attribute_type(id, :typeX)"),
            start +
                "Invalid attribute type name found; type: X, valid types: "
                "{B,NULL,SS,BOOL,L,BS,N,NS,S,M}");
  EXPECT_EQ(condition_error("size(:n3) = :n3"),
            start +
                "Incorrect operand type for operator or function; operator or function: size, "
                "operand type: N");
  EXPECT_EQ(condition_error("id = id"),
            start +
                "The first operand must be distinct from the remaining operands for this operator "
                "or function; operator: =, first operand: [id]");
  EXPECT_EQ(condition_error("votes BETWEEN :n4 AND :n3"),
            start +
                "The BETWEEN operator requires upper bound to be greater than or equal to lower "
                "bound; lower bound operand: AttributeValue: {N:4}, upper bound operand: "
                "AttributeValue: {N:3}");
  EXPECT_EQ(condition_error("votes BETWEEN :n4 AND :s"),
            start +
                "The BETWEEN operator requires same data type for lower and upper bounds; lower "
                "bound operand: AttributeValue: {N:4}, upper bound operand: AttributeValue: "
                "{S:dog}");
}

TEST_F(ExpressionTest, RefusesUndefinedPlaceholders) {
  EXPECT_EQ(condition_error("id = :nope"),
            "Invalid ConditionExpression: An expression attribute value used in expression is not "
            "defined; attribute value: :nope");
  EXPECT_EQ(
      condition_error("#nope = :s"),
      "Invalid ConditionExpression: An expression attribute name used in the document path is "
      "not defined; attribute name: #nope");
}

std::string repeated(const std::string& text, int times, const std::string& between) {
  std::string result = text;
  for (int i = 1; i < times; ++i) result += between + text;
  return result;
}

TEST_F(ExpressionTest, BoundsSizeAndOperators) {
  EXPECT_EQ(condition_error("id=:s" + std::string(4091, ' ')), "");
  EXPECT_EQ(condition_error("id=:s" + std::string(4092, ' ')),
            "Invalid ConditionExpression: Expression size has exceeded the maximum allowed size; "
            "expression size: 4097");
  // 150 comparisons and 149 ORs.
  EXPECT_EQ(condition_error(repeated("id=:s", 150, " OR ")), "");
  EXPECT_EQ(condition_error(repeated("id=:s", 151, " OR ")),
            "Invalid ConditionExpression: The expression contains too many operators; operator "
            "count: 301");
  EXPECT_NE(condition_error(std::string(2000, '(') + "id=:s" + std::string(2000, ')')), "");
  EXPECT_NE(condition_error(repeated("NOT", 1000, " ") + " id=:s"), "");
  EXPECT_EQ(condition_error("id IN (" + repeated(":s", 100, ",") + ")"), "");
  EXPECT_EQ(condition_error("id IN (" + repeated(":s", 101, ",") + ")"),
            "Invalid ConditionExpression: The IN operator is provided with too many operands; "
            "number of operands: 101");
  EXPECT_EQ(condition_error("attribute_exists(" + repeated("x", 32, ".") + ")"), "");
  EXPECT_EQ(condition_error("attribute_exists(" + repeated("x", 33, ".") + ")"),
            "Invalid ConditionExpression: The document path has too many nesting elements; nesting "
            "levels: 33");
  EXPECT_NE(update_error("SET a = " + std::string(2000, '(') + ":s" + std::string(2000, ')')), "");
  EXPECT_NE(update_error("SET a = " + repeated("if_not_exists(x, ", 200, "")), "");
}

}  // namespace
}  // namespace votemu::dynamodb::expression
