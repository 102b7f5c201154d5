// A server on a free port of this machine and its clients, all in one thread: whoever waits for
// something polls the sockets and ends turns until it is there. Time stands still.
#pragma once

#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "core/wakeup.h"
#include "net/server.h"
#include "tests/support/test_runtime.h"

namespace votemu::test {

// Answers with what it was asked. A path decides how: /wait answers once it is told to.
class FakeApplication final : public net::Application {
 public:
  explicit FakeApplication(core::Runtime runtime) : runtime_(runtime) {}

  net::Answer handle(const wire::HttpRequest& request) override {
    requests.push_back(request);
    if (request.path() == "/wait") return wait(request);
    return answer(request);
  }
  abi::Task<wire::HttpResponse> wait(const wire::HttpRequest& request) {
    const Counted counted(waiting);
    core::Wakeup wakeup(runtime_.turn);
    wakeup_ = &wakeup;
    co_await wakeup;
    co_return answer(request);
  }
  wire::HttpResponse answer(const wire::HttpRequest& request) {
    if (request.path() == "/store") runtime_.store.put("asked", request.target);
    wire::HttpResponse response;
    response.body = request.method + " " + request.target + " " + request.body;
    if (request.path() == "/large") response.body = std::string(8'000'000, 'x');
    if (request.path() == "/pieces") {
      response.rest = std::make_shared<Pieces>(*this);
      response.rest_size = pieces * piece_bytes;
    }
    return response;
  }
  net::UpgradeAnswer answer_upgrade(const wire::HttpRequest& request) override {
    if (request.path() != "/mqtt") return wire::HttpResponse{404, {}, "No WebSocket here"};
    return "mqtt";
  }
  std::unique_ptr<net::WebSocketPeer> open_websocket(const wire::HttpRequest&,
                                                     net::WebSocket& socket) override {
    websocket = &socket;
    return std::make_unique<Peer>(*this);
  }

  void answer_waiting() { wakeup_->wake(); }

  static constexpr std::size_t piece_bytes = 100'000;
  std::size_t pieces = 50;  // that an answer to /pieces says it has
  std::size_t pieces_taken = 0;
  std::size_t pieces_there = 1'000;  // beyond these there is nothing but an exception

  std::vector<wire::HttpRequest> requests;
  int waiting = 0;  // requests that are being answered
  int sending = 0;  // answers of /pieces
  net::WebSocket* websocket = nullptr;
  std::string websocket_input;
  bool said_goodbye = false;
  std::size_t websocket_unread_bytes = 0;
  bool echo = true;

 private:
  struct Counted {
    explicit Counted(int& total) : count(total) { ++count; }
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;
    ~Counted() { --count; }
    int& count;
  };
  struct Pieces final : core::ByteSource {
    explicit Pieces(FakeApplication& owner) : application(owner), counted(owner.sending) {}
    std::string next() override {
      if (application.pieces_taken == application.pieces_there) throw std::runtime_error("gone");
      if (application.pieces_taken == application.pieces) return {};
      ++application.pieces_taken;
      return std::string(piece_bytes, 'p');
    }
    FakeApplication& application;
    Counted counted;
  };
  struct Peer final : net::WebSocketPeer {
    explicit Peer(FakeApplication& owner) : application(owner) {}
    ~Peer() override { application.websocket = nullptr; }
    void receive(std::string_view bytes) override {
      application.websocket_input += bytes;
      if (application.echo) application.websocket->send(std::make_shared<std::string>(bytes));
    }
    std::size_t unread_bytes() const override { return application.websocket_unread_bytes; }
    void said_goodbye() override { application.said_goodbye = true; }
    FakeApplication& application;
  };

  core::Runtime runtime_;
  core::Wakeup* wakeup_ = nullptr;  // of the request that came last
};

struct NetTest : testing::Test {
  TestRuntime t;
  boost::asio::io_context io;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard{io.get_executor()};
  FakeApplication application{t.runtime};
  net::Server server{io, t.turn, t.timers, t.clock, application};
  std::uint16_t port = 0;

  void SetUp() override {
    port = server.listen({"127.0.0.1"}, 0);
    server.start();
  }

  // Runs all that is ready.
  void pump() {
    bool more = true;
    while (more) {
      const auto ran = io.poll();
      t.timers.run_due();
      more = t.turn.finish() || ran > 0;
    }
  }
  // For what must not happen.
  void settle() {
    for (int i = 0; i < 20; ++i) pump();
  }
  // The bound only ends a test that fails.
  template <class Condition>
  void until(Condition condition) {
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    pump();
    while (!condition() && std::chrono::steady_clock::now() < give_up) pump();
    ASSERT_TRUE(condition()) << "it did not happen";
  }
  void pass(std::int64_t duration_ms) {
    pump();
    t.advance(duration_ms);
    pump();
  }
};

// What every client does with the bytes that it gets.
class HttpClient {
 public:
  explicit HttpClient(NetTest& test) : test_(test) {}
  virtual ~HttpClient() = default;
  virtual void send(std::string_view bytes) = 0;

  // What has come so far; nothing is pumped.
  const std::string& received() {
    if (!ended_) receive();
    return input_;
  }
  bool ended() {
    received();
    return ended_;
  }
  void expect_end() {
    test_.until([this] { return ended(); });
    EXPECT_EQ(input_, "");
  }
  // The next bytes, however many there are.
  std::string take(std::size_t size) {
    test_.until([&] { return received().size() >= size || ended_; });
    auto taken = input_.substr(0, size);
    input_.erase(0, size);
    if (input_.empty()) input_.shrink_to_fit();
    return taken;
  }
  // The next bytes, which must be these.
  void expect_bytes(const std::string& expected) { EXPECT_EQ(take(expected.size()), expected); }
  // The next response: its header and its body of Content-Length bytes.
  std::string response(bool has_body = true) {
    std::size_t size = 0;
    test_.until([&] {
      const auto header = received().find("\r\n\r\n");
      if (header == std::string::npos) return ended_;
      size = header + 4;
      const auto length = input_.find("Content-Length: ");
      if (has_body && length < size) size += std::stoul(input_.substr(length + 16));
      return input_.size() >= size || ended_;
    });
    return take(size);
  }
  std::string body() {
    const auto whole = response();
    const auto end = whole.find("\r\n\r\n");
    return end == std::string::npos ? "no response: " + whole : whole.substr(end + 4);
  }
  std::string status() { return response().substr(0, 12); }

 protected:
  // Appends to `input_` what has come, and notes the end.
  virtual void receive() = 0;

  NetTest& test_;
  std::string input_;
  bool ended_ = false;
};

class Client final : public HttpClient {
 public:
  explicit Client(NetTest& test) : HttpClient(test), socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(test.port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    fcntl(socket_, F_SETFL, O_NONBLOCK);
    const int at_once = 1;
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
  }
  ~Client() override { close(); }
  Client(Client&& other) noexcept
      : HttpClient(std::move(other)), socket_(std::exchange(other.socket_, -1)) {}

  void send(std::string_view bytes) override {
    test_.until([&] {
      const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
      return bytes.empty() || (sent < 0 && errno != EAGAIN);
    });
  }
  // Little, and nothing is pumped: the server finds it when it next looks.
  void leave(std::string_view bytes) {
    EXPECT_EQ(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(bytes.size()));
  }
  void half_close() { shutdown(socket_, SHUT_WR); }
  void close() {
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
  }

 private:
  void receive() override {
    char buffer[65'536];
    for (;;) {
      const auto size = recv(socket_, buffer, sizeof buffer, 0);
      if (size == 0 || (size < 0 && errno != EAGAIN)) ended_ = true;
      if (size <= 0) return;
      input_.append(buffer, static_cast<std::size_t>(size));
    }
  }

  int socket_;
};

inline std::string get(const std::string& target) {
  return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
}

inline std::string post(const std::string& target, const std::string& body) {
  return "POST " + target +
         " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body;
}

}  // namespace votemu::test
