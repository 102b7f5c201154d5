#include "handlers/abi/attribute_reader.h"

#include <optional>

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

AttributeValue read_value(JsonReader& reader);

AttributeMap read_map(JsonReader& reader) {
  AttributeMap map;
  require(reader, Kind::object);
  reader.object([&](std::string_view name) {
    AttributeValue& value = map.emplace_hint(map.end(), name, AttributeValue())->second;
    value = read_value(reader);
  });
  return map;
}

AttributeValue read_typed(JsonReader& reader, std::string_view type) {
  if (type == "S") return text_of(reader);
  if (type == "N") return Number{text_of(reader)};
  if (type == "B") return Binary{base64_decode(text_of(reader))};
  if (type == "M") return read_map(reader);
  if (type == "BOOL") {
    require(reader, Kind::boolean);
    return reader.boolean();
  }
  if (type == "NULL") {
    require(reader, Kind::boolean);
    if (reader.boolean()) return Null{};
    throw AwsError("ValidationException", "Null attribute value types must have the value of true");
  }
  if (type == "L") {
    AttributeList list;
    read_list(reader, [&] { list.push_back(read_value(reader)); });
    return list;
  }
  if (type == "SS") {
    StringSet set;
    read_list(reader, [&] { set.elements.push_back(text_of(reader)); });
    return set;
  }
  if (type == "NS") {
    NumberSet set;
    read_list(reader, [&] { set.elements.push_back({text_of(reader)}); });
    return set;
  }
  if (type == "BS") {
    BinarySet set;
    read_list(reader, [&] { set.elements.push_back({base64_decode(text_of(reader))}); });
    return set;
  }
  throw AwsError("ValidationException", "Supplied AttributeValue has an unknown datatype");
}

AttributeValue read_value(JsonReader& reader) {
  std::optional<AttributeValue> value;
  require(reader, Kind::object);
  reader.object([&](std::string_view type) {
    if (value) {
      throw AwsError("ValidationException",
                     "Supplied AttributeValue has more than one datatypes set, must contain "
                     "exactly one of the supported datatypes");
    }
    value = read_typed(reader, type);
  });
  if (value) return std::move(*value);
  throw AwsError("ValidationException",
                 "Supplied AttributeValue is empty, must contain exactly one of the supported "
                 "datatypes");
}

}  // namespace

AttributeMap read_attributes(JsonReader& reader) {
  return canonical_attributes(read_map(reader));
}

}  // namespace votemu::abi
