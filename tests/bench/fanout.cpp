// Measures the fan-out of an MQTT broker, over WebSocket ("ws") or TCP ("tcp"): one publisher, many
// subscribers, QoS 0, so many publishes outstanding. A publish is outstanding until as many
// messages have arrived as there are subscribers for each publish up to it.
//
//   bench_fanout TRANSPORT HOST PORT SUBSCRIBERS OUTSTANDING SECONDS
//
// Prints one line of JSON. What arrives is only counted, so that the generator costs little beside
// the broker; `generator_cpu` tells how busy it was.
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tests/bench/http_load.h"
#include "tests/bench/mqtt_client.h"

namespace asio = boost::asio;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::string_view topic = "votes";
constexpr std::size_t payload_bytes = 60;

std::string publish_packet() {
  return bench::packet(0x30, bench::text(topic) + std::string(payload_bytes, 'v'));
}

struct Options {
  bench::Transport transport;
  tcp::endpoint broker;
  std::uint64_t subscribers;
  std::uint64_t outstanding;
  double seconds;
};

int measure(const Options& options) {
  asio::io_context io(1);
  std::vector<std::unique_ptr<bench::MqttClient>> subscribers;
  for (std::uint64_t i = 0; i < options.subscribers; ++i) {
    subscribers.push_back(std::make_unique<bench::MqttClient>(io, options.broker, options.transport,
                                                              static_cast<int>(i)));
    subscribers.back()->subscribe(topic);
  }
  bench::MqttClient publisher(io, options.broker, options.transport, -1);

  const std::string publish = publisher.wrapped(publish_packet());
  const std::uint64_t bytes_each = publish_packet().size() * options.subscribers;
  std::uint64_t published = 0;
  std::uint64_t arrived_bytes = 0;
  std::string burst;
  const auto fill_window = [&] {
    burst.clear();
    for (; published - arrived_bytes / bytes_each < options.outstanding; ++published) {
      burst += publish;
    }
    if (!burst.empty()) publisher.write(burst);
  };
  auto arrived = [&](std::uint64_t bytes) {
    arrived_bytes += bytes;
    fill_window();
  };
  for (const auto& subscriber : subscribers) subscriber->listen(arrived);
  auto ignored = [](std::uint64_t) {};
  publisher.listen(ignored);

  const auto began = Clock::now();
  const double cpu_before = bench::cpu_seconds();
  fill_window();
  io.run_until(began + std::chrono::duration_cast<Clock::duration>(
                           std::chrono::duration<double>(options.seconds)));
  const double seconds = std::chrono::duration<double>(Clock::now() - began).count();
  const double delivered = static_cast<double>(arrived_bytes / publish_packet().size());
  std::printf("{\"delivered_per_s\": %.0f, \"published\": %llu, \"generator_cpu\": %.2f}\n",
              delivered / seconds, static_cast<unsigned long long>(published),
              (bench::cpu_seconds() - cpu_before) / seconds);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 7) {
    std::fprintf(stderr, "bench_fanout TRANSPORT HOST PORT SUBSCRIBERS OUTSTANDING SECONDS\n");
    return 2;
  }
  try {
    const bool over_tcp = std::string_view(argv[1]) == "tcp";
    const auto port = static_cast<unsigned short>(std::atoi(argv[3]));
    return measure({over_tcp ? bench::Transport::tcp : bench::Transport::websocket,
                    {asio::ip::make_address(argv[2]), port},
                    std::strtoull(argv[4], nullptr, 10),
                    std::strtoull(argv[5], nullptr, 10),
                    std::atof(argv[6])});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_fanout: %s\n", error.what());
    return 1;
  }
}
