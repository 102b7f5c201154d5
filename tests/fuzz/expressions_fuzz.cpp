// DynamoDB's expressions, parsed, checked and evaluated for an item. What one expression says holds
// in another that says it differently, and an update makes an item that can be stored.
//
// An input is a byte for the item and the kind of expression, then its text. The placeholders in it
// are given meanings: #name the attribute of that name, :value the value that its first letter
// tells.
#include <array>
#include <string>

#include "core/aws_error.h"
#include "core/json.h"
#include "handlers/abi/attribute_json.h"
#include "services/dynamodb/expression/check.h"
#include "services/dynamodb/expression/evaluate.h"
#include "services/dynamodb/expression/key_condition.h"
#include "services/dynamodb/expression/lexer.h"
#include "services/dynamodb/expression/parser.h"
#include "services/dynamodb/expression/projection.h"
#include "services/dynamodb/expression/update.h"
#include "services/dynamodb/item_codec.h"
#include "services/dynamodb/item_size.h"
#include "services/dynamodb/limits.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/require.h"

namespace votemu::dynamodb::expression {
namespace {

using core::Json;
using fuzz::require;

abi::AttributeMap attributes(const char* text) {
  return abi::attributes_from_json(Json::parse(text));
}

struct World {
  std::array<abi::Item, 2> items = {attributes(R"({
      "a":{"S":"dog"},"b":{"B":"AQI="},"c":{"NULL":true},"d":{"BOOL":true},"e":{"S":""},
      "l":{"L":[{"N":"1"},{"S":"two"},{"L":[{"N":"3"}]},{"M":{"a":{"S":"x"}}}]},
      "m":{"M":{"a":{"S":"v"},"l":{"L":[{"N":"4"}]},"m":{"M":{"a":{"N":"7"}}}}},
      "n":{"N":"3"},"s":{"SS":["a","b"]},"t":{"NS":["1","2"]},"u":{"BS":["AQ=="]}})"),
                                    attributes(R"({"a":{"S":"dog"}})")};
  abi::AttributeMap values = attributes(R"({
      "a":{"S":"a"},"b":{"B":"AQI="},"c":{"NULL":true},"d":{"BOOL":true},"e":{"S":""},
      "l":{"L":[{"N":"9"}]},"m":{"M":{"a":{"N":"1"}}},"n":{"N":"3"},"o":{"N":"1"},
      "p":{"N":"99999999999999999999999999999999999999"},"q":{"N":"-0.5"},"r":{"S":"N"},
      "s":{"SS":["b","c"]},"t":{"NS":["2","5"]},"u":{"BS":["AQ=="]},"x":{"S":"dog"},"y":{"S":"SS"}})");
  KeySchema keys{{"a", KeyType::string}, KeyAttribute{"n", KeyType::number}};
};

const World& world() {
  static const auto* const one = new World;
  return *one;
}

struct Meanings {
  explicit Meanings(std::string_view text) {
    for (const auto& token : tokenize(text)) {
      if (token.kind == TokenKind::name_placeholder) {
        names.emplace(token.text, token.text.substr(1));
      }
      if (token.kind != TokenKind::value_placeholder) continue;
      const auto value = world().values.find(token.text.substr(1, 1));
      if (value != world().values.end()) values.emplace(token.text, value->second);
    }
  }
  Bindings bindings() const {
    return Bindings(names.empty() ? nullptr : &names, values.empty() ? nullptr : &values);
  }

  Names names;
  abi::AttributeMap values;
};

bool holds(const std::string& text, const Meanings& meanings, const abi::Item& item) {
  const auto condition = parse_condition(Role::condition, text);
  auto bindings = meanings.bindings();
  check(condition, bindings);
  bindings.check_all_used();
  return matches(condition.root, bindings, item);
}

void check_condition(std::string_view text, const abi::Item& item) {
  const Meanings meanings(text);
  const std::string condition(text);
  const bool held = holds(condition, meanings, item);
  if (text.size() + 20 > limits::max_expression_bytes) return;
  try {
    require(holds("NOT (" + condition + ")", meanings, item) == !held, "NOT negates");
    require(holds("(" + condition + ") AND NOT (" + condition + ")", meanings, item) == false,
            "nothing holds together with its negation");
  } catch (const core::AwsError&) {  // parentheses around parentheses, or too many operators
  }
}

void check_key_condition(std::string_view text) {
  const Meanings meanings(text);
  const auto condition = parse_condition(Role::key_condition, text);
  auto bindings = meanings.bindings();
  check(condition, bindings);
  const auto keys = key_condition(condition, bindings, world().keys);
  require(keys.hash.get_if<std::string>() != nullptr, "a partition is of its key's type");
}

void check_projection(std::string_view text, const abi::Item& item) {
  const Meanings meanings(text);
  const auto parsed = parse_projection(text);
  auto bindings = meanings.bindings();
  check(parsed, bindings);
  const Projection projection(parsed.paths, bindings);
  const auto part = projection.apply(item);
  require(item_size(part) <= item_size(item), "a part is no larger than the whole");
  for (const auto& [name, value] : part) {
    require(item.contains(name) && projection.names(name), "a part has the item's attributes");
  }
}

void check_update(std::string_view text, const abi::Item& item) {
  const Meanings meanings(text);
  const auto update = parse_update(text);
  auto bindings = meanings.bindings();
  check(update, bindings);
  const auto result = updated(update, bindings, item);
  require(updated(update, bindings, item) == result, "an update is a function of its item");
  const Projection written(update.written, bindings);
  for (const auto& [name, value] : result) {
    const auto old = item.find(name);
    const bool same = old != item.end() && old->second == value;
    require(same || written.names(name), "an update writes what it says and nothing else");
  }
  try {
    require(abi::canonical_attributes(result) == result, "what an update makes is canonical");
    require(decode_item(encode_item(result)) == result, "what an update makes can be stored");
  } catch (const core::AwsError& error) {
    require(error.message().starts_with("Nesting Levels"), "values only grow deeper");
  }
}

void run(fuzz::Input input) {
  const auto kind = input.byte();
  const auto& item = world().items[kind & 1U];
  const auto text = input.rest();
  switch (kind >> 1U & 3U) {
    case 0:
      return check_condition(text, item);
    case 1:
      return check_update(text, item);
    case 2:
      return check_projection(text, item);
    default:
      return check_key_condition(text);
  }
}

}  // namespace
}  // namespace votemu::dynamodb::expression

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    votemu::dynamodb::expression::run({data, size});
  } catch (const votemu::core::AwsError& error) {
    votemu::fuzz::require(error.code() == "ValidationException", "mistakes are told as AWS does");
  }
  return 0;
}
