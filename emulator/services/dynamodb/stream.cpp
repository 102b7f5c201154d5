#include "services/dynamodb/stream.h"

#include <charconv>

namespace votemu::dynamodb {
namespace {

constexpr std::size_t sequence_digits = 20;
constexpr char sequence_lead = '1';

core::Json attribute_json(const KeyAttribute& attribute) {
  return {{"name", attribute.name}, {"type", key_type_name(attribute.type)}};
}

KeyAttribute attribute_of(const core::Json& json) {
  return {json.at("name").get<std::string>(),
          key_type_of(json.at("type").get<std::string>()).value_or(KeyType::string)};
}

}  // namespace

std::string Stream::arn() const {
  return core::Arn::in(scope, "dynamodb", "table/" + table_name + "/stream/" + label).text();
}

core::Key Stream::row_key() const {
  return core::Key(core::Table::dynamodb_stream, scope).text(table_name).text(label);
}

core::Key Stream::record_prefix() const {
  return core::Key(core::Table::dynamodb_stream_record, scope).text(table_name).text(label);
}

core::Key Stream::record_key(std::uint64_t sequence) const {
  return record_prefix().number(sequence);
}

core::Json stream_to_json(const Stream& stream) {
  core::Json json = {
      {"account", stream.scope.account},         {"region", stream.scope.region},
      {"table_name", stream.table_name},         {"label", stream.label},
      {"view", stream_view_name(stream.view)},   {"hash", attribute_json(stream.keys.hash)},
      {"created_ms", stream.created_ms},         {"shard_id", stream.shard_id},
      {"first_sequence", stream.first_sequence}, {"oldest_sequence", stream.oldest_sequence}};
  if (stream.keys.range) json["range"] = attribute_json(*stream.keys.range);
  if (stream.closed_ms) json["closed_ms"] = *stream.closed_ms;
  return json;
}

Stream stream_from_json(const core::Json& json) {
  Stream stream;
  stream.scope.account = json.at("account").get<std::string>();
  stream.scope.region = json.at("region").get<std::string>();
  stream.table_name = json.at("table_name").get<std::string>();
  stream.label = json.at("label").get<std::string>();
  stream.view = stream_view_of(json.at("view").get<std::string>()).value_or(stream.view);
  stream.keys.hash = attribute_of(json.at("hash"));
  if (json.contains("range")) stream.keys.range = attribute_of(json.at("range"));
  stream.created_ms = json.at("created_ms").get<std::int64_t>();
  stream.shard_id = json.at("shard_id").get<std::string>();
  stream.first_sequence = json.at("first_sequence").get<std::uint64_t>();
  stream.oldest_sequence = json.at("oldest_sequence").get<std::uint64_t>();
  stream.next_sequence = stream.oldest_sequence;
  if (json.contains("closed_ms")) stream.closed_ms = json.at("closed_ms").get<std::int64_t>();
  return stream;
}

std::string sequence_text(std::uint64_t sequence) {
  const auto digits = std::to_string(sequence);
  return sequence_lead + std::string(sequence_digits - digits.size(), '0') + digits;
}

std::optional<std::uint64_t> sequence_of(std::string_view text) {
  if (text.size() != sequence_digits + 1 || text.front() != sequence_lead) return std::nullopt;
  std::uint64_t sequence = 0;
  const auto* end = text.data() + text.size();
  const auto result = std::from_chars(text.data() + 1, end, sequence);
  if (result.ec != std::errc() || result.ptr != end) return std::nullopt;
  return sequence;
}

}  // namespace votemu::dynamodb
