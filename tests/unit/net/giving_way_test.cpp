// What happens when there is too much of them all.
#include <malloc.h>

#include <memory>
#include <vector>

#include "net/limits.h"
#include "net/server.h"
#include "tests/support/net_harness.h"

namespace votemu::net {
namespace {

using test::Client;
using test::get;

struct GivingWayTest : test::NetTest {
  std::vector<std::unique_ptr<Client>> clients;

  Client& add() { return *clients.emplace_back(std::make_unique<Client>(*this)); }
  void expect_served() {
    Client other(*this);
    other.send(get("/a"));
    EXPECT_EQ(other.body(), "GET /a ");
  }
};

TEST_F(GivingWayTest, ClosesWhoHoldsMuchAndHasNotMovedForLongest) {
  const std::string part(15'000'000, 'x');
  Client small(*this);
  small.send("POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nx");
  for (std::size_t sent = 0; sent < limits::max_held_bytes + part.size(); sent += part.size()) {
    pass(1);
    add().send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 16000000\r\n\r\n" + part);
    settle();
    ASSERT_LE(server.held_bytes(), limits::max_held_bytes);
  }
  EXPECT_TRUE(clients.front()->ended());
  EXPECT_FALSE(clients.back()->ended());
  expect_served();
  small.send("y");
  EXPECT_EQ(small.body(), "POST /small xy");
}

TEST_F(GivingWayTest, BoundsAnswersThatNobodyReads) {
  for (std::size_t i = 0; i < 100; ++i) add().send(get("/large") + get("/large"));
  settle();
  EXPECT_LE(server.held_bytes(), limits::max_held_bytes);
  EXPECT_LT(server.connection_count(), clients.size());
  expect_served();
}

TEST_F(GivingWayTest, AnswersNoMoreInATurnThanThereIsRoomFor) {
  for (std::size_t i = 0; i < 60; ++i) add();
  until([this] { return server.connection_count() == 60; });
  for (const auto& client : clients) client->leave(get("/large"));
  io.poll();
  EXPECT_LE(application.requests.size(), limits::max_held_bytes / 8'000'000 + 1);
  settle();
  EXPECT_EQ(application.requests.size(), 60U);
}

TEST_F(GivingWayTest, LetsOthersInBetweenPipelinedRequests) {
  auto& many = add();
  auto& other = add();
  until([this] { return server.connection_count() == 2; });
  std::string requests;
  for (int i = 0; i < 1'000; ++i) requests += get("/many");
  many.leave(requests);
  io.poll();
  EXPECT_EQ(application.requests.size(), limits::max_requests_at_once);
  t.turn.finish();
  other.leave(get("/other"));
  io.poll();
  EXPECT_EQ(application.requests.size(), 2 * limits::max_requests_at_once + 1);
  for (int i = 0; i < 1'000; ++i) ASSERT_EQ(many.body(), "GET /many ") << i;
}

TEST_F(GivingWayTest, CountsWhatAWebSocketHasNotReadWhole) {
  auto& client = add();
  client.send(
      "GET /mqtt HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
  EXPECT_EQ(client.response(false).substr(0, 12), "HTTP/1.1 101");
  application.websocket_unread_bytes = limits::max_held_bytes;
  client.send(std::string("\x82\x81\0\0\0\0x", 7));
  until([this] { return server.connection_count() == 0; });
  EXPECT_EQ(server.held_bytes(), 0U);
  expect_served();
}

TEST_F(GivingWayTest, KeepsNoMemoryOfALargeRequestOrAnswer) {
  constexpr std::size_t connections = 20;
  for (std::size_t i = 0; i < connections; ++i) add();
  until([this] { return server.connection_count() == connections; });
  const auto before = mallinfo2();
  const auto large = test::post("/a", std::string(8'000'000, 'x'));
  for (const auto& client : clients) {
    client->send(large);
    EXPECT_EQ(client->body().size(), 8'000'008U);
    client->send(get("/large"));
    EXPECT_EQ(client->body().size(), 8'000'000U);
  }
  application.requests.clear();
  settle();
  const auto after = mallinfo2();
  EXPECT_LT(after.uordblks + after.hblkhd, before.uordblks + before.hblkhd + 2 * large.size());
}

TEST_F(GivingWayTest, ForgetsWhatAConnectionHeldThatIsGone) {
  auto& client = add();
  client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n" +
              std::string(50'000, 'x'));
  until([this] { return server.held_bytes() == 50'000; });
  client.close();
  until([this] { return server.connection_count() == 0; });
  EXPECT_EQ(server.held_bytes(), 0U);
}

struct FewConnections : GivingWayTest {
  net::Server few{io, t.turn, t.timers, t.clock, application, 40};

  void SetUp() override {
    port = few.listen({"127.0.0.1"}, 0);
    few.start();
  }
};

TEST_F(FewConnections, ThoseThatRestMakeRoomForNewOnes) {
  for (int i = 0; i < 40; ++i) {
    add().send(get("/a"));
    EXPECT_EQ(clients.back()->body(), "GET /a ");
    pass(1);
  }
  clients.front()->send(get("/a"));
  EXPECT_EQ(clients.front()->body(), "GET /a ");
  expect_served();
  EXPECT_FALSE(clients.front()->ended());
  EXPECT_TRUE(clients[1]->ended());
  EXPECT_LE(few.connection_count(), 40U);
}

TEST_F(FewConnections, ThoseThatAreBeingServedDoNot) {
  for (int i = 0; i < 40; ++i) {
    add().send(get("/wait"));
    until([&] { return application.waiting == i + 1; });
  }
  Client other(*this);
  other.expect_end();
  EXPECT_EQ(application.waiting, 40);
}

}  // namespace
}  // namespace votemu::net
