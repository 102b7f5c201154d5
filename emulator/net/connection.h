// What the server keeps of each connection, HTTP or WebSocket.
#pragma once

namespace votemu::net {

class Connection {
 public:
  virtual ~Connection() = default;
  // Finish what is under way, begin nothing new, close.
  virtual void stop() = 0;
  // Close now, whatever is under way.
  virtual void abort() = 0;
  // Write what a turn let out.
  virtual void flush() = 0;
};

}  // namespace votemu::net
