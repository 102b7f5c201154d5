#include "tests/bench/http_load.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <iostream>
#include <stdexcept>
#include <system_error>

namespace bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int answer_within_ms = 20'000;

int checked(int result, const char* what) {
  if (result < 0) throw std::system_error(errno, std::generic_category(), what);
  return result;
}

int connected(std::uint16_t port) {
  const int connection = checked(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  checked(connect(connection, reinterpret_cast<const sockaddr*>(&address), sizeof address),
          "connect");
  const int on = 1;
  checked(setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on), "TCP_NODELAY");
  return connection;
}

// Where the body begins and how long it is; nothing known yet while `begin` is 0.
struct Body {
  std::size_t begin = 0;
  std::size_t size = 0;
};

Body find_body(std::string_view input) {
  constexpr std::string_view name = "content-length:";
  const auto head = input.find("\r\n\r\n");
  if (head == std::string_view::npos) return {};
  if (!input.starts_with("HTTP/1.1 200"))
    throw std::runtime_error("answered " + std::string(input));
  for (auto line = input.find('\n') + 1; line < head; line = input.find('\n', line) + 1) {
    if (strncasecmp(input.data() + line, name.data(), name.size()) == 0) {
      return {head + 4, std::strtoull(input.data() + line + name.size(), nullptr, 10)};
    }
  }
  throw std::runtime_error("an answer without Content-Length");
}

}  // namespace

void HttpLoad::send_next(std::size_t number) {
  const auto request = over_ ? std::string_view{} : next(number);
  if (request.empty()) {
    --waiting_;
    return;
  }
  const auto sent = send(connections_[number].socket, request.data(), request.size(), MSG_NOSIGNAL);
  checked(static_cast<int>(sent), "send");
  if (static_cast<std::size_t>(sent) != request.size()) throw std::runtime_error("short send");
}

void HttpLoad::receive(std::size_t number) {
  std::array<char, 65'536> chunk;
  auto& connection = connections_[number];
  const auto size = recv(connection.socket, chunk.data(), chunk.size(), 0);
  checked(static_cast<int>(size), "recv");
  if (size == 0) throw std::runtime_error("the server closed a connection");
  connection.input.append(chunk.data(), static_cast<std::size_t>(size));
  const Body body = find_body(connection.input);
  if (body.begin == 0 || connection.input.size() < body.begin + body.size) return;
  answered(number, std::string_view(connection.input).substr(body.begin, body.size));
  connection.input.clear();
  send_next(number);
}

HttpLoad::Report HttpLoad::run(std::uint16_t port, std::size_t connections, double seconds) {
  const int epoll = checked(epoll_create1(EPOLL_CLOEXEC), "epoll_create1");
  connections_.resize(connections);
  for (std::size_t i = 0; i < connections; ++i) {
    connections_[i].socket = connected(port);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = i;
    checked(epoll_ctl(epoll, EPOLL_CTL_ADD, connections_[i].socket, &event), "epoll_ctl");
  }
  const auto began = Clock::now();
  const auto passed = [&] { return std::chrono::duration<double>(Clock::now() - began).count(); };
  const double cpu_before = cpu_seconds();
  waiting_ = connections;
  for (std::size_t i = 0; i < connections; ++i) send_next(i);
  std::array<epoll_event, 64> events;
  while (waiting_ > 0) {
    const int ready =
        checked(epoll_wait(epoll, events.data(), static_cast<int>(events.size()), answer_within_ms),
                "epoll_wait");
    if (ready == 0) throw std::runtime_error("no answer in time");
    over_ = passed() >= seconds;
    for (int i = 0; i < ready; ++i) receive(events[static_cast<std::size_t>(i)].data.u64);
  }
  const double took = passed();
  const double cpu = cpu_seconds() - cpu_before;
  for (const auto& connection : connections_) close(connection.socket);
  close(epoll);
  return {took, cpu / took};
}

std::vector<std::string> read_blocks() {
  std::vector<std::string> blocks;
  for (std::string line; std::getline(std::cin, line);) {
    std::string block(std::stoul(line), '\0');
    if (!std::cin.read(block.data(), static_cast<std::streamsize>(block.size()))) {
      throw std::runtime_error("a block is shorter than announced");
    }
    blocks.push_back(std::move(block));
  }
  return blocks;
}

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace bench
