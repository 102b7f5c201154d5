// A receipt handle: opaque to clients, to us the message it was given out for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace votemu::sqs {

struct ReceiptHandle {
  std::uint64_t queue_number = 0;
  std::uint64_t sequence = 0;
  std::uint32_t receive_count = 0;  // makes every receive's handle another
  std::string message_id;           // sequence numbers may return after a restart, these do not
  bool operator==(const ReceiptHandle&) const = default;

  std::string text() const;
  // Nullopt when the text never was a handle.
  static std::optional<ReceiptHandle> parse(std::string_view text);
};

}  // namespace votemu::sqs
