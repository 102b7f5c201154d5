#include "services/sqs/message.h"

#include <array>
#include <stdexcept>

#include "services/sqs/big_endian.h"

namespace votemu::sqs {
namespace {

// Layout: format, state (3 times, count), time sent, then the texts, each after its length; in a
// state row only the first text, the id. Numbers are big endian.
constexpr char row_format = 1;
constexpr std::size_t state_offset = 1;
constexpr std::size_t state_size = 8 + 8 + 8 + 4;
constexpr std::size_t sent_offset = state_offset + state_size;
constexpr std::size_t texts_offset = sent_offset + 8;

template <class Number>
Number read(std::string_view row, std::size_t offset) {
  if (row.size() < offset + sizeof(Number)) {
    throw std::runtime_error("a message of the store is cut off");
  }
  return read_big_endian<Number>(row.data() + offset);
}

std::int64_t read_time(std::string_view row, std::size_t offset) {
  return static_cast<std::int64_t>(read<std::uint64_t>(row, offset));
}

void write_time(std::string& row, std::size_t offset, std::int64_t time_ms) {
  write_big_endian(row.data() + offset, static_cast<std::uint64_t>(time_ms));
}

void append_text(std::string& row, std::string_view text) {
  std::array<char, 4> size{};
  write_big_endian(size.data(), static_cast<std::uint32_t>(text.size()));
  row.append(size.data(), size.size()).append(text);
}

std::string_view read_text(std::string_view row, std::size_t& offset) {
  const auto size = std::size_t{read<std::uint32_t>(row, offset)};
  if (row.size() - offset - 4 < size) throw std::runtime_error("a message of the store is cut off");
  const std::string_view text = row.substr(offset + 4, size);
  offset += 4 + size;
  return text;
}

void check_format(std::string_view row) {
  if (row.empty() || row[0] != row_format) {
    throw std::runtime_error("a message of the store has an unknown format");
  }
}

template <class AnyMessage>
auto texts_of(AnyMessage& message) {
  return std::array{&message.id,         &message.sender_id,
                    &message.body,       &message.body_md5,
                    &message.attributes, &message.trace_header,
                    &message.group_id,   &message.dead_letter_source_arn};
}

}  // namespace

core::Key message_prefix(std::uint64_t queue_number) {
  core::Key key(core::Table::sqs_message);
  key.number(queue_number);
  return key;
}

core::Key state_prefix(std::uint64_t queue_number) {
  core::Key key(core::Table::sqs_message_state);
  key.number(queue_number);
  return key;
}

MessageKey::MessageKey(core::Table table, std::uint64_t queue_number, std::uint64_t sequence) {
  bytes_[0] = static_cast<char>(table);
  write_big_endian(&bytes_[1], queue_number);
  write_big_endian(&bytes_[9], sequence);
}

std::string encode_message(const Message& message) {
  const auto texts = texts_of(message);
  std::size_t size = texts_offset;
  for (const std::string_view* text : texts) size += 4 + text->size();
  std::string row;
  row.reserve(size);
  row.resize(texts_offset);
  row[0] = row_format;
  replace_state(row, message.state);
  write_time(row, sent_offset, message.sent_ms);
  for (const std::string_view* text : texts) append_text(row, *text);
  return row;
}

Message decode_message(std::string_view row) {
  Message message;
  message.state = decode_state(row);
  message.sent_ms = decode_sent_ms(row);
  std::size_t offset = texts_offset;
  for (std::string_view* text : texts_of(message)) *text = read_text(row, offset);
  return message;
}

std::string state_row_of(std::string_view message_row) {
  const std::string_view id = decode_message_id(message_row);
  return std::string(message_row.substr(0, texts_offset + 4 + id.size()));
}

MessageState decode_state(std::string_view row) {
  check_format(row);
  return {.visible_at_ms = read_time(row, state_offset),
          .received_at_ms = read_time(row, state_offset + 8),
          .first_received_at_ms = read_time(row, state_offset + 16),
          .receive_count = read<std::uint32_t>(row, state_offset + 24)};
}

std::int64_t decode_sent_ms(std::string_view row) {
  return read_time(row, sent_offset);
}

std::string_view decode_message_id(std::string_view row) {
  check_format(row);
  std::size_t offset = texts_offset;
  return read_text(row, offset);
}

void replace_state(std::string& row, const MessageState& state) {
  write_time(row, state_offset, state.visible_at_ms);
  write_time(row, state_offset + 8, state.received_at_ms);
  write_time(row, state_offset + 16, state.first_received_at_ms);
  write_big_endian(row.data() + state_offset + 24, state.receive_count);
}

}  // namespace votemu::sqs
