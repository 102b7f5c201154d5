#include "services/dynamodb/stream.h"

#include <array>
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

Stream::Stream(core::Scope in_scope, std::string of_table, std::string with_label)
    : scope(std::move(in_scope)),
      table_name(std::move(of_table)),
      label(std::move(with_label)),
      arn(core::Arn::in(scope, "dynamodb", "table/" + table_name + "/stream/" + label).text()),
      record_prefix(core::Table::dynamodb_stream_record, scope),
      record_head(R"(","eventVersion":"1.1","eventSource":"aws:dynamodb","awsRegion":")" +
                  scope.region + R"(","dynamodb":{"ApproximateCreationDateTime":)") {
  record_prefix.text(table_name).text(label);
}

core::Key Stream::row_key() const {
  return core::Key(core::Table::dynamodb_stream, scope).text(table_name).text(label);
}

core::Key Stream::record_key(std::uint64_t sequence) const {
  core::Key key = record_prefix;
  return key.number(sequence);
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
  Stream stream({json.at("account").get<std::string>(), json.at("region").get<std::string>()},
                json.at("table_name").get<std::string>(), json.at("label").get<std::string>());
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
  std::string text;
  append_sequence(text, sequence);
  return text;
}

void append_sequence(std::string& text, std::uint64_t sequence) {
  std::array<char, sequence_digits> digits;
  const auto* end = std::to_chars(digits.begin(), digits.end(), sequence).ptr;
  const auto length = static_cast<std::size_t>(end - digits.begin());
  text.push_back(sequence_lead);
  text.append(sequence_digits - length, '0').append(digits.data(), length);
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
