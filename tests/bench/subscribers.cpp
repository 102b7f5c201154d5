// Browsers that watch the vote: subscribers over WebSocket. The first one reads the totals, of the
// others only the bytes are counted.
//
//   bench_subscribers PORT SUBSCRIBERS TOPIC PATH
//
// Prints {} once all have subscribed. Then for each line of standard input, a number of votes,
// waits until the first has seen totals that add up to it and the others have got as much, and
// prints {"total", "bytes", "cpu_seconds"}.
#include <unistd.h>

#include <algorithm>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "tests/bench/http_load.h"
#include "tests/bench/mqtt_client.h"

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr std::chrono::seconds pushed_within{300};

// The last total of each candidate, out of a stream of [{"id":"dog","votes":"1"}].
class Totals {
 public:
  void take(std::string_view piece) {
    text_ += piece;
    std::size_t used = 0;
    while (true) {
      const auto id = text_.find(id_begin, used);
      const auto votes = text_.find(votes_begin, id);
      const auto end = text_.find("\"}", votes);
      if (end == text_.npos) break;
      const auto name = text_.substr(id + id_begin.size(), votes - id - id_begin.size());
      const auto total = std::strtoull(text_.c_str() + votes + votes_begin.size(), nullptr, 10);
      auto& known = totals_[name];
      sum_ += total - known;
      known = total;
      used = end;
    }
    text_.erase(0, used);
  }

  std::uint64_t sum() const { return sum_; }

 private:
  static constexpr std::string_view id_begin = "{\"id\":\"";
  static constexpr std::string_view votes_begin = "\",\"votes\":\"";

  std::string text_;
  std::unordered_map<std::string, std::uint64_t> totals_;
  std::uint64_t sum_ = 0;
};

struct Subscriber {
  Subscriber(asio::io_context& io, const tcp::endpoint& broker, int number, std::string_view path)
      : client(io, broker, bench::Transport::websocket, number, path) {}

  void operator()(std::uint64_t arrived) { bytes += arrived; }

  bench::MqttClient client;
  std::uint64_t bytes = 0;
};

class Audience {
 public:
  Audience(asio::io_context& io, const tcp::endpoint& broker, int others, std::string_view topic,
           std::string_view path)
      : first_(io, broker, bench::Transport::websocket, 0, path) {
    first_.subscribe(topic);
    for (int i = 1; i <= others; ++i) {
      others_.push_back(std::make_unique<Subscriber>(io, broker, i, path));
      others_.back()->client.subscribe(topic);
    }
    first_.follow(seen_);
    for (const auto& other : others_) other->client.listen(*other);
  }

  bool has_seen(std::uint64_t votes) const {
    return seen_.totals.sum() >= votes && std::ranges::all_of(others_, [this](const auto& other) {
             return other->bytes >= seen_.bytes;
           });
  }

  std::uint64_t total() const { return seen_.totals.sum(); }

  std::uint64_t bytes() const {
    std::uint64_t bytes = seen_.bytes;
    for (const auto& other : others_) bytes += other->bytes;
    return bytes;
  }

 private:
  struct Seen {
    void operator()(std::string_view piece) {
      bytes += piece.size();
      totals.take(piece);
    }

    std::uint64_t bytes = 0;
    Totals totals;
  };

  bench::MqttClient first_;
  Seen seen_;
  std::vector<std::unique_ptr<Subscriber>> others_;
};

// The next line of standard input while the audience goes on listening, "" at its end.
std::string next_line(asio::io_context& io, asio::posix::stream_descriptor& input,
                      std::string& buffer) {
  std::optional<std::size_t> size;
  asio::async_read_until(
      input, asio::dynamic_buffer(buffer), '\n',
      [&](const error_code& error, std::size_t read) { size = error ? 0 : read; });
  while (!size) io.run_one();
  const std::string line = buffer.substr(0, *size);
  buffer.erase(0, *size);
  return line;
}

void answer(asio::io_context& io, const Audience& audience, std::uint64_t votes) {
  const auto deadline = std::chrono::steady_clock::now() + pushed_within;
  while (!audience.has_seen(votes)) {
    if (io.run_one_until(deadline) == 0) {
      throw std::runtime_error("saw " + std::to_string(audience.total()) + " of " +
                               std::to_string(votes) + " votes");
    }
  }
  std::printf("{\"total\": %llu, \"bytes\": %llu, \"cpu_seconds\": %.3f}\n",
              static_cast<unsigned long long>(audience.total()),
              static_cast<unsigned long long>(audience.bytes()), bench::cpu_seconds());
  std::fflush(stdout);
}

int watch(const tcp::endpoint& broker, int subscribers, std::string_view topic,
          std::string_view path) {
  asio::io_context io(1);
  const Audience audience(io, broker, subscribers - 1, topic, path);
  asio::posix::stream_descriptor input(io, STDIN_FILENO);
  std::string buffer;
  std::puts("{}");
  std::fflush(stdout);
  while (true) {
    const auto line = next_line(io, input, buffer);
    if (line.empty()) return 0;
    answer(io, audience, std::stoull(line));
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) {
    std::fprintf(stderr, "bench_subscribers PORT SUBSCRIBERS TOPIC PATH\n");
    return 2;
  }
  try {
    const tcp::endpoint broker(asio::ip::address_v4::loopback(),
                               static_cast<unsigned short>(std::atoi(argv[1])));
    return watch(broker, std::max(std::atoi(argv[2]), 1), argv[3], argv[4]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_subscribers: %s\n", error.what());
    return 1;
  }
}
