#include "services/logs/rows.h"

#include <array>
#include <bit>
#include <cstring>
#include <stdexcept>

#include "core/keys.h"
#include "core/members.h"
#include "services/logs/state.h"

namespace votemu::logs {
namespace {

using core::Json;
using core::Table;

core::Key in_group(Table table, const Group& group) {
  return std::move(core::Key(table, group.scope).text(group.name));
}

static_assert(std::endian::native == std::endian::little);
constexpr std::size_t number_bytes = 8;

char* put_number(char* to, std::uint64_t number) {
  const std::uint64_t bytes = __builtin_bswap64(number);
  std::memcpy(to, &bytes, number_bytes);
  return to + number_bytes;
}

}  // namespace

void append_event(std::string& row, const WrittenEvent& event) {
  std::array<char, 5 * number_bytes> numbers;
  char* to = put_number(numbers.data(), event.stream);
  to = put_number(to, static_cast<std::uint64_t>(event.position.timestamp));
  to = put_number(to, static_cast<std::uint64_t>(event.ingestion_ms));
  to = put_number(to, event.position.id);
  put_number(to, event.message.size());
  row.append(numbers.data(), numbers.size()).append(event.message);
}

WrittenEvent EventReader::next() {
  WrittenEvent event;
  event.stream = number();
  event.position.timestamp = static_cast<std::int64_t>(number());
  event.ingestion_ms = static_cast<std::int64_t>(number());
  event.position.id = number();
  event.message = take(number());
  return event;
}

std::uint64_t EventReader::number() {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, take(number_bytes).data(), number_bytes);
  return __builtin_bswap64(bytes);
}

std::string_view EventReader::take(std::uint64_t size) {
  if (rest_.size() < size) throw std::runtime_error("the store holds a malformed row of logs");
  const auto taken = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return taken;
}

void Rows::put_group(const Group& group) {
  Json row = {{"created", group.created_ms}, {"tags", Json::object()}};
  for (const auto& [key, value] : group.tags) row["tags"][key] = value;
  if (group.retention_days) row["retention"] = *group.retention_days;
  store_.put(in_group(Table::logs_group, group), core::dump_json(row));
}

void Rows::erase_group(const Group& group) {
  store_.erase(in_group(Table::logs_group, group));
  store_.erase_prefix(in_group(Table::logs_stream, group));
  store_.erase_prefix(in_group(Table::logs_events, group));
}

void Rows::put_stream(const Group& group, const Stream& stream) {
  store_.put(in_group(Table::logs_stream, group).text(stream.name),
             core::dump_json({{"id", stream.id}, {"created", stream.created_ms}}));
}

void Rows::erase_stream(const Group& group, const Stream& stream) {
  store_.erase(in_group(Table::logs_stream, group).text(stream.name));
}

void Rows::put_events(const Group& group, std::uint64_t row, std::string_view events) {
  store_.put(in_group(Table::logs_events, group).number(row), events);
}

void Rows::erase_events(const Group& group, std::uint64_t row) {
  store_.erase(in_group(Table::logs_events, group).number(row));
}

std::string Rows::events(const Group& group, std::uint64_t row) const {
  return store_.get(in_group(Table::logs_events, group).number(row)).value_or("");
}

void Rows::each_group(const std::function<void(Group)>& visit) const {
  for (auto row = store_.scan(core::Key(Table::logs_group)); row.valid(); row.next()) {
    core::KeyReader key(row.key());
    Group group;
    group.scope.account = key.text();
    group.scope.region = key.text();
    group.name = key.text();
    const Json kept = core::parse_own_json(row.value());
    group.created_ms = core::integer_member(kept, "created").value_or(0);
    group.retention_days = core::integer_member(kept, "retention");
    for (const auto& [name, value] : kept["tags"].items()) {
      group.tags[name] = value.get<std::string>();
    }
    visit(std::move(group));
  }
}

void Rows::each_stream(const Group& group, const std::function<void(Stream)>& visit) const {
  const core::Key prefix = in_group(Table::logs_stream, group);
  for (auto row = store_.scan(prefix); row.valid(); row.next()) {
    core::KeyReader key(row.key());
    for (int skipped = 0; skipped < 3; ++skipped) key.text();
    const Json kept = core::parse_own_json(row.value());
    Stream stream;
    stream.name = key.text();
    stream.id = kept["id"].get<std::uint64_t>();
    stream.created_ms = kept["created"].get<std::int64_t>();
    visit(std::move(stream));
  }
}

void Rows::each_row(
    const Group& group,
    const std::function<void(std::uint64_t row, std::string_view events)>& visit) const {
  const core::Key prefix = in_group(Table::logs_events, group);
  for (auto row = store_.scan(prefix); row.valid(); row.next()) {
    core::KeyReader key(row.key());
    for (int skipped = 0; skipped < 3; ++skipped) key.text();
    visit(key.number(), row.value());
  }
}

}  // namespace votemu::logs
