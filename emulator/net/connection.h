// What the server keeps of each connection, HTTP or WebSocket.
#pragma once

#include <cstddef>
#include <cstdint>

namespace votemu::net {

// What decides whether a connection gives way when there is too much of them all.
struct Standing {
  std::int64_t moved_ms = 0;   // steady time at which bytes were last read or written
  std::size_t held_bytes = 0;  // of what has not come whole, and of answers that have not left
  bool awaits_client = false;  // nothing is being done for it: it is the client's turn
};

class Connection {
 public:
  virtual ~Connection() = default;
  virtual Standing standing() const = 0;
  // Finish what is under way, begin nothing new, close.
  virtual void stop() = 0;
  // Close now, whatever is under way.
  virtual void abort() = 0;
  // Write what a turn let out.
  virtual void flush() = 0;
};

// A connection's share of what all of them hold.
class HeldBytes {
 public:
  explicit HeldBytes(std::size_t& total) : total_(total) {}
  HeldBytes(const HeldBytes&) = delete;
  HeldBytes& operator=(const HeldBytes&) = delete;

  void set(std::size_t bytes) {
    total_ = total_ - bytes_ + bytes;
    bytes_ = bytes;
  }
  std::size_t get() const { return bytes_; }

 private:
  std::size_t& total_;
  std::size_t bytes_ = 0;
};

}  // namespace votemu::net
