// JSON text from clients. The tree that requests become is what nlohmann-json reads; the reader
// that passes over a text finds the same members in it; what is written is read as the same.
#include <algorithm>
#include <set>
#include <string>

#include "core/aws_error.h"
#include "core/json.h"
#include "handlers/abi/json_reader.h"
#include "handlers/abi/json_text.h"
#include "handlers/abi/json_tree.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/require.h"
#include "wire/aws_json.h"

namespace votemu {
namespace {

using core::Json;
using fuzz::require;

// nlohmann-json takes a NUL for the text's end, which no JSON has, and passes over a byte order
// mark, which none needs to have.
Json expected_tree(std::string_view text) {
  const bool odd = text.find('\0') != text.npos || text.starts_with("\xEF\xBB\xBF");
  if (odd) return Json(Json::value_t::discarded);
  return Json::parse(text, nullptr, false);
}

// simdjson takes a number's exponent of so many digits for an error, as long as it may be nearly
// nothing.
bool has_long_exponent(std::string_view text) {
  constexpr std::size_t too_long = 20;
  for (auto at = text.find_first_of("eE"); at != text.npos; at = text.find_first_of("eE", at + 1)) {
    const auto sign = std::min(text.find_first_not_of("+-", at + 1), text.size());
    const auto end = std::min(text.find_first_not_of("0123456789", sign), text.size());
    if (end - sign >= too_long) return true;
  }
  return false;
}

void check_tree(std::string_view text, const Json& expected) {
  require(abi::parse_json_tree(text) == expected, "the tree is the one that nlohmann-json builds");
  const auto written = core::dump_json(expected);
  require(abi::parse_json_tree(written) == expected, "what is written is read as the same");
}

void check_request(std::string_view text, const Json& expected) {
  try {
    const Json members = wire::decode_aws_json(text);
    require(members.is_object(), "a request has members");
    require(text.empty() || members == expected, "a request is what its text says");
  } catch (const core::AwsError& error) {
    require(error.code() == "SerializationException", "the client is told what is wrong");
    const auto answer = wire::encode_aws_json_error("dynamodb", error, "id");
    require(!expected_tree(answer.body).is_discarded(), "an answer is JSON");
  }
}

// The members' names, with every other member's value taken and the rest passed over.
std::set<std::string, std::less<>> names_in(abi::JsonReader& reader) {
  std::set<std::string, std::less<>> names;
  reader.object([&](std::string_view name) {
    const bool passed_over = names.size() % 2 == 0;
    names.emplace(name);
    if (passed_over || reader.next() != abi::JsonReader::Kind::string) return reader.skip();
    reader.string();
  });
  reader.end();
  return names;
}

void check_reader(std::string_view text, const Json& tree) {
  try {
    abi::JsonReader reader(text);
    const auto names = names_in(reader);
    if (tree.is_discarded()) return;  // what is passed over is not looked at closely
    require(tree.is_object() && names.size() == tree.size(), "the reader finds all members");
    for (const auto& name : names) require(tree.contains(name), "the reader finds no other member");
  } catch (const abi::JsonError&) {
    require(!tree.is_object(), "the reader takes every object");
  }
}

void check_quoted(std::string_view text) {
  std::string quoted;
  abi::append_quoted(quoted, text);
  const Json read = expected_tree(quoted);
  require(read.is_string(), "any bytes become a JSON string");
  const auto& again = read.get_ref<const std::string&>();
  std::string twice;
  abi::append_quoted(twice, again);
  require(twice == quoted, "what stands in a string is UTF-8");
  require(again == text || again.find("\xEF\xBF\xBD") != std::string::npos, "UTF-8 is kept");
}

}  // namespace
}  // namespace votemu

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace votemu;
  const auto text = fuzz::Input(data, size).rest();
  if (has_long_exponent(text)) return 0;
  const auto expected = expected_tree(text);
  if (!expected.is_discarded()) check_tree(text, expected);
  check_request(text, expected);
  check_reader(text, expected);
  check_quoted(text);
  return 0;
}
