#include "net/websocket_session.h"

#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>

#include "net/limits.h"
#include "tests/support/net_harness.h"

namespace votemu::net {
namespace {

namespace asio = boost::asio;
namespace websocket = boost::beast::websocket;
using boost::system::error_code;

struct WebSocketTest : test::NetTest {
  websocket::stream<asio::ip::tcp::socket> client{io};
  websocket::response_type answer;

  // Begins an operation of the client's and pumps until it has ended.
  template <class Begin>
  error_code finish(Begin begin) {
    std::optional<error_code> ended;
    begin([&](const error_code& error, auto...) { ended = error; });
    until([&] { return ended.has_value(); });
    return ended.value_or(error_code());
  }
  error_code handshake(const std::string& target) {
    client.next_layer().connect({asio::ip::address_v4::loopback(), port});
    client.set_option(websocket::stream_base::decorator(
        [](websocket::request_type& r) { r.set("Sec-WebSocket-Protocol", "mqtt, mqttv3.1"); }));
    client.binary(true);
    return finish([&](auto done) { client.async_handshake(answer, "localhost", target, done); });
  }
  error_code write(const std::string& message, bool last = true) {
    return finish([&](auto done) { client.async_write_some(last, asio::buffer(message), done); });
  }
  error_code read(std::string& message) {
    boost::beast::flat_buffer buffer;
    const auto error = finish([&](auto done) { client.async_read(buffer, done); });
    message = boost::beast::buffers_to_string(buffer.data());
    return error;
  }
  std::string read_all(std::size_t size) {
    std::string all, message;
    while (all.size() < size && !read(message)) all += message;
    return all;
  }
};

TEST_F(WebSocketTest, OpensWithTheApplicationsSubprotocol) {
  ASSERT_FALSE(handshake("/mqtt?x=1"));
  EXPECT_EQ(answer.result_int(), 101U);
  EXPECT_EQ(answer["Sec-WebSocket-Protocol"], "mqtt");
  EXPECT_TRUE(application.websocket);
  EXPECT_EQ(server.connection_count(), 1U);
}

TEST_F(WebSocketTest, IsRefusedWhereTheApplicationHasNone) {
  EXPECT_EQ(handshake("/other"), websocket::error::upgrade_declined);
  EXPECT_EQ(answer.result_int(), 404U);
  EXPECT_FALSE(application.websocket);
}

TEST_F(WebSocketTest, CarriesBytesBothWays) {
  ASSERT_FALSE(handshake("/mqtt"));
  ASSERT_FALSE(write(std::string("\0\x01\xff", 3)));
  std::string message;
  ASSERT_FALSE(read(message));
  EXPECT_EQ(message, std::string("\0\x01\xff", 3));
  EXPECT_TRUE(client.got_binary());
}

TEST_F(WebSocketTest, ReadsLongAndFragmentedMessagesAsTheyCome) {
  application.echo = false;
  ASSERT_FALSE(handshake("/mqtt"));
  const std::string large(300'000, 'x');
  ASSERT_FALSE(write("a", false));
  until([this] { return application.websocket_input == "a"; });
  ASSERT_FALSE(write("b", false));
  ASSERT_FALSE(write(large, true));
  until([&] { return application.websocket_input == "ab" + large; });
}

TEST_F(WebSocketTest, SendsWhatATurnProducedAsOneMessageAfterTheCommit) {
  ASSERT_FALSE(handshake("/mqtt"));
  application.websocket->send(std::make_shared<std::string>("one"));
  application.websocket->send(std::make_shared<std::string>("two"));
  EXPECT_EQ(application.websocket->unsent_bytes(), 6 + 2 * limits::websocket_packet_overhead_bytes);
  for (int i = 0; i < 20; ++i) io.poll();
  EXPECT_EQ(client.next_layer().available(), 0U);
  std::string message;
  ASSERT_FALSE(read(message));
  EXPECT_EQ(message, "onetwo");
  EXPECT_EQ(application.websocket->unsent_bytes(), 0U);
}

TEST_F(WebSocketTest, CountsWhatAClientThatDoesNotReadLeavesUnsent) {
  ASSERT_FALSE(handshake("/mqtt"));
  const auto chunk = std::make_shared<std::string>(100'000, 'x');
  constexpr std::size_t chunks = 200;
  for (std::size_t i = 0; i < chunks; ++i) application.websocket->send(chunk);
  settle();
  const auto unsent = application.websocket->unsent_bytes();
  EXPECT_GT(unsent, 0U);
  EXPECT_LT(unsent, chunks * chunk->size());
  EXPECT_EQ(read_all(chunks * chunk->size()).size(), chunks * chunk->size());
  until([this] { return application.websocket->unsent_bytes() == 0; });
}

TEST_F(WebSocketTest, RefusesText) {
  ASSERT_FALSE(handshake("/mqtt"));
  client.text(true);
  ASSERT_FALSE(write("text"));
  std::string message;
  EXPECT_TRUE(read(message));
  EXPECT_EQ(client.reason().code, 1003);
  EXPECT_FALSE(application.websocket);
  EXPECT_EQ(application.websocket_input, "");
}

TEST_F(WebSocketTest, ClosesOnceWhatWasSentHasLeft) {
  ASSERT_FALSE(handshake("/mqtt"));
  application.websocket->send(std::make_shared<std::string>("goodbye"));
  application.websocket->close();
  application.websocket->send(std::make_shared<std::string>("too late"));
  std::string message;
  ASSERT_FALSE(read(message));
  EXPECT_EQ(message, "goodbye");
  EXPECT_EQ(read(message), websocket::error::closed);
  EXPECT_EQ(client.reason().code, websocket::close_code::normal);
  until([this] { return server.connection_count() == 0; });
  EXPECT_FALSE(application.websocket);
}

TEST_F(WebSocketTest, GivesUpOnAPeerThatDoesNotLetItClose) {
  ASSERT_FALSE(handshake("/mqtt"));
  application.websocket->send(std::make_shared<std::string>(20'000'000, 'x'));
  application.websocket->close();
  settle();
  pass(limits::websocket_close_grace_ms - 1);
  EXPECT_EQ(server.connection_count(), 1U);
  pass(1);
  EXPECT_EQ(server.connection_count(), 0U);
  EXPECT_FALSE(application.websocket);
}

TEST_F(WebSocketTest, EndsItsPeerWhenTheClientCloses) {
  ASSERT_FALSE(handshake("/mqtt"));
  EXPECT_FALSE(finish([&](auto done) { client.async_close(websocket::close_code::normal, done); }));
  until([this] { return server.connection_count() == 0; });
  EXPECT_FALSE(application.websocket);
}

TEST_F(WebSocketTest, TellsItsPeerOfAGoodbyeAndAnswersIt) {
  ASSERT_FALSE(handshake("/mqtt"));
  application.websocket->send(std::make_shared<std::string>("before"));
  client.next_layer().write_some(asio::buffer(std::string("\x88\x82\0\0\0\0\x03\xe9", 8)));
  std::string message;
  ASSERT_FALSE(read(message));
  EXPECT_EQ(message, "before");
  EXPECT_TRUE(application.said_goodbye);
  EXPECT_EQ(read(message), websocket::error::closed);
  EXPECT_EQ(client.reason().code, websocket::close_code::going_away);
  until([this] { return server.connection_count() == 0; });
}

TEST_F(WebSocketTest, AnswersThePingThatCameLast) {
  ASSERT_FALSE(handshake("/mqtt"));
  std::string pong;
  client.control_callback([&](websocket::frame_type type, boost::beast::string_view payload) {
    if (type == websocket::frame_type::pong) pong += std::string(payload) + ";";
  });
  const std::string mask(4, '\0');
  client.next_layer().write_some(
      asio::buffer("\x89\x81" + mask + "1" + "\x89\x81" + mask + "2" + "\x82\x81" + mask + "x"));
  std::string message;
  ASSERT_FALSE(read(message));
  EXPECT_EQ(message, "x");
  EXPECT_EQ(pong, "2;");
}

TEST_F(WebSocketTest, EndsItsPeerWhenTheClientVanishes) {
  ASSERT_FALSE(handshake("/mqtt"));
  client.next_layer().close();
  until([this] { return server.connection_count() == 0; });
  EXPECT_FALSE(application.websocket);
}

TEST_F(WebSocketTest, StaysOpenWhileNothingHappens) {
  ASSERT_FALSE(handshake("/mqtt"));
  for (int minute = 0; minute < 30; ++minute) pass(60'000);
  EXPECT_TRUE(application.websocket);
  ASSERT_FALSE(write("still here"));
  std::string message;
  ASSERT_FALSE(read(message));
  EXPECT_EQ(message, "still here");
}

TEST_F(WebSocketTest, IsToldThatTheServerStops) {
  ASSERT_FALSE(handshake("/mqtt"));
  bool stopped = false;
  server.stop([&] { stopped = true; });
  std::string message;
  EXPECT_EQ(read(message), websocket::error::closed);
  EXPECT_EQ(client.reason().code, websocket::close_code::going_away);
  until([&] { return stopped; });
}

TEST_F(WebSocketTest, IsRefusedWithoutAKey) {
  test::Client raw(*this);
  raw.send(
      "GET /mqtt HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
      "Sec-WebSocket-Version: 13\r\n\r\n");
  EXPECT_EQ(raw.status(), "HTTP/1.1 400");
  raw.close();
  until([this] { return server.connection_count() == 0; });
}

TEST_F(WebSocketTest, EndsOnBytesThatAreNoFrame) {
  ASSERT_FALSE(handshake("/mqtt"));
  client.next_layer().write_some(asio::buffer(std::string(64, '\xff')));
  std::string message;
  EXPECT_EQ(read(message), websocket::error::closed);
  EXPECT_EQ(client.reason().code, websocket::close_code::protocol_error);
  client.next_layer().close();
  until([this] { return server.connection_count() == 0; });
  EXPECT_FALSE(application.websocket);
}

}  // namespace
}  // namespace votemu::net
