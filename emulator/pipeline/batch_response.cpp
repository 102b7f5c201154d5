#include "pipeline/batch_response.h"

#include <algorithm>

#include "handlers/abi/json_reader.h"

namespace votemu::pipeline {
namespace {

using abi::JsonReader;
using Kind = JsonReader::Kind;

// The answer is JSON, but not of the expected form.
struct Unexpected {};

void require(bool expected) {
  if (!expected) throw Unexpected();
}

std::string identifier_of(JsonReader& reader) {
  std::optional<std::string> identifier;
  require(reader.next() == Kind::object);
  reader.object([&](std::string_view name) {
    if (name != "itemIdentifier") return reader.skip();
    require(reader.next() == Kind::string);
    identifier = reader.string();
  });
  require(identifier.has_value());
  return std::move(*identifier);
}

std::set<std::string> failures_of(JsonReader& reader) {
  std::set<std::string> failed;
  if (reader.next() == Kind::null) {
    reader.null();
  } else {
    require(reader.next() == Kind::array);
    reader.array([&] { failed.insert(identifier_of(reader)); });
  }
  return failed;
}

std::set<std::string> read_result(JsonReader& reader) {
  std::set<std::string> failed;
  if (reader.next() == Kind::null) {
    reader.null();
  } else if (reader.next() == Kind::array) {
    reader.array([] { throw Unexpected(); });
  } else {
    require(reader.next() == Kind::object);
    reader.object([&](std::string_view name) {
      if (name != "batchItemFailures") return reader.skip();
      failed = failures_of(reader);
    });
  }
  reader.end();
  return failed;
}

bool all_known(const std::set<std::string>& failed, std::vector<std::string_view> known) {
  std::sort(known.begin(), known.end());
  return std::includes(known.begin(), known.end(), failed.begin(), failed.end());
}

}  // namespace

std::optional<std::set<std::string>> failed_identifiers(
    std::string_view function_result, const std::vector<std::string_view>& known) {
  if (function_result.empty()) return std::set<std::string>();
  try {
    JsonReader reader(function_result);
    auto failed = read_result(reader);
    if (failed.empty() || all_known(failed, known)) return failed;
  } catch (const abi::JsonError&) {
  } catch (const Unexpected&) {
  }
  return std::nullopt;
}

}  // namespace votemu::pipeline
