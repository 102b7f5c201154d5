#include "services/dynamodb/item_codec.h"

#include <cstdint>
#include <stdexcept>

#include "handlers/abi/attribute_json.h"

namespace votemu::dynamodb {
namespace {

constexpr char version = 1;

// A value's first byte is its alternative's position in AttributeValue::Variant: those are on disk.
static_assert(std::variant_size_v<abi::AttributeValue::Variant> == 10);

void put_length(std::string& bytes, std::size_t length) {
  for (; length >= 0x80; length >>= 7) bytes.push_back(static_cast<char>(0x80 | (length & 0x7F)));
  bytes.push_back(static_cast<char>(length));
}

void put_text(std::string& bytes, std::string_view text) {
  put_length(bytes, text.size());
  bytes.append(text);
}

void put_value(std::string& bytes, const abi::AttributeValue& value);

struct Writer {
  std::string& bytes;

  void operator()(const std::string& value) const { put_text(bytes, value); }
  void operator()(const abi::Number& value) const { put_text(bytes, value.text); }
  void operator()(const abi::Binary& value) const { put_text(bytes, value.bytes); }
  void operator()(bool value) const { bytes.push_back(value ? 1 : 0); }
  void operator()(const abi::Null&) const {}
  void operator()(const abi::AttributeMap& map) const {
    put_length(bytes, map.size());
    for (const auto& [name, value] : map) {
      put_text(bytes, name);
      put_value(bytes, value);
    }
  }
  void operator()(const abi::AttributeList& list) const {
    put_length(bytes, list.size());
    for (const auto& value : list) put_value(bytes, value);
  }
  template <class Set>
  void operator()(const Set& set) const {
    put_length(bytes, set.elements.size());
    for (const auto& element : set.elements) (*this)(element);
  }
};

void put_value(std::string& bytes, const abi::AttributeValue& value) {
  bytes.push_back(static_cast<char>(value.value.index()));
  std::visit(Writer{bytes}, value.value);
}

class Reader {
 public:
  explicit Reader(std::string_view rest) : rest_(rest) {}

  abi::AttributeMap map(int depth) {
    abi::AttributeMap::sequence_type entries;
    const auto size = length();
    entries.reserve(size);
    for (std::size_t i = 0; i < size; ++i) {
      auto& [name, value] = entries.emplace_back();
      name = text();
      if (i > 0 && entries[i - 1].first >= name) fail();
      read_value(depth, value.value);
    }
    abi::AttributeMap map;
    map.adopt_sequence(boost::container::ordered_unique_range, std::move(entries));
    return map;
  }

  bool at_end() const { return rest_.empty(); }

 private:
  [[noreturn]] static void fail() { throw std::runtime_error("an item of the store is corrupt"); }

  unsigned char byte() {
    if (rest_.empty()) fail();
    const auto first = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    return first;
  }

  // No length can exceed what is left: each element takes a byte or more.
  std::size_t length() {
    std::uint64_t length = 0;
    for (unsigned shift = 0; shift < 35; shift += 7) {
      const auto part = byte();
      length |= std::uint64_t{part & 0x7FU} << shift;
      if (part < 0x80) {
        if (length > rest_.size()) fail();
        return static_cast<std::size_t>(length);
      }
    }
    fail();
  }

  std::string text() {
    const auto size = length();
    std::string text(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return text;
  }

  abi::AttributeList list(int depth) {
    abi::AttributeList list;
    const auto size = length();
    for (std::size_t i = 0; i < size; ++i) read_value(depth, list.emplace_back().value);
    return list;
  }

  template <class Set>
  Set set() {
    Set set;
    const auto size = length();
    for (std::size_t i = 0; i < size; ++i) set.elements.push_back({text()});
    return set;
  }

  void read_value(int depth, abi::AttributeValue::Variant& value) {
    if (depth > abi::max_attribute_depth) fail();
    switch (byte()) {
      case 0:
        value.emplace<std::string>(text());
        return;
      case 1:
        value = abi::Number{text()};
        return;
      case 2:
        value = abi::Binary{text()};
        return;
      case 3:
        value = byte() != 0;
        return;
      case 4:
        value = abi::Null{};
        return;
      case 5:
        value = map(depth + 1);
        return;
      case 6:
        value = list(depth + 1);
        return;
      case 7:
        value = set<abi::StringSet>();
        return;
      case 8:
        value = set<abi::NumberSet>();
        return;
      case 9:
        value = set<abi::BinarySet>();
        return;
      default:
        fail();
    }
  }

  std::string_view rest_;
};

}  // namespace

std::string encode_item(const abi::Item& item) {
  constexpr std::size_t usual_bytes = 256;
  std::string bytes;
  bytes.reserve(usual_bytes);
  bytes.push_back(version);
  Writer{bytes}(item);
  return bytes;
}

abi::Item decode_item(std::string_view bytes) {
  if (bytes.empty() || bytes.front() != version) {
    throw std::runtime_error("an item of the store is of an unknown version");
  }
  Reader reader(bytes.substr(1));
  auto item = reader.map(0);
  if (!reader.at_end()) throw std::runtime_error("an item of the store is corrupt");
  return item;
}

}  // namespace votemu::dynamodb
