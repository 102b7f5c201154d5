// Measures the fan-out of an MQTT broker over WebSocket: one publisher, many subscribers, QoS 0, so
// many publishes outstanding. A publish is outstanding until as many messages have arrived as
// there are subscribers for each publish up to it.
//
//   bench_fanout HOST PORT SUBSCRIBERS OUTSTANDING SECONDS
//
// Prints one line of JSON. What arrives is only counted, so that the generator costs little beside
// the broker; `generator_cpu` tells how busy it was.
#include <sys/resource.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::string_view topic = "votes";
constexpr std::size_t payload_bytes = 60;

// Of a packet whose remaining length fits one byte.
std::string packet(char first, const std::string& rest) {
  return std::string(1, first) + static_cast<char>(rest.size()) + rest;
}

std::string text(std::string_view value) {
  return std::string{'\0', static_cast<char>(value.size())} + std::string(value);
}

std::string publish_packet() {
  return packet(0x30, text(topic) + std::string(payload_bytes, 'v'));
}

// A client's frame is masked; the mask may be zero.
std::string frame(const std::string& message) {
  return std::string{'\x82', static_cast<char>(0x80 | message.size()), '\0', '\0', '\0', '\0'} +
         message;
}

// Counts the bytes that frames carry, however they are cut.
class FrameCounter {
 public:
  std::uint64_t take(std::string_view bytes) {
    std::uint64_t carried = 0;
    while (!bytes.empty()) {
      if (left_ == 0) {
        header_.push_back(bytes.front());
        bytes.remove_prefix(1);
        begin_payload();
        continue;
      }
      const auto taken = std::min<std::uint64_t>(left_, bytes.size());
      carried += taken;
      left_ -= taken;
      bytes.remove_prefix(taken);
    }
    return carried;
  }

 private:
  void begin_payload() {
    if (header_.size() < 2) return;
    const auto byte = [this](std::size_t i) { return static_cast<unsigned char>(header_[i]); };
    const unsigned length = byte(1) & 0x7FU;
    const std::size_t extended = length == 126 ? 2 : length == 127 ? 8 : 0;
    if (header_.size() < 2 + extended) return;
    left_ = extended == 0 ? length : 0;
    for (std::size_t i = 0; i < extended; ++i) left_ = left_ << 8 | byte(2 + i);
    header_.clear();
  }

  std::string header_;
  std::uint64_t left_ = 0;
};

class Client {
 public:
  Client(asio::io_context& io, const tcp::endpoint& broker, int number) : socket_(io) {
    socket_.connect(broker);
    socket_.set_option(tcp::no_delay(true));
    const std::string upgrade =
        "GET /mqtt HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Protocol: mqtt\r\n\r\n";
    asio::write(socket_, asio::buffer(upgrade));
    std::string head;
    const auto size = asio::read_until(socket_, asio::dynamic_buffer(head), "\r\n\r\n");
    if (!head.starts_with("HTTP/1.1 101")) throw std::runtime_error("no upgrade: " + head);
    frames_.take(std::string_view(head).substr(size));
    const std::string connect = text("MQTT") + std::string{'\x04', '\x02', '\0', '\x3C'} +
                                text("bench-" + std::to_string(number));
    send(frame(packet(0x10, connect)));
    expect(4);  // CONNACK
  }

  void subscribe() {
    send(frame(packet('\x82', std::string{'\0', '\x01'} + text(topic) + '\0')));
    expect(5);  // SUBACK
  }

  void send(const std::string& bytes) { asio::write(socket_, asio::buffer(bytes)); }

  // Calls `arrived(bytes)` for ever.
  template <class Arrived>
  void listen(Arrived& arrived) {
    socket_.async_read_some(asio::buffer(chunk_),
                            [this, &arrived](const error_code& error, std::size_t size) {
                              if (error) return;
                              arrived(frames_.take({chunk_.data(), size}));
                              listen(arrived);
                            });
  }

 private:
  void expect(std::uint64_t bytes) {
    std::uint64_t got = 0;
    while (got < bytes) {
      const auto size = socket_.read_some(asio::buffer(chunk_));
      got += frames_.take({chunk_.data(), size});
    }
  }

  tcp::socket socket_;
  FrameCounter frames_;
  std::array<char, 65'536> chunk_{};
};

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

struct Options {
  tcp::endpoint broker;
  std::uint64_t subscribers;
  std::uint64_t outstanding;
  double seconds;
};

int measure(const Options& options) {
  asio::io_context io(1);
  std::vector<std::unique_ptr<Client>> subscribers;
  for (std::uint64_t i = 0; i < options.subscribers; ++i) {
    subscribers.push_back(std::make_unique<Client>(io, options.broker, static_cast<int>(i)));
    subscribers.back()->subscribe();
  }
  Client publisher(io, options.broker, -1);

  const std::string publish = frame(publish_packet());
  const std::uint64_t bytes_each = publish_packet().size() * options.subscribers;
  std::uint64_t published = 0;
  std::uint64_t arrived_bytes = 0;
  std::string burst;
  const auto fill_window = [&] {
    burst.clear();
    for (; published - arrived_bytes / bytes_each < options.outstanding; ++published) {
      burst += publish;
    }
    if (!burst.empty()) publisher.send(burst);
  };
  auto arrived = [&](std::uint64_t bytes) {
    arrived_bytes += bytes;
    fill_window();
  };
  for (const auto& subscriber : subscribers) subscriber->listen(arrived);
  auto ignored = [](std::uint64_t) {};
  publisher.listen(ignored);

  const auto began = Clock::now();
  const double cpu_before = cpu_seconds();
  fill_window();
  io.run_until(began + std::chrono::duration_cast<Clock::duration>(
                           std::chrono::duration<double>(options.seconds)));
  const double seconds = std::chrono::duration<double>(Clock::now() - began).count();
  const double delivered = static_cast<double>(arrived_bytes / publish_packet().size());
  std::printf("{\"delivered_per_s\": %.0f, \"published\": %llu, \"generator_cpu\": %.2f}\n",
              delivered / seconds, static_cast<unsigned long long>(published),
              (cpu_seconds() - cpu_before) / seconds);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6) {
    std::fprintf(stderr, "bench_fanout HOST PORT SUBSCRIBERS OUTSTANDING SECONDS\n");
    return 2;
  }
  try {
    const auto port = static_cast<unsigned short>(std::atoi(argv[2]));
    return measure({{asio::ip::make_address(argv[1]), port},
                    std::strtoull(argv[3], nullptr, 10),
                    std::strtoull(argv[4], nullptr, 10),
                    std::atof(argv[5])});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_fanout: %s\n", error.what());
    return 1;
  }
}
