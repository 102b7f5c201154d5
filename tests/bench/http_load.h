// Load on an HTTP server: many connections in one thread, each of which sends a request, waits for
// its answer and sends the next. Cheaper than the servers that it measures: one epoll, two system
// calls a request, no parser.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

class HttpLoad {
 public:
  virtual ~HttpLoad() = default;

  struct Report {
    double seconds = 0;          // from the first request to the last answer
    double generator_share = 0;  // of one core, this process's
  };

  // Until `seconds` have passed or no connection asks for more; what was sent by then is still
  // awaited. Throws std::runtime_error when an answer is not a 200, or none comes for a while.
  Report run(std::uint16_t port, std::size_t connections, double seconds);

 protected:
  // What the connection sends next, valid until it has the answer; "" when it has no more to send.
  virtual std::string_view next(std::size_t connection) = 0;
  virtual void answered(std::size_t connection, std::string_view body) = 0;

 private:
  struct Connection {
    int socket = -1;
    std::string input;
  };

  void send_next(std::size_t number);
  void receive(std::size_t number);

  std::vector<Connection> connections_;
  std::size_t waiting_ = 0;  // connections whose answer is awaited
  bool over_ = false;
};

// Blocks of bytes from standard input, each after a line with its length.
std::vector<std::string> read_blocks();

// User and system time of this process.
double cpu_seconds();

}  // namespace bench
