#include "net/websocket_frames.h"

#include <algorithm>

#include "handlers/abi/utf8.h"
#include "net/limits.h"

namespace votemu::net {
namespace {

constexpr unsigned final_bit = 0x80;
constexpr unsigned reserved_bits = 0x70;
constexpr unsigned opcode_bits = 0x0F;
constexpr unsigned mask_bit = 0x80;
constexpr unsigned length_bits = 0x7F;
// Lengths that say that the length follows, in two bytes or in eight.
constexpr std::size_t length_in_two_bytes = 126;
constexpr std::size_t length_in_eight_bytes = 127;
constexpr std::size_t max_control_bytes = 125;

unsigned unsigned_byte(char byte) {
  return static_cast<unsigned char>(byte);
}

bool is_control(Opcode opcode) {
  return opcode >= Opcode::close;
}

bool is_known(Opcode opcode) {
  return opcode <= Opcode::binary || (opcode >= Opcode::close && opcode <= Opcode::pong);
}

void append_big_endian(std::string& bytes, std::uint64_t number, std::size_t size) {
  while (size > 0) bytes.push_back(static_cast<char>(number >> 8 * --size & 0xFF));
}

std::uint64_t big_endian(std::string_view bytes) {
  std::uint64_t number = 0;
  for (const char byte : bytes) number = number << 8 | unsigned_byte(byte);
  return number;
}

// Section 7.4.2: what must not be on the wire, and what nobody may define.
bool is_close_code(std::uint64_t code) {
  if (code == 1004 || code == 1005 || code == 1006) return false;
  return (code >= 1000 && code <= 1013) || code >= 3000;
}

}  // namespace

void append_frame_header(std::string& bytes, Opcode opcode, std::size_t payload_bytes) {
  bytes.push_back(static_cast<char>(final_bit | static_cast<unsigned>(opcode)));
  if (payload_bytes < length_in_two_bytes) {
    bytes.push_back(static_cast<char>(payload_bytes));
  } else if (payload_bytes <= 0xFFFF) {
    bytes.push_back(static_cast<char>(length_in_two_bytes));
    append_big_endian(bytes, payload_bytes, 2);
  } else {
    bytes.push_back(static_cast<char>(length_in_eight_bytes));
    append_big_endian(bytes, payload_bytes, 8);
  }
}

void append_control_frame(std::string& bytes, Opcode opcode, std::string_view payload) {
  append_frame_header(bytes, opcode, payload.size());
  bytes.append(payload);
}

std::string close_payload(CloseCode code) {
  std::string payload;
  append_big_endian(payload, static_cast<std::uint16_t>(code), 2);
  return payload;
}

CloseCode read_close_payload(std::string_view payload) {
  if (payload.empty()) return CloseCode::normal;
  const std::uint64_t code = big_endian(payload.substr(0, 2));
  if (payload.size() < 2 || !is_close_code(code) || !abi::is_utf8(payload.substr(2))) {
    throw FrameError{CloseCode::protocol_error};
  }
  return static_cast<CloseCode>(code);
}

std::optional<FrameReader::Piece> FrameReader::next(std::span<char>& input) {
  if (!in_frame_ && !read_header(input)) return std::nullopt;
  const auto taken =
      input.first(static_cast<std::size_t>(std::min<std::uint64_t>(left_, input.size())));
  input = input.subspan(taken.size());
  unmask(taken);
  left_ -= taken.size();
  in_frame_ = left_ > 0;
  const std::string_view payload(taken.data(), taken.size());
  if (!is_control(opcode_)) {
    if (in_frame_ && payload.empty()) return std::nullopt;
    return Piece{message_, payload};
  }
  control_.append(payload);
  if (in_frame_) return std::nullopt;
  return Piece{opcode_, control_};
}

bool FrameReader::read_header(std::span<char>& input) {
  while (header_.size() < header_bytes()) {
    if (input.empty()) return false;
    header_.push_back(input.front());
    input = input.subspan(1);
    if (header_.size() == 2) check_first_bytes();
  }
  begin_payload();
  header_.clear();
  return true;
}

std::size_t FrameReader::header_bytes() const {
  if (header_.size() < 2) return 2;
  const unsigned length = unsigned_byte(header_[1]) & length_bits;
  if (length == length_in_two_bytes) return 2 + 2 + mask_bytes;
  if (length == length_in_eight_bytes) return 2 + 8 + mask_bytes;
  return 2 + mask_bytes;
}

void FrameReader::check_first_bytes() const {
  const unsigned first = unsigned_byte(header_[0]);
  const unsigned second = unsigned_byte(header_[1]);
  const auto opcode = static_cast<Opcode>(first & opcode_bits);
  bool is_good = (first & reserved_bits) == 0 && (second & mask_bit) != 0 && is_known(opcode);
  if (is_control(opcode)) {
    is_good = is_good && (first & final_bit) != 0 && (second & length_bits) <= max_control_bytes;
  } else {
    is_good = is_good && (opcode == Opcode::continuation) == in_message_;
  }
  if (!is_good) throw FrameError{CloseCode::protocol_error};
}

void FrameReader::begin_payload() {
  const std::string_view header = header_;
  opcode_ = static_cast<Opcode>(unsigned_byte(header[0]) & opcode_bits);
  left_ = unsigned_byte(header[1]) & length_bits;
  const std::string_view extended = header.substr(2, header.size() - 2 - mask_bytes);
  if (!extended.empty()) {
    left_ = big_endian(extended);
    const std::uint64_t least = extended.size() == 2 ? length_in_two_bytes : 0x1'0000;
    if (left_ < least) throw FrameError{CloseCode::protocol_error};
  }
  std::ranges::copy(header.substr(header.size() - mask_bytes), mask_.begin());
  unmasked_ = 0;
  in_frame_ = true;
  control_.clear();
  if (!is_control(opcode_)) begin_data();
}

void FrameReader::begin_data() {
  if (opcode_ != Opcode::continuation) {
    message_ = opcode_;
    message_bytes_ = 0;
  }
  if (left_ > limits::max_websocket_message_bytes - message_bytes_) {
    throw FrameError{CloseCode::message_too_big};
  }
  message_bytes_ += left_;
  in_message_ = (unsigned_byte(header_[0]) & final_bit) == 0;
}

void FrameReader::unmask(std::span<char> bytes) {
  for (char& byte : bytes) byte = static_cast<char>(byte ^ mask_[unmasked_++ % mask_bytes]);
}

}  // namespace votemu::net
