#include "net/websocket_handshake.h"

#include <gtest/gtest.h>

namespace votemu::net {
namespace {

wire::HttpRequest handshake() {
  wire::HttpRequest request;
  request.method = "GET";
  request.target = "/mqtt";
  request.headers = {{"Host", "localhost"},
                     {"Connection", "Upgrade"},
                     {"Upgrade", "websocket"},
                     {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="},
                     {"Sec-WebSocket-Version", "13"}};
  return request;
}

// Of RFC 6455, section 1.3.
TEST(WebSocketHandshake, IsAccepted) {
  EXPECT_FALSE(refuse_handshake(handshake()));
  EXPECT_EQ(accept_handshake(handshake(), "mqtt"),
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n"
            "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
            "Sec-WebSocket-Protocol: mqtt\r\n\r\n");
  EXPECT_EQ(accept_handshake(handshake(), "").find("Protocol:"), std::string::npos);
}

TEST(WebSocketHandshake, NeedsAHostAKeyAndAVersion) {
  for (const std::string missing : {"Host", "Sec-WebSocket-Key", "Sec-WebSocket-Version"}) {
    wire::HttpRequest request;
    for (const auto& [name, value] : handshake().headers) {
      if (name != missing) request.headers.add(name, value);
    }
    const auto refusal = refuse_handshake(request);
    ASSERT_TRUE(refusal);
    EXPECT_EQ(refusal->status, 400);
    EXPECT_EQ(refusal->body, "The WebSocket handshake " + missing + " field is missing");
  }
}

TEST(WebSocketHandshake, NeedsAKeyOfTheRightLength) {
  auto request = handshake();
  request.headers.set("Sec-WebSocket-Key", std::string(25, 'k'));
  const auto refusal = refuse_handshake(request);
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->status, 400);
}

TEST(WebSocketHandshake, SaysWhichVersionItSpeaks) {
  auto request = handshake();
  request.headers.set("Sec-WebSocket-Version", "12");
  const auto refusal = refuse_handshake(request);
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->status, 426);
  EXPECT_EQ(refusal->headers.get("Sec-WebSocket-Version"), "13");
}

}  // namespace
}  // namespace votemu::net
