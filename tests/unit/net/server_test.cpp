#include "net/server.h"

#include <malloc.h>
#include <sys/resource.h>

#include <optional>

#include "core/limits.h"
#include "core/loop.h"
#include "tests/support/net_harness.h"

namespace votemu::net {
namespace {

using test::Client;
using test::get;
namespace timeouts = core::limits;

struct ServerTest : test::NetTest {
  bool stopped = false;
  void stop() {
    server.stop([this] { stopped = true; });
  }
};

TEST_F(ServerTest, ListensOnOnePortOfSeveralAddresses) {
  Server other(io, t.turn, t.timers, t.clock, application);
  EXPECT_NE(other.listen({"127.0.0.1", "127.0.0.2"}, 0), port);
}

TEST_F(ServerTest, SaysWhyItCannotListen) {
  Server other(io, t.turn, t.timers, t.clock, application);
  EXPECT_THROW(other.listen({"127.0.0.1"}, port), std::runtime_error);
  EXPECT_THROW(other.listen({"localhost"}, 0), std::runtime_error);
  EXPECT_THROW(other.listen({"203.0.113.1"}, 0), std::runtime_error);
  EXPECT_THROW(other.listen({}, 0), std::runtime_error);
  EXPECT_GT(other.listen({"203.0.113.1", "127.0.0.1"}, 0), 0);
}

TEST_F(ServerTest, ClosesAConnectionThatIsIdleForTooLong) {
  Client client(*this);
  client.send(get("/a"));
  client.body();
  pass(timeouts::idle_connection_timeout_ms - 1);
  EXPECT_EQ(server.connection_count(), 1U);
  pass(1);
  client.expect_end();
  EXPECT_EQ(server.connection_count(), 0U);
}

TEST_F(ServerTest, CountsIdleTimeFromTheLastRequest) {
  Client client(*this);
  for (int i = 0; i < 3; ++i) {
    client.send(get("/a"));
    EXPECT_EQ(client.body(), "GET /a ");
    pass(timeouts::idle_connection_timeout_ms - 1);
  }
  EXPECT_EQ(server.connection_count(), 1U);
}

TEST_F(ServerTest, CountsIdleTimeFromTheLastAnswer) {
  Client client(*this);
  client.send(get("/wait"));
  until([this] { return application.waiting == 1; });
  pass(timeouts::idle_connection_timeout_ms - 10);
  application.answer_waiting();
  EXPECT_EQ(client.body(), "GET /wait ");
  pass(1'000);
  EXPECT_EQ(server.connection_count(), 1U);
}

TEST_F(ServerTest, ClosesOnARequestThatComesTooSlowly) {
  Client client(*this);
  pump();
  pass(10'000);
  client.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n");
  for (std::int64_t passed = 0; passed < timeouts::slow_request_timeout_ms; passed += 1'000) {
    ASSERT_FALSE(client.ended()) << passed;
    client.send("x");
    pass(1'000);
  }
  EXPECT_EQ(client.status(), "HTTP/1.1 408");
  client.expect_end();
  client.close();
  settle();
  EXPECT_EQ(server.connection_count(), 0U);
}

TEST_F(ServerTest, WaitsForAnAnswerHoweverLongAndWithoutWork) {
  Client client(*this);
  client.send(get("/wait"));
  until([this] { return application.waiting == 1; });
  for (int minute = 0; minute < 30; ++minute) pass(60'000);
  ASSERT_TRUE(t.timers.next_due_ms());
  EXPECT_GE(*t.timers.next_due_ms() - t.clock.steady_ms(), 1'000);
  application.answer_waiting();
  EXPECT_EQ(client.body(), "GET /wait ");
}

TEST_F(ServerTest, StopsAtOnceWithoutConnections) {
  stop();
  EXPECT_TRUE(stopped);
}

TEST_F(ServerTest, ClosesIdleConnectionsAtOnceWhenItStops) {
  Client fresh(*this), used(*this);
  used.send(get("/a"));
  used.body();
  until([this] { return server.connection_count() == 2; });
  stop();
  EXPECT_TRUE(stopped);
  fresh.expect_end();
  used.expect_end();
}

TEST_F(ServerTest, AnswersWhatIsInFlightWhenItStops) {
  Client client(*this);
  client.send(get("/wait"));
  until([this] { return application.waiting == 1; });
  stop();
  settle();
  EXPECT_FALSE(stopped);
  application.answer_waiting();
  EXPECT_NE(client.response().find("Connection: close\r\n"), std::string::npos);
  client.expect_end();
  client.close();
  until([this] { return stopped; });
}

TEST_F(ServerTest, LetsOutWhatIsHeldWhenItStops) {
  Client client(*this);
  client.send(get("/a"));
  while (application.requests.empty()) io.poll();
  stop();
  EXPECT_EQ(client.body(), "GET /a ");
  client.expect_end();
  client.close();
  until([this] { return stopped; });
}

TEST_F(ServerTest, FinishesARequestThatIsHalfReadWhenItStops) {
  Client client(*this);
  client.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbo");
  settle();
  stop();
  client.send("dy");
  EXPECT_EQ(client.body(), "POST /a body");
  client.close();
  until([this] { return stopped; });
}

TEST_F(ServerTest, WaitsNoLongerThanItsGraceWhenItStops) {
  Client waiting(*this), slow(*this);
  waiting.send(get("/wait"));
  slow.send("GET /a");
  until([this] { return application.waiting == 1 && server.connection_count() == 2; });
  settle();
  stop();
  pass(limits::stop_grace_ms - 1);
  EXPECT_FALSE(stopped);
  pass(1);
  EXPECT_TRUE(stopped);
  EXPECT_EQ(application.waiting, 0);
  waiting.expect_end();
  slow.expect_end();
}

// Not only when the loop gets to the write that is given up: what they read from may be gone by
// then.
TEST_F(ServerTest, LetsGoOfAnswersThatAreNotReadWhenItsGraceIsOver) {
  application.pieces = 500;
  Client client(*this);
  client.send(get("/pieces"));
  settle();
  int left = -1;
  server.stop([&] { left = application.sending; });
  settle();
  EXPECT_EQ(left, -1);
  t.advance(limits::stop_grace_ms);
  EXPECT_EQ(left, 0);
}

TEST_F(ServerTest, MayBeDestroyedWithConnections) {
  std::optional<Server> other;
  other.emplace(io, t.turn, t.timers, t.clock, application);
  port = other->listen({"127.0.0.1"}, 0);
  other->start();
  Client waiting(*this), idle(*this);
  waiting.send(get("/wait"));
  until([this] { return application.waiting == 1; });
  other.reset();
  settle();
  EXPECT_EQ(application.waiting, 0);
  waiting.expect_end();
}

TEST_F(ServerTest, HoldsManyIdleConnectionsCheaply) {
  constexpr std::size_t connections = 2'000;
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  if (files.rlim_max < 2 * connections + 100) GTEST_SKIP() << "too few descriptors";
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);

  const auto before = mallinfo2().uordblks;
  std::vector<Client> clients;
  clients.reserve(connections);
  for (std::size_t i = 0; i < connections; ++i) {
    clients.emplace_back(*this);
    if (i % 100 == 0) pump();
  }
  until([&] { return server.connection_count() == connections; });
  EXPECT_LT((mallinfo2().uordblks - before) / connections, 4'096U);
  clients.front().send(get("/a"));
  EXPECT_EQ(clients.front().body(), "GET /a ");
  pass(timeouts::idle_connection_timeout_ms);
  EXPECT_EQ(server.connection_count(), 0U);
}

TEST(ServerInALoop, AnswersAndStops) {
  boost::asio::io_context io;
  test::TestRuntime t;
  core::SystemClock clock;
  core::Timers timers(clock);
  core::Loop loop(io, t.turn, timers, clock);
  test::FakeApplication application(t.runtime);
  Server server(io, t.turn, timers, clock, application);
  const auto port = server.listen({"127.0.0.1"}, 0);
  server.start();
  boost::asio::ip::tcp::socket client(io);
  client.connect({boost::asio::ip::address_v4::loopback(), port});
  client.write_some(boost::asio::buffer(get("/a")));
  std::array<char, 512> answer{};
  std::size_t received = 0;
  client.async_read_some(boost::asio::buffer(answer),
                         [&](const boost::system::error_code&, std::size_t size) {
                           received = size;
                           client.close();
                           server.stop([&] { loop.stop(); });
                         });
  loop.run();
  EXPECT_TRUE(std::string(answer.data(), received).ends_with("GET /a "));
}

}  // namespace
}  // namespace votemu::net
