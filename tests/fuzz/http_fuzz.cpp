// A connection's bytes through the whole HTTP front end: a real session on a pair of sockets, with
// an application that only notes what it is asked. The same requests are found however the bytes
// are cut; each is answered once, in turn; no request can be read in two ways; nothing is left.
//
// An input is a byte for how the bytes are cut, then what a client sends.
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <memory>
#include <string>
#include <vector>

#include "core/text.h"
#include "core/wakeup.h"
#include "net/http_parser.h"
#include "net/http_session.h"
#include "net/server.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/require.h"
#include "tests/support/test_runtime.h"

namespace votemu::net {
namespace {

using fuzz::require;

std::string text_of(const wire::HttpRequest& request) {
  std::string text = request.method + " " + request.target;
  for (const auto [name, value] : request.headers) {
    text.append("\n").append(name).append(": ").append(value);
  }
  return text.append("\n\n").append(request.body);
}

// Whoever stands before or behind votemu has to find the same end of the body.
void check_unambiguous(const wire::HttpRequest& request) {
  require(!request.headers.may_break(), "no field holds another");
  std::string_view length;
  int codings = 0;
  for (const auto [name, value] : request.headers) {
    if (core::equals_ignoring_case(name, "Transfer-Encoding")) ++codings;
    if (!core::equals_ignoring_case(name, "Content-Length")) continue;
    require(length.empty(), "there is one length");
    length = value;
  }
  require(codings <= 1, "there is one coding");
  if (const auto coding = request.headers.find("Transfer-Encoding")) {
    require(length.empty(), "a chunked body has no length");
    require(core::equals_ignoring_case(*coding, "chunked"), "other bodies are refused");
  } else if (!length.empty()) {
    require(core::parse_number(length) == request.body.size(), "a body is as long as it says");
  } else {
    require(request.body.empty(), "a body says how long it is");
  }
}

// What a client asks until it may not ask any more, or what it sends makes no sense.
struct Conversation {
  std::vector<std::string> requests;
  bool malformed = false;
  bool upgraded = false;
};

Conversation parsed(std::string_view bytes, std::size_t piece_size) {
  Conversation found;
  HttpParser parser;
  std::string waiting;
  while (!bytes.empty()) {
    waiting.append(bytes.substr(0, piece_size));
    bytes.remove_prefix(std::min(piece_size, bytes.size()));
    for (;;) {
      const auto taken = parser.feed(waiting);
      waiting.erase(0, taken);
      found.malformed = parser.problem() != HttpParser::Problem::none;
      if (found.malformed) return found;
      if (!parser.done()) break;
      check_unambiguous(parser.request());
      found.requests.push_back(text_of(parser.request()));
      found.upgraded = parser.upgrade();
      if (found.upgraded || !parser.keep_alive()) return found;
      parser.next();
      if (waiting.empty()) break;
    }
  }
  return found;
}

// Notes what it is asked. /later is answered once it is told to.
class Notebook final : public Application {
 public:
  explicit Notebook(core::Turn& turn) : turn_(turn) {}

  Answer handle(const wire::HttpRequest& request) override {
    requests.push_back(text_of(request));
    if (request.path() == "/later") return later();
    return wire::HttpResponse{200, {}, "ok"};
  }
  UpgradeAnswer answer_upgrade(const wire::HttpRequest& request) override {
    requests.push_back(text_of(request));
    return "mqtt";
  }
  std::unique_ptr<WebSocketPeer> open_websocket(const wire::HttpRequest&,
                                                WebSocket& socket) override {
    return std::make_unique<Echo>(socket);
  }
  // False when nobody waits.
  bool answer_later() {
    if (wakeup_ == nullptr) return false;
    std::exchange(wakeup_, nullptr)->wake();
    return true;
  }
  // Before the next client.
  void forget() { requests.clear(); }

  std::vector<std::string> requests;

 private:
  struct Echo final : WebSocketPeer {
    explicit Echo(WebSocket& its_socket) : socket(its_socket) {}
    void receive(std::string_view bytes) override {
      socket.send(std::make_shared<const std::string>(bytes.size(), '.'));
    }
    WebSocket& socket;
  };
  // Nobody is to be woken any more once the request is withdrawn.
  struct Waiting {
    Waiting(Notebook& owner, core::Wakeup& wakeup) : notebook(owner) { owner.wakeup_ = &wakeup; }
    Waiting(const Waiting&) = delete;
    Waiting& operator=(const Waiting&) = delete;
    ~Waiting() { notebook.wakeup_ = nullptr; }
    Notebook& notebook;
  };
  abi::Task<wire::HttpResponse> later() {
    core::Wakeup wakeup(turn_);
    const Waiting waiting(*this, wakeup);
    co_await wakeup;
    co_return wire::HttpResponse{200, {}, "ok"};
  }

  core::Turn& turn_;
  core::Wakeup* wakeup_ = nullptr;
};

// A server without a listener: its clients are given to it.
struct World {
  test::TestRuntime t;
  boost::asio::io_context io{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard{io.get_executor()};
  Notebook notebook{t.turn};
  Server server{io, t.turn, t.timers, t.clock, notebook};
  Channel::Context no_tls = [] { return nullptr; };

  // Runs all that is ready.
  void pump() {
    for (bool more = true; more;) {
      const auto ran = io.poll();
      more = t.turn.finish() || ran > 0;
      if (!more) more = notebook.answer_later();
    }
  }
  // For what waits for its time.
  void let_time_pass() {
    constexpr std::int64_t long_enough_ms = 300'000;
    t.clock.advance(long_enough_ms);
    t.timers.run_due();
    pump();
  }
};

class Client {
 public:
  explicit Client(World& world) : world_(world) {
    std::array<int, 2> ends{};
    require(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()) == 0,
            "there are sockets");
    end_ = ends[0];
    Channel::tcp::socket socket(world.io);
    socket.assign(Channel::tcp::v4(), ends[1]);
    socket.non_blocking(true);
    const auto session = std::make_shared<HttpSession>(
        world.server, Channel(std::move(socket), world.no_tls), "127.0.0.1");
    world.server.add(session);
    session->start();
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  ~Client() {
    close(end_);
    world_.pump();
    world_.let_time_pass();
  }

  void send(std::string_view bytes) {
    ::send(end_, bytes.data(), bytes.size(), MSG_NOSIGNAL);  // unless the server has closed
    world_.pump();
  }
  void receive(std::string& bytes) {
    for (;;) {
      const auto size = recv(end_, buffer_.data(), buffer_.size(), 0);
      if (size <= 0) return;
      bytes.append(buffer_.data(), static_cast<std::size_t>(size));
      world_.pump();
    }
  }

 private:
  World& world_;
  int end_ = -1;
  std::array<char, 4096> buffer_;
};

std::size_t count_of(std::string_view text, std::string_view what) {
  std::size_t count = 0;
  for (auto at = text.find(what); at != text.npos; at = text.find(what, at + 1)) ++count;
  return count;
}

bool begins_with(const std::vector<std::string>& whole, const std::vector<std::string>& part) {
  return part.size() <= whole.size() && std::equal(part.begin(), part.end(), whole.begin());
}

// What the session answered: one answer for each request, and one for what made no sense.
void check_answers(const Conversation& expected, const std::vector<std::string>& requests,
                   std::string_view answers) {
  // A WebSocket is only opened when nothing is left to be said.
  const bool refused = expected.upgraded && requests.size() < expected.requests.size();
  require(begins_with(expected.requests, requests) &&
              (requests == expected.requests || (refused && !answers.empty())),
          "the application is asked what the client asks");
  const auto all = count_of(answers, "HTTP/1.1 ") - count_of(answers, "HTTP/1.1 100");
  const std::size_t refusals = all - requests.size();
  require(refusals == (refused ? 1 : 0) || (refusals == 1 && expected.malformed),
          "each request is answered once");
}

void serve(World& world, std::string_view bytes, std::size_t pieces, const Conversation& expected) {
  Client client(world);
  world.notebook.forget();
  std::string answers;
  for (; pieces > 0; --pieces) {
    const auto piece = bytes.substr(0, (bytes.size() + pieces - 1) / pieces);
    bytes.remove_prefix(piece.size());
    client.send(piece);
    client.receive(answers);
  }
  check_answers(expected, world.notebook.requests, answers);
}

}  // namespace
}  // namespace votemu::net

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace votemu;
  // Never destroyed at the end: the store's library has gone by then.
  static auto* const world = new net::World;
  constexpr std::size_t most_pieces = 4;
  fuzz::Input input(data, size);
  const auto cut = input.byte();
  const auto bytes = input.rest();
  const auto expected = net::parsed(bytes, bytes.size() + 1);
  const auto pieces = net::parsed(bytes, 1 + cut / most_pieces);
  // Of a header that is not all there, mistakes may be told when they come or at its end.
  fuzz::require(pieces.requests == expected.requests && pieces.upgraded == expected.upgraded &&
                    (expected.malformed || !pieces.malformed),
                "pieces change nothing");
  net::serve(*world, bytes, 1 + cut % most_pieces, expected);
  fuzz::require(world->server.connection_count() == 0, "no connection is left");
  fuzz::require(world->t.turn.idle() && !world->t.timers.next_due_ms(), "nothing is left to do");
  return 0;
}
