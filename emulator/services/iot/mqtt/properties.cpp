#include "services/iot/mqtt/properties.h"

#include <algorithm>
#include <array>
#include <bitset>

#include "services/iot/limits.h"

namespace votemu::iot::mqtt {
namespace {

enum class Kind : std::uint8_t { flag, two_bytes, four_bytes, variable, text, binary, user };

constexpr unsigned in(PropertyPlace place) {
  return 1U << static_cast<unsigned>(place);
}
constexpr unsigned in_connect = in(PropertyPlace::connect);
constexpr unsigned in_will = in(PropertyPlace::will);
constexpr unsigned in_connack = in(PropertyPlace::connack);
constexpr unsigned in_publish = in(PropertyPlace::publish);
constexpr unsigned in_acknowledgement = in(PropertyPlace::acknowledgement);
constexpr unsigned in_subscribe = in(PropertyPlace::subscribe);
constexpr unsigned in_disconnect = in(PropertyPlace::disconnect);
constexpr unsigned in_auth = in(PropertyPlace::auth);
constexpr unsigned anywhere = ~0U;

struct Definition {
  PropertyId id;
  Kind kind;
  unsigned places;
  std::uint32_t least = 0;
};

// Table 2-4 of the specification. The least value is 1 where 0 is a protocol error.
constexpr std::array definitions{
    Definition{PropertyId::payload_format_indicator, Kind::flag, in_publish | in_will},
    Definition{PropertyId::message_expiry_interval, Kind::four_bytes, in_publish | in_will},
    Definition{PropertyId::content_type, Kind::text, in_publish | in_will},
    Definition{PropertyId::response_topic, Kind::text, in_publish | in_will},
    Definition{PropertyId::correlation_data, Kind::binary, in_publish | in_will},
    Definition{PropertyId::subscription_identifier, Kind::variable, in_publish | in_subscribe, 1},
    Definition{PropertyId::session_expiry_interval, Kind::four_bytes,
               in_connect | in_connack | in_disconnect},
    Definition{PropertyId::assigned_client_identifier, Kind::text, in_connack},
    Definition{PropertyId::server_keep_alive, Kind::two_bytes, in_connack},
    Definition{PropertyId::authentication_method, Kind::text, in_connect | in_connack | in_auth},
    Definition{PropertyId::authentication_data, Kind::binary, in_connect | in_connack | in_auth},
    Definition{PropertyId::request_problem_information, Kind::flag, in_connect},
    Definition{PropertyId::will_delay_interval, Kind::four_bytes, in_will},
    Definition{PropertyId::request_response_information, Kind::flag, in_connect},
    Definition{PropertyId::response_information, Kind::text, in_connack},
    Definition{PropertyId::server_reference, Kind::text, in_connack | in_disconnect},
    Definition{PropertyId::reason_string, Kind::text,
               in_connack | in_acknowledgement | in_disconnect | in_auth},
    Definition{PropertyId::receive_maximum, Kind::two_bytes, in_connect | in_connack, 1},
    Definition{PropertyId::topic_alias_maximum, Kind::two_bytes, in_connect | in_connack},
    Definition{PropertyId::topic_alias, Kind::two_bytes, in_publish},
    Definition{PropertyId::maximum_qos, Kind::flag, in_connack},
    Definition{PropertyId::retain_available, Kind::flag, in_connack},
    Definition{PropertyId::user_property, Kind::user, anywhere},
    Definition{PropertyId::maximum_packet_size, Kind::four_bytes, in_connect | in_connack, 1},
    Definition{PropertyId::wildcard_subscription_available, Kind::flag, in_connack},
    Definition{PropertyId::subscription_identifier_available, Kind::flag, in_connack},
    Definition{PropertyId::shared_subscription_available, Kind::flag, in_connack},
};

const Definition* definition_of(std::uint32_t id) {
  const auto found = std::ranges::find_if(definitions, [&](const Definition& definition) {
    return static_cast<std::uint32_t>(definition.id) == id;
  });
  return found == definitions.end() ? nullptr : &*found;
}

Properties::Value decode_value(Reader& reader, Kind kind) {
  switch (kind) {
    case Kind::flag:
      return std::uint32_t{reader.byte()};
    case Kind::two_bytes:
      return std::uint32_t{reader.two_bytes()};
    case Kind::four_bytes:
      return reader.four_bytes();
    case Kind::variable:
      return reader.variable_integer();
    case Kind::text:
      return std::string(reader.text());
    case Kind::binary:
      return std::string(reader.binary());
    case Kind::user:
      break;
  }
  std::string name(reader.text());
  return UserProperty(std::move(name), std::string(reader.text()));
}

void check_range(const Definition& definition, const Properties::Value& value) {
  const auto* number = std::get_if<std::uint32_t>(&value);
  if (number == nullptr) return;
  if (*number < definition.least || (definition.kind == Kind::flag && *number > 1)) {
    throw ProtocolError(ReasonCode::protocol_error, "a property's value is out of its range");
  }
}

void encode_value(Writer& writer, Kind kind, const Properties::Value& value) {
  if (const auto* user = std::get_if<UserProperty>(&value)) {
    writer.binary(user->first).binary(user->second);
    return;
  }
  if (const auto* text = std::get_if<std::string>(&value)) {
    writer.binary(*text);
    return;
  }
  const std::uint32_t number = std::get<std::uint32_t>(value);
  switch (kind) {
    case Kind::two_bytes:
      writer.two_bytes(static_cast<std::uint16_t>(number));
      break;
    case Kind::four_bytes:
      writer.four_bytes(number);
      break;
    case Kind::variable:
      writer.variable_integer(number);
      break;
    default:
      writer.byte(static_cast<std::uint8_t>(number));
  }
}

}  // namespace

Properties& Properties::add(PropertyId id, std::uint32_t value) {
  properties_.push_back({id, value});
  return *this;
}

Properties& Properties::add(PropertyId id, std::string value) {
  properties_.push_back({id, std::move(value)});
  return *this;
}

Properties& Properties::add_user(std::string name, std::string value) {
  properties_.push_back(
      {PropertyId::user_property, UserProperty(std::move(name), std::move(value))});
  return *this;
}

void Properties::replace(PropertyId id, std::uint32_t value) {
  for (Property& property : properties_) {
    if (property.id == id) property.value = value;
  }
}

void Properties::remove(PropertyId id) {
  std::erase_if(properties_, [id](const Property& property) { return property.id == id; });
}

const Properties::Property* Properties::find(PropertyId id) const {
  const auto found = std::ranges::find_if(
      properties_, [id](const Property& property) { return property.id == id; });
  return found == properties_.end() ? nullptr : &*found;
}

std::optional<std::uint32_t> Properties::number(PropertyId id) const {
  const Property* property = find(id);
  if (property == nullptr) return std::nullopt;
  return std::get<std::uint32_t>(property->value);
}

const std::string* Properties::text(PropertyId id) const {
  const Property* property = find(id);
  return property == nullptr ? nullptr : &std::get<std::string>(property->value);
}

Properties decode_properties(Reader& reader, PropertyPlace place) {
  const std::uint32_t length = reader.variable_integer();
  Reader inner(reader.take(length));
  Properties properties;
  std::bitset<64> seen;
  std::size_t user_bytes = 0;
  while (!inner.empty()) {
    const Definition* definition = definition_of(inner.variable_integer());
    if (definition == nullptr || (definition->places & in(place)) == 0) {
      throw malformed("a property that does not belong in this packet");
    }
    Properties::Value value = decode_value(inner, definition->kind);
    check_range(*definition, value);
    if (auto* user = std::get_if<UserProperty>(&value)) {
      user_bytes += user->first.size() + user->second.size();
      if (user_bytes > limits::max_user_property_bytes) {
        throw ProtocolError(ReasonCode::quota_exceeded, "too many user properties");
      }
      properties.add_user(std::move(user->first), std::move(user->second));
      continue;
    }
    auto&& already = seen[static_cast<std::size_t>(definition->id)];
    if (already) throw ProtocolError(ReasonCode::protocol_error, "a property that occurs twice");
    already = true;
    if (auto* text = std::get_if<std::string>(&value)) {
      properties.add(definition->id, std::move(*text));
    } else {
      properties.add(definition->id, std::get<std::uint32_t>(value));
    }
  }
  return properties;
}

void encode_properties(Writer& writer, const Properties& properties) {
  Writer body;
  for (const auto& property : properties.all()) {
    body.byte(static_cast<std::uint8_t>(property.id));
    encode_value(body, definition_of(static_cast<std::uint32_t>(property.id))->kind,
                 property.value);
  }
  writer.variable_integer(static_cast<std::uint32_t>(body.bytes().size()));
  writer.raw(body.bytes());
}

}  // namespace votemu::iot::mqtt
