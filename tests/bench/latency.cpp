// Measures how long one request takes on an otherwise idle server, one after another: until its
// answer is there, or, with a topic, until the message that it causes has reached a subscriber.
//
//   bench_latency HOST PORT PATH BODY COUNT [TOPIC]
//
// Prints one line of JSON.
#include <algorithm>
#include <boost/asio/read.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <vector>

#include "tests/bench/mqtt_client.h"

namespace asio = boost::asio;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;

namespace {

class HttpClient {
 public:
  HttpClient(asio::io_context& io, const tcp::endpoint& server) : socket_(io) {
    socket_.connect(server);
    socket_.set_option(tcp::no_delay(true));
  }

  void send(const std::string& request) { asio::write(socket_, asio::buffer(request)); }

  void read_answer() {
    const auto head = asio::read_until(socket_, asio::dynamic_buffer(input_), "\r\n\r\n");
    constexpr std::string_view name = "Content-Length: ";
    const auto length = input_.find(name);
    const auto status = input_.substr(0, 12);
    if (length > head || status != "HTTP/1.1 200") throw std::runtime_error("answered " + status);
    const auto size = head + std::strtoul(input_.c_str() + length + name.size(), nullptr, 10);
    if (input_.size() < size) {
      asio::read(socket_, asio::dynamic_buffer(input_),
                 asio::transfer_exactly(size - input_.size()));
    }
    input_.erase(0, size);
  }

 private:
  tcp::socket socket_;
  std::string input_;
};

double percentile(const std::vector<double>& sorted, double share) {
  return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
}

int measure(const tcp::endpoint& server, const std::string& path, const std::string& body,
            int count, const char* topic) {
  asio::io_context io(1);
  HttpClient http(io, server);
  std::unique_ptr<bench::MqttClient> subscriber;
  if (topic != nullptr) {
    subscriber = std::make_unique<bench::MqttClient>(io, server, bench::Transport::websocket, 0);
    subscriber->subscribe(topic);
  }
  const std::string request = "POST " + path +
                              " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                              "Content-Length: " +
                              std::to_string(body.size()) + "\r\n\r\n" + body;
  std::vector<double> microseconds;
  for (int i = 0; i < count; ++i) {
    const auto began = Clock::now();
    http.send(request);
    if (subscriber) {
      subscriber->await(1);
    } else {
      http.read_answer();
    }
    const std::chrono::duration<double, std::micro> took = Clock::now() - began;
    microseconds.push_back(took.count());
    if (subscriber) http.read_answer();
  }
  std::ranges::sort(microseconds);
  std::printf("{\"p50_us\": %.1f, \"p99_us\": %.1f}\n", percentile(microseconds, 0.50),
              percentile(microseconds, 0.99));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 6 || argc > 7) {
    std::fprintf(stderr, "bench_latency HOST PORT PATH BODY COUNT [TOPIC]\n");
    return 2;
  }
  try {
    const tcp::endpoint server(asio::ip::make_address(argv[1]),
                               static_cast<unsigned short>(std::atoi(argv[2])));
    return measure(server, argv[3], argv[4], std::max(std::atoi(argv[5]), 1),
                   argc == 7 ? argv[6] : nullptr);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_latency: %s\n", error.what());
    return 1;
  }
}
