#include "handlers/abi/attribute_reader.h"

#include <algorithm>
#include <utility>

#include "handlers/abi/attribute_json.h"
#include "handlers/abi/aws_error.h"
#include "handlers/abi/base64.h"

namespace votemu::abi {
namespace {

using Kind = JsonReader::Kind;

void require(JsonReader& reader, Kind kind) {
  if (reader.next() == kind) return;
  throw AwsError("SerializationException", "Unexpected value type in payload");
}

std::string text_of(JsonReader& reader) {
  require(reader, Kind::string);
  return reader.string();
}

template <class Element>
void read_list(JsonReader& reader, Element element) {
  require(reader, Kind::array);
  reader.array(element);
}

void read_value(JsonReader& reader, AttributeValue& value);

using Entries = AttributeMap::sequence_type;

// Of entries with the same name the last one counts.
AttributeMap map_of(Entries entries) {
  const auto name_less = [](const auto& a, const auto& b) { return a.first < b.first; };
  const auto name_equal = [](const auto& a, const auto& b) { return a.first == b.first; };
  const auto unordered = [](const auto& a, const auto& b) { return a.first >= b.first; };
  if (std::adjacent_find(entries.begin(), entries.end(), unordered) != entries.end()) {
    std::stable_sort(entries.begin(), entries.end(), name_less);
    const auto last_ones = std::unique(entries.rbegin(), entries.rend(), name_equal).base();
    entries.erase(entries.begin(), last_ones);
  }
  AttributeMap map;
  map.adopt_sequence(boost::container::ordered_unique_range, std::move(entries));
  return map;
}

AttributeMap read_map(JsonReader& reader) {
  constexpr std::size_t usual_size = 4;
  Entries entries;
  entries.reserve(usual_size);
  require(reader, Kind::object);
  reader.object([&](std::string_view name) {
    auto& entry = entries.emplace_back();
    entry.first = name;
    read_value(reader, entry.second);
  });
  return map_of(std::move(entries));
}

void read_typed(JsonReader& reader, std::string_view type, AttributeValue::Variant& value) {
  if (type == "S") {
    value = text_of(reader);
  } else if (type == "N") {
    value = Number{text_of(reader)};
  } else if (type == "B") {
    value = Binary{base64_decode(text_of(reader))};
  } else if (type == "M") {
    value = read_map(reader);
  } else if (type == "BOOL") {
    require(reader, Kind::boolean);
    value = reader.boolean();
  } else if (type == "NULL") {
    require(reader, Kind::boolean);
    if (!reader.boolean()) {
      throw AwsError("ValidationException",
                     "Null attribute value types must have the value of true");
    }
    value = Null{};
  } else if (type == "L") {
    auto& list = value.emplace<AttributeList>();
    read_list(reader, [&] { read_value(reader, list.emplace_back()); });
  } else if (type == "SS") {
    auto& set = value.emplace<StringSet>();
    read_list(reader, [&] { set.elements.push_back(text_of(reader)); });
  } else if (type == "NS") {
    auto& set = value.emplace<NumberSet>();
    read_list(reader, [&] { set.elements.push_back({text_of(reader)}); });
  } else if (type == "BS") {
    auto& set = value.emplace<BinarySet>();
    read_list(reader, [&] { set.elements.push_back({base64_decode(text_of(reader))}); });
  } else {
    throw AwsError("ValidationException", "Supplied AttributeValue has an unknown datatype");
  }
}

void read_value(JsonReader& reader, AttributeValue& value) {
  bool found = false;
  require(reader, Kind::object);
  reader.object([&](std::string_view type) {
    if (std::exchange(found, true)) {
      throw AwsError("ValidationException",
                     "Supplied AttributeValue has more than one datatypes set, must contain "
                     "exactly one of the supported datatypes");
    }
    read_typed(reader, type, value.value);
  });
  if (found) return;
  throw AwsError("ValidationException",
                 "Supplied AttributeValue is empty, must contain exactly one of the supported "
                 "datatypes");
}

}  // namespace

AttributeMap read_attributes(JsonReader& reader) {
  return canonical_attributes(read_map(reader));
}

}  // namespace votemu::abi
