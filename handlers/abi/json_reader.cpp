#include "handlers/abi/json_reader.h"

#include <simdjson.h>

namespace votemu::abi {
namespace {

namespace ondemand = simdjson::ondemand;

// The longest text whose buffers are kept. They are some seven times as large.
constexpr std::size_t max_kept_bytes = 16'384;

void check(simdjson::error_code error) {
  if (error == simdjson::SUCCESS) return;
  if (error == simdjson::DEPTH_ERROR) throw JsonTooDeep("the text nests too deeply");
  throw JsonError("the text is not JSON");
}

template <class T>
T taken(simdjson::simdjson_result<T> result) {
  T value;
  check(std::move(result).get(value));
  return value;
}

}  // namespace

// simdjson has a type for the outermost value and one for all others. White space behind the
// outermost one makes some versions take it for something else.
struct JsonReader::State {
  // One level for the outermost value, one for what is refused: simdjson checks it where the
  // program is not optimised.
  State() { check(parser.allocate(simdjson::SIMDJSON_PADDING, max_depth + 2)); }

  void begin(std::string_view json) {
    json = json.substr(0, json.find_last_not_of(" \n\r\t") + 1);
    text.reserve(json.size() + simdjson::SIMDJSON_PADDING);
    text = json;
    depth = 0;
    check(parser.iterate(text, text.capacity()).get(document));
  }

  template <class Take>
  auto take(Take take_it) {
    return depth == 0 ? taken(take_it(document)) : taken(take_it(inner));
  }

  // Calls `read` with the value of each of what is in an object or array as the next one.
  template <class Container, class Read>
  void each(Container container, Read read) {
    if (++depth > max_depth) throw JsonTooDeep("the text nests too deeply");
    for (auto one : container) read(one);
    --depth;
  }

  std::string text;
  ondemand::parser parser;
  ondemand::document document;
  ondemand::value inner;
  int depth = 0;
};

// A parser's buffers cost more than a short text's parsing: the last one is kept for the next
// reader, for which it begins anew. Nothing can be seen of that but the time it takes.
std::unique_ptr<JsonReader::State>& JsonReader::spare() {
  thread_local std::unique_ptr<State> state;
  return state;
}

JsonReader::JsonReader(std::string_view text) : state_(std::move(spare())) {
  if (!state_) state_ = std::make_unique<State>();
  state_->begin(text);
}

JsonReader::~JsonReader() {
  if (state_->text.capacity() <= max_kept_bytes) spare() = std::move(state_);
}

JsonReader::Kind JsonReader::next() {
  switch (state_->take([](auto& value) { return value.type(); })) {
    case ondemand::json_type::object:
      return Kind::object;
    case ondemand::json_type::array:
      return Kind::array;
    case ondemand::json_type::string:
      return Kind::string;
    case ondemand::json_type::boolean:
      return Kind::boolean;
    case ondemand::json_type::null:
      return Kind::null;
    default:
      return Kind::number;
  }
}

void JsonReader::each_member(const std::function<void(std::string_view)>& member) {
  auto object = state_->take([](auto& value) { return value.get_object(); });
  state_->each(object, [&](simdjson::simdjson_result<ondemand::field> found) {
    auto field = taken(std::move(found));
    const auto name = taken(field.unescaped_key());
    state_->inner = field.value();
    member(name);
  });
}

void JsonReader::each_element(const std::function<void()>& element) {
  auto array = state_->take([](auto& value) { return value.get_array(); });
  state_->each(array, [&](simdjson::simdjson_result<ondemand::value> found) {
    state_->inner = taken(found);
    element();
  });
}

std::string JsonReader::string() {
  return std::string(state_->take([](auto& value) { return value.get_string(); }));
}

std::string_view JsonReader::number() {
  std::string_view token;
  if (state_->depth == 0) {
    token = taken(state_->document.raw_json_token());
  } else {
    token = state_->inner.raw_json_token();
  }
  state_->take([](auto& value) { return value.get_double(); });
  return token.substr(0, token.find_last_not_of(" \n\r\t") + 1);
}

bool JsonReader::boolean() {
  return state_->take([](auto& value) { return value.get_bool(); });
}

void JsonReader::null() {
  if (next() != Kind::null) check(simdjson::INCORRECT_TYPE);
  const bool null =
      state_->take([](auto& value) { return simdjson::simdjson_result<bool>(value.is_null()); });
  if (!null) check(simdjson::N_ATOM_ERROR);
}

// What is left of a value when its object or array goes on is passed over by itself.
void JsonReader::skip() {
  if (depth() > 0) return;
  const Kind kind = next();
  if (kind == Kind::object) object([](std::string_view) {});
  if (kind == Kind::array) array([] {});
  if (kind == Kind::string) string();
  if (kind == Kind::number) number();
  if (kind == Kind::boolean) boolean();
  if (kind == Kind::null) null();
}

void JsonReader::end() {
  if (state_->document.current_location().error() != simdjson::OUT_OF_BOUNDS) {
    check(simdjson::TAPE_ERROR);
  }
}

int JsonReader::depth() const {
  return state_->depth;
}

}  // namespace votemu::abi
