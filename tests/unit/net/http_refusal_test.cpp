#include "core/limits.h"
#include "net/http_session.h"
#include "net/limits.h"
#include "tests/support/net_harness.h"

namespace votemu::net {
namespace {

using test::Client;
using test::get;
using test::post;

struct HttpRefusalTest : test::NetTest {
  // Refused with this status, and the connection is closed.
  void expect_refused(const std::string& bytes, const std::string& status) {
    Client client(*this);
    client.send(bytes);
    const auto refusal = client.response();
    EXPECT_EQ(refusal.substr(0, 12), "HTTP/1.1 " + status) << bytes.substr(0, 200);
    EXPECT_NE(refusal.find("Connection: close\r\n"), std::string::npos);
    client.expect_end();
    EXPECT_TRUE(application.requests.empty()) << bytes.substr(0, 200);
  }
};

TEST_F(HttpRefusalTest, OfWhatIsNoHttp) {
  for (const auto* bytes :
       {"hello\r\n\r\n", "\x16\x03\x01\x02\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
        "GET / HTTP/1.1\r\nbad header\r\n\r\n", "GET / HTTP/1.1\r\nA : b\r\n\r\n",
        "GET  / HTTP/1.1\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"}) {
    expect_refused(bytes, "400");
  }
}

TEST_F(HttpRefusalTest, OfWhatDoesNotNameOneHost) {
  expect_refused("GET / HTTP/1.1\r\n\r\n", "400");
  expect_refused("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", "400");
  expect_refused("GET / HTTP/1.0\r\nHost: a\r\nhost: b\r\n\r\n", "400");
  expect_refused("GET http://a/ HTTP/1.1\r\n\r\n", "400");
}

TEST_F(HttpRefusalTest, OfBodiesWhoseEndIsAmbiguous) {
  for (const auto* fields :
       {"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
        "Content-Length: 4\r\nContent-Length: 5\r\n", "Content-Length: 5\r\nContent-Length: 05\r\n",
        "Content-Length: 4, 5\r\n", "Content-Length: 4, 4\r\n", "Content-Length: 4,\r\n",
        "Transfer-Encoding: gzip\r\n", "Transfer-Encoding: chunked, gzip\r\n",
        "Transfer-Encoding: gzip, chunked\r\n", "Transfer-Encoding: chunked?\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: x\r\nTransfer-Encoding: chunked\r\n", "Transfer-Encoding: xchunked\r\n",
        "Content-Length: +4\r\n", "Content-Length: 0x4\r\n"}) {
    expect_refused("POST / HTTP/1.1\r\nHost: x\r\n" + std::string(fields) + "\r\n0\r\n\r\n", "400");
  }
  expect_refused("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400");
}

TEST_F(HttpRefusalTest, OfAChunkWhoseSizeDoesNotEnd) {
  const std::string chunked =
      "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n";
  const std::string padding(core::limits::max_header_bytes, 'x');
  expect_refused(chunked + "1;" + padding, "431");
  expect_refused(chunked + "0\r\nA: " + padding, "431");
  expect_refused(chunked + "1\nx\n" + padding, "431");
}

TEST_F(HttpRefusalTest, OfAHeaderOverItsBound) {
  const std::string padding(core::limits::max_header_bytes, 'x');
  expect_refused("GET / HTTP/1.1\r\nA: " + padding + "\r\n\r\n", "431");
  expect_refused("GET /" + padding + " HTTP/1.1\r\n\r\n", "431");
  Client client(*this);
  client.send("GET /a HTTP/1.1\r\nHost: x\r\nA: " + padding.substr(100) + "\r\n\r\n");
  EXPECT_EQ(client.body(), "GET /a ");
}

TEST_F(HttpRefusalTest, OfABodyOverItsBound) {
  const auto too_long = std::to_string(core::limits::max_body_bytes + 1);
  expect_refused("POST / HTTP/1.1\r\nContent-Length: " + too_long + "\r\n\r\n", "413");
  expect_refused(
      "POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: " + too_long + "\r\n\r\n", "413");
  expect_refused("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n",
                 "413");
}

TEST_F(HttpRefusalTest, OfAChunkedBodyThatGrowsOverItsBound) {
  Client client(*this);
  client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  const std::string chunk = "100000\r\n" + std::string(0x100000, 'x') + "\r\n";
  for (int i = 0; i < 17; ++i) client.send(chunk);
  EXPECT_EQ(client.status(), "HTTP/1.1 413");
}

TEST_F(HttpRefusalTest, AnswersWhatCameBeforeIt) {
  Client client(*this);
  client.send(get("/a") + "nonsense\r\n\r\n");
  EXPECT_EQ(client.body(), "GET /a ");
  EXPECT_EQ(client.status(), "HTTP/1.1 400");
  client.expect_end();
}

TEST_F(HttpRefusalTest, StillReadsAWhileSoThatTheAnswerArrives) {
  Client client(*this);
  client.send("POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n");
  for (int i = 0; i < 20; ++i) client.send(std::string(100'000, 'x'));
  EXPECT_EQ(client.status(), "HTTP/1.1 413");
  EXPECT_EQ(server.connection_count(), 1U);
  pass(limits::lingering_close_ms);
  EXPECT_EQ(server.connection_count(), 0U);
}

TEST_F(HttpRefusalTest, ReadsNoFurtherThanItsBoundAheadOfAWaitingRequest) {
  Client client(*this);
  client.send(get("/wait"));
  until([this] { return application.waiting == 1; });
  const std::string ahead = post("/ahead", std::string(1'000, 'x'));
  std::string many;
  for (int i = 0; i < 1'000; ++i) many += ahead;
  client.send(many);  // more than the bound, less than that and the sockets' buffers
  settle();
  EXPECT_EQ(application.requests.size(), 1U);
  application.answer_waiting();
  EXPECT_EQ(client.body(), "GET /wait ");
  for (int i = 0; i < 1'000; ++i) ASSERT_EQ(client.body().size(), 1'012U) << i;
}

TEST_F(HttpRefusalTest, BeginsNoRequestsForAClientThatDoesNotRead) {
  Client client(*this);
  std::string many;
  for (int i = 0; i < 20; ++i) many += get("/large");
  client.send(many);
  settle();
  EXPECT_LT(application.requests.size(), 8U);
  for (int i = 0; i < 20; ++i) ASSERT_EQ(client.body().size(), 8'000'000U) << i;
}

TEST_F(HttpRefusalTest, OfAnUpgradeBehindAnAnswerThatHasNotLeft) {
  Client client(*this);
  client.send(get("/a") +
              "GET /mqtt HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
  EXPECT_EQ(client.body(), "GET /a ");
  EXPECT_EQ(client.status(), "HTTP/1.1 400");
}

}  // namespace
}  // namespace votemu::net
