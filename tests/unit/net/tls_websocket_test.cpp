// A WebSocket over TLS, frame by frame.
#include "net/limits.h"
#include "net/websocket_session.h"
#include "tests/support/tls_harness.h"

namespace votemu::net {
namespace {

using test::TlsClient;

// A binary message in one frame, masked with zeros, as a client sends it.
std::string frame(const std::string& message) {
  std::string bytes = "\x82";
  if (message.size() < 126) {
    bytes.push_back(static_cast<char>(0x80 | message.size()));
  } else {
    bytes.push_back(static_cast<char>(0x80 | 126));
    bytes.push_back(static_cast<char>(message.size() >> 8));
    bytes.push_back(static_cast<char>(message.size()));
  }
  return bytes + std::string(4, '\0') + message;
}

struct TlsWebSocketTest : test::TlsTest {
  void open(TlsClient& client) {
    client.send(
        "GET /mqtt HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Protocol: mqtt\r\n\r\n");
    EXPECT_EQ(client.response(false).substr(0, 12), "HTTP/1.1 101");
    until([this] { return application.websocket != nullptr; });
  }
  // The payloads of the next frames, which have at least that many bytes together.
  std::string receive(TlsClient& client, std::size_t size) {
    std::string all;
    while (all.size() < size) {
      const auto head = client.take(2);
      if (head.size() < 2) break;
      auto length = static_cast<std::size_t>(head[1] & 0x7f);
      if (length >= 126) {
        const auto extended = client.take(length == 126 ? 2 : 8);
        length = 0;
        for (const char byte : extended) length = length << 8 | static_cast<unsigned char>(byte);
      }
      all += client.take(length);
    }
    return all;
  }
};

TEST_F(TlsWebSocketTest, CarriesBytesBothWays) {
  TlsClient client(*this);
  open(client);
  client.send(frame("hello"));
  EXPECT_EQ(receive(client, 5), "hello");
  client.send(frame(std::string(60'000, 'x')));
  EXPECT_EQ(receive(client, 60'000), std::string(60'000, 'x'));
}

TEST_F(TlsWebSocketTest, ReadsWhatCameInPiecesAndAllAtOnce) {
  application.echo = false;
  TlsClient client(*this, {.sent_at_once = 7});
  open(client);
  std::string all;
  for (int i = 0; i < 50; ++i) {
    const std::string message = std::to_string(i) + std::string(1'000, 'x');
    client.queue(frame(message));
    all += message;
  }
  client.send_records();
  until([&] { return application.websocket_input == all; });
}

TEST_F(TlsWebSocketTest, SendsWhatATurnProducedInOneRecordAfterTheCommit) {
  TlsClient client(*this);
  open(client);
  client.received();
  application.websocket->send(std::make_shared<std::string>("one"));
  application.websocket->send(std::make_shared<std::string>("two"));
  for (int i = 0; i < 20; ++i) io.poll();
  EXPECT_EQ(client.tcp().received(), "");
  until([&] { return !client.tcp().received().empty(); });
  // A record's header of 5 bytes, the frame's of 2, and what TLS 1.3 adds.
  EXPECT_EQ(client.tcp().received().size(), 5U + 2 + 6 + 17);
  EXPECT_EQ(receive(client, 6), "onetwo");
}

TEST_F(TlsWebSocketTest, CountsWhatAClientThatDoesNotReadLeavesUnsent) {
  TlsClient client(*this);
  open(client);
  const auto chunk = std::make_shared<std::string>(100'000, 'x');
  constexpr std::size_t chunks = 200;
  for (std::size_t i = 0; i < chunks; ++i) application.websocket->send(chunk);
  settle();
  const auto unsent = application.websocket->unsent_bytes();
  EXPECT_GT(unsent, 0U);
  EXPECT_LT(unsent, chunks * chunk->size());
  EXPECT_EQ(receive(client, chunks * chunk->size()).size(), chunks * chunk->size());
  until([this] { return application.websocket->unsent_bytes() == 0; });
}

TEST_F(TlsWebSocketTest, GivesUpOnAPeerThatDoesNotLetItClose) {
  TlsClient client(*this);
  open(client);
  application.websocket->send(std::make_shared<std::string>(20'000'000, 'x'));
  application.websocket->close();
  settle();
  EXPECT_EQ(server.connection_count(), 1U);
  pass(limits::websocket_close_grace_ms);
  EXPECT_EQ(server.connection_count(), 0U);
  EXPECT_FALSE(application.websocket);
}

TEST_F(TlsWebSocketTest, SaysGoodbyeInBothLayers) {
  TlsClient client(*this);
  open(client);
  application.websocket->close();
  EXPECT_EQ(client.take(4), std::string("\x88\x02\x03\xe8", 4));
  client.send(std::string("\x88\x82\0\0\0\0\x03\xe8", 8));
  until([&] { return client.was_notified() || client.ended(); });
  EXPECT_TRUE(client.was_notified());
  client.tcp().close();
  until([this] { return server.connection_count() == 0; });
}

TEST_F(TlsWebSocketTest, EndsItsPeerWhenTheClientIsCutOff) {
  TlsClient client(*this);
  open(client);
  client.tcp().close();
  until([this] { return server.connection_count() == 0; });
  EXPECT_FALSE(application.websocket);
}

TEST_F(TlsWebSocketTest, EndsOnADamagedRecord) {
  TlsClient client(*this);
  open(client);
  client.tcp().send(std::string("\x17\x03\x03\x00\x20", 5) + std::string(32, 'x'));
  until([this] { return server.connection_count() == 0; });
  EXPECT_FALSE(application.websocket);
}

TEST_F(TlsWebSocketTest, IsToldThatTheServerStops) {
  TlsClient client(*this);
  open(client);
  bool stopped = false;
  server.stop([&] { stopped = true; });
  EXPECT_EQ(client.take(4), std::string("\x88\x02\x03\xe9", 4));
  client.tcp().close();
  until([&] { return stopped; });
}

}  // namespace
}  // namespace votemu::net
