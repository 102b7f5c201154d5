// Updates, projections and bindings: parsing, checking, evaluating.
#include "tests/unit/dynamodb/expression_fixture.h"

namespace votemu::dynamodb::expression {
namespace {

TEST_F(ExpressionTest, SetsAttributes) {
  EXPECT_EQ(after("SET fresh = :s", "fresh")["S"], "dog");
  EXPECT_EQ(after("SET votes = votes + :n4", "votes")["N"], "7");
  EXPECT_EQ(after("set votes = :n0 - votes", "votes")["N"], "-3");
  EXPECT_EQ(after("SET votes = if_not_exists(votes, :n0) + :n1", "votes")["N"], "4");
  EXPECT_EQ(after("SET fresh = if_not_exists(fresh, :n0) + :n1", "fresh")["N"], "1");
  EXPECT_EQ(after("SET l = list_append(l, :list)", "l")["L"].size(), 4U);
  EXPECT_EQ(after("SET l = list_append(:list, l)", "l")["L"][0]["N"], "9");
  EXPECT_EQ(
      after("SET fresh = list_append(if_not_exists(fresh, :list), :list)", "fresh")["L"].size(),
      2U);
  EXPECT_EQ(after("SET m.n.deep = m.n.deep + :n1", "m")["M"]["n"]["M"]["deep"]["N"], "8");
  EXPECT_EQ(after("SET l[0] = :s", "l")["L"][0]["S"], "dog");
  EXPECT_EQ(after("SET l[90] = :s", "l")["L"][3]["S"], "dog") << "beyond the end it is appended";
  EXPECT_EQ(after("SET #s = (votes + :n1)", "size")["N"], "4");
}

TEST_F(ExpressionTest, ReadsTheOldItemThroughout) {
  const auto result = after("SET votes = :n0, fresh = votes");
  EXPECT_EQ(result["votes"]["N"], "0");
  EXPECT_EQ(result["fresh"]["N"], "3");
}

TEST_F(ExpressionTest, RemovesAttributes) {
  EXPECT_TRUE(after("REMOVE votes", "votes").is_null());
  EXPECT_EQ(after("REMOVE absent"), Json::parse(item_text));
  EXPECT_EQ(after("REMOVE l[0], l[1]", "l")["L"], Json::parse(R"([{"L":[{"N":"3"}]}])"));
  EXPECT_EQ(after("REMOVE l[7]"), Json::parse(item_text));
  EXPECT_EQ(after("REMOVE m.n", "m")["M"], Json::parse(R"({"k":{"S":"v"}})"));
}

TEST_F(ExpressionTest, AddsToNumbersAndSets) {
  EXPECT_EQ(after("ADD votes :n4", "votes")["N"], "7");
  EXPECT_EQ(after("ADD fresh :n4", "fresh")["N"], "4");
  EXPECT_EQ(after("ADD ss :ssb", "ss")["SS"], Json::parse(R"(["a","b","c"])"));
  EXPECT_EQ(after("ADD ns :nsx", "ns")["NS"], Json::parse(R"(["1","2","5"])"));
  EXPECT_EQ(after("ADD fresh :ssb", "fresh")["SS"], Json::parse(R"(["b","c"])"));
}

TEST_F(ExpressionTest, DeletesFromSets) {
  EXPECT_EQ(after("DELETE ss :ssb", "ss")["SS"], Json::parse(R"(["a"])"));
  EXPECT_TRUE(after("DELETE ss :ssall", "ss").is_null()) << "no set is empty";
  EXPECT_EQ(after("DELETE absent :ssb"), Json::parse(item_text));
}

TEST_F(ExpressionTest, TakesEverySectionAtOnce) {
  const auto result = after("SET fresh = :s REMOVE yes ADD votes :n1 DELETE ss :ssb");
  EXPECT_EQ(result["fresh"]["S"], "dog");
  EXPECT_FALSE(result.contains("yes"));
  EXPECT_EQ(result["votes"]["N"], "4");
  EXPECT_EQ(result["ss"]["SS"].size(), 1U);
}

TEST_F(ExpressionTest, RefusesMalformedUpdates) {
  const std::string start = "Invalid UpdateExpression: ";
  EXPECT_EQ(update_error("SET a = :s SET b = :s"),
            start + "The \"SET\" section can only be used once in an update expression;");
  EXPECT_EQ(update_error("SET a = :s + :s + :s"),
            start + R"(Syntax error; token: "+", near: ":s + :s")");
  EXPECT_EQ(update_error("SET a = :s,"), start + R"(Syntax error; token: "<EOF>", near: ",")");
  EXPECT_EQ(update_error("a = :s"), start + R"(Syntax error; token: "a", near: "a =")");
  EXPECT_EQ(update_error("ADD votes votes"),
            start + R"(Syntax error; token: "votes", near: "votes votes")");
}

TEST_F(ExpressionTest, RefusesPathsThatMeet) {
  const std::string start = "Invalid UpdateExpression: Two document paths ";
  EXPECT_EQ(update_error("SET m.n = :s REMOVE m.n.deep"),
            start +
                "overlap with each other; must remove or rewrite one of these paths; path one: [m, "
                "n], path two: [m, n, deep]");
  EXPECT_EQ(update_error("SET a = :s, #a = :s"),
            start +
                "overlap with each other; must remove or rewrite one of these paths; path one: "
                "[a], path two: [a]");
  EXPECT_EQ(update_error("SET l[0] = :s, l.x = :s"),
            start +
                "conflict with each other; must remove or rewrite one of these paths; path one: "
                "[l, [0]], path two: [l, x]");
  EXPECT_EQ(update_error("SET l[0] = :s, l[1] = :s"), "");
}

TEST_F(ExpressionTest, RefusesOperandsThatDoNotSuit) {
  const std::string operand = "An operand in the update expression has an incorrect data type";
  EXPECT_EQ(update_error("SET votes = id + :n1"), operand);
  EXPECT_EQ(update_error("SET l = list_append(id, :list)"), operand);
  EXPECT_EQ(update_error("ADD id :n1"), operand);
  EXPECT_EQ(update_error("DELETE ns :ssb"), operand);
  EXPECT_EQ(update_error("SET a = absent"),
            "The provided expression refers to an attribute that does not exist in the item");
  const std::string path =
      "The document path provided in the update expression is invalid for update";
  EXPECT_EQ(update_error("SET absent.x = :s"), path);
  EXPECT_EQ(update_error("SET id.x = :s"), path);
  EXPECT_EQ(update_error("SET m[0] = :s"), path);
  EXPECT_EQ(update_error("REMOVE absent.x"), path);
  const std::string start =
      "Invalid UpdateExpression: Incorrect operand type for operator or function; operator";
  EXPECT_EQ(update_error("SET a = votes + :s"), start + " or function: +, operand type: S");
  EXPECT_EQ(update_error("SET a = list_append(l, :s)"),
            start + " or function: list_append, operand type: S");
  EXPECT_EQ(update_error("ADD a :s"),
            start + ": ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND");
  EXPECT_EQ(update_error("DELETE a :n1"),
            start + ": DELETE, operand type: NUMBER, typeSet: ALLOWED_FOR_DELETE_OPERAND");
}

TEST_F(ExpressionTest, ProjectsPartsInTheItemsShape) {
  EXPECT_EQ(part("id, absent"), Json::parse(R"({"id":{"S":"dog"}})"));
  EXPECT_EQ(part("m.n.deep"), Json::parse(R"({"m":{"M":{"n":{"M":{"deep":{"N":"7"}}}}}})"));
  EXPECT_EQ(part("l[2], l[0]"), Json::parse(R"({"l":{"L":[{"N":"1"},{"L":[{"N":"3"}]}]}})"));
  EXPECT_EQ(part("l[9], m.another"), Json::object());
  EXPECT_EQ(part("#m.#k, m.n"), Json::parse(R"({"m":{"M":{"k":{"S":"v"},
                                                "n":{"M":{"deep":{"N":"7"}}}}}})"));
}

TEST_F(ExpressionTest, RefusesMalformedProjections) {
  const std::string start = "Invalid ProjectionExpression: ";
  EXPECT_EQ(projection_error("id,"), start + R"(Syntax error; token: "<EOF>", near: ",")");
  EXPECT_EQ(projection_error("m, m.k"),
            start +
                "Two document paths overlap with each other; must remove or rewrite one of these "
                "paths; path one: [m], path two: [m, k]");
}

TEST_F(ExpressionTest, ReusesTrees) {
  Cache cache;
  const auto first = cache.update("SET a = :s");
  EXPECT_EQ(cache.update("SET a = :s"), first);
  for (int i = 0; i < 300; ++i) cache.update("SET a" + std::to_string(i) + " = :s");
  EXPECT_NE(cache.update("SET a = :s"), first) << "dropped when too many came";
  EXPECT_NE(cache.condition(Role::filter, "id = :s")->role,
            cache.condition(Role::condition, "id = :s")->role);
  EXPECT_THROW(cache.update("SET"), abi::AwsError);
}

TEST(BindingsTest, RefusesMalformedAndUnusedPlaceholders) {
  const auto problem = [](const Names& given_names, const abi::AttributeMap& given_values) {
    try {
      Bindings(&given_names, &given_values).check_all_used();
    } catch (const abi::AwsError& error) {
      return error.message();
    }
    return std::string();
  };
  const abi::AttributeMap value = {{":x", std::string("a")}};
  EXPECT_EQ(problem({}, value), "ExpressionAttributeNames must not be empty");
  EXPECT_EQ(problem({{"#a", "a"}}, {}), "ExpressionAttributeValues must not be empty");
  EXPECT_EQ(problem({{"a", "a"}}, value),
            "ExpressionAttributeNames contains invalid key: Syntax error; key: \"a\"");
  EXPECT_EQ(problem({{"#a", "a"}}, {{":", std::string("a")}}),
            "ExpressionAttributeValues contains invalid key: Syntax error; key: \":\"");
  EXPECT_EQ(problem({{"#a", "a"}, {"#b", "b"}}, value),
            "Value provided in ExpressionAttributeNames unused in expressions: keys: {#a, #b}");
}

}  // namespace
}  // namespace votemu::dynamodb::expression
