// TLS and plain HTTP on one port.
#include <malloc.h>

#include "core/limits.h"
#include "net/http_session.h"
#include "net/limits.h"
#include "tests/support/tls_harness.h"

namespace votemu::net {
namespace {

using test::Client;
using test::get;
using test::post;
using test::TlsClient;
using test::TlsOptions;
using TlsTest = test::TlsTest;

TEST_F(TlsTest, IsServedBesidePlainHttp) {
  TlsClient secure(*this);
  Client plain(*this);
  for (int i = 0; i < 3; ++i) {
    secure.send(get("/secure"));
    plain.send(get("/plain"));
    EXPECT_EQ(secure.body(), "GET /secure ");
    EXPECT_EQ(plain.body(), "GET /plain ");
  }
  EXPECT_EQ(server.connection_count(), 2U);
}

TEST_F(TlsTest, IsToldToTheApplication) {
  TlsClient secure(*this);
  secure.send(get("/a"));
  secure.body();
  Client plain(*this);
  plain.send(get("/b"));
  plain.body();
  EXPECT_TRUE(application.requests[0].secure);
  EXPECT_FALSE(application.requests[1].secure);
}

TEST_F(TlsTest, TakesBytesHoweverTheyAreCut) {
  TlsClient client(*this, {.sent_at_once = 1});
  client.send(post("/a", "body"));
  EXPECT_EQ(client.body(), "POST /a body");
}

TEST_F(TlsTest, HasTwoVersions) {
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsClient client(*this, {.lowest_version = version, .highest_version = version});
    client.send(get("/a"));
    EXPECT_EQ(client.body(), "GET /a ");
    EXPECT_EQ(SSL_version(client.ssl()), version);
  }
}

TEST_F(TlsTest, RefusesOlderVersionsWithAnAlert) {
  TlsClient client(*this, {.lowest_version = TLS1_VERSION, .highest_version = TLS1_1_VERSION});
  EXPECT_FALSE(client.handshake());
  EXPECT_EQ(client.alert(), SSL_R_TLSV1_ALERT_PROTOCOL_VERSION);
  EXPECT_EQ(server.connection_count(), 0U);
}

TEST_F(TlsTest, OffersHttp11AndNothingElse) {
  TlsClient browser(*this, {.protocols = "\x02h2\x08http/1.1"});
  ASSERT_TRUE(browser.handshake());
  const unsigned char* chosen = nullptr;
  unsigned size = 0;
  SSL_get0_alpn_selected(browser.ssl(), &chosen, &size);
  EXPECT_EQ(std::string(reinterpret_cast<const char*>(chosen), size), "http/1.1");
  TlsClient other(*this, {.protocols = "\x02h2"});
  EXPECT_FALSE(other.handshake());
  EXPECT_EQ(other.alert(), SSL_R_TLSV1_ALERT_NO_APPLICATION_PROTOCOL);
}

TEST_F(TlsTest, ResumesSessions) {
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsOptions options{.lowest_version = version, .highest_version = version};
    TlsClient first(*this, options);
    first.send(get("/a"));
    first.body();
    options.session = SSL_get1_session(first.ssl());
    TlsClient second(*this, options);
    second.send(get("/b"));
    EXPECT_EQ(second.body(), "GET /b ");
    EXPECT_EQ(SSL_session_reused(second.ssl()), 1);
    SSL_SESSION_free(options.session);
  }
}

TEST_F(TlsTest, DoesNotRenegotiate) {
  TlsClient client(*this, {.highest_version = TLS1_2_VERSION});
  ASSERT_TRUE(client.handshake());
  SSL_renegotiate(client.ssl());
  client.begin_handshake();
  until([&] { return client.ended() || client.alert() != 0; });
  EXPECT_EQ(client.alert(), SSL_R_NO_RENEGOTIATION);
}

TEST_F(TlsTest, FollowsNewKeys) {
  TlsClient client(*this, {.lowest_version = TLS1_3_VERSION});
  ASSERT_TRUE(client.handshake());
  for (int i = 0; i < 20; ++i) {
    SSL_key_update(client.ssl(), SSL_KEY_UPDATE_REQUESTED);
    client.send(get("/a"));
    ASSERT_EQ(client.body(), "GET /a ");
  }
}

TEST_F(TlsTest, EndsOnWhatIsNoHandshake) {
  for (const auto& bytes : {std::string("\x16 / HTTP/1.1\r\n\r\n"), std::string(100'000, '\x16'),
                            std::string("\x16\x03\x01\x00\x04\xff\xff\xff\xff", 9)}) {
    Client client(*this);
    client.send(bytes);
    until([&] { return client.ended(); });
    EXPECT_EQ(client.received().find("HTTP"), std::string::npos);
  }
  EXPECT_EQ(server.connection_count(), 0U);
  EXPECT_TRUE(application.requests.empty());
}

TEST_F(TlsTest, EndsOnADamagedRecord) {
  TlsClient client(*this);
  ASSERT_TRUE(client.handshake());
  client.tcp().send(std::string("\x17\x03\x03\x00\x20", 5) + std::string(32, 'x'));
  until([&] { return client.ended(); });
  EXPECT_EQ(client.alert(), SSL_R_SSLV3_ALERT_BAD_RECORD_MAC);
  EXPECT_EQ(server.connection_count(), 0U);
}

// As OpenSSL allows it: a ClientHello in many records.
TEST_F(TlsTest, ReadsNoMoreOfAHandshakeThanItsBound) {
  Client client(*this);
  const std::string hello("\x01\x01\xff\x00", 4);  // 130,816 bytes are announced
  const std::string record("\x16\x03\x01\x40\x00", 5);
  client.send(record + hello + std::string(16'380, 'x'));
  for (int i = 0; i < 2; ++i) client.send(record + std::string(16'384, 'x'));
  settle();
  EXPECT_FALSE(client.ended());
  for (int i = 0; i < 2; ++i) client.send(record + std::string(16'384, 'x'));
  until([&] { return client.ended(); });
  EXPECT_EQ(server.connection_count(), 0U);
}

TEST_F(TlsTest, WaitsForAHandshakeNoLongerThanItsTime) {
  Client one_byte(*this);
  TlsClient half(*this);
  pass(5'000);
  one_byte.send("\x16");
  half.begin_handshake();
  settle();
  pass(limits::tls_handshake_timeout_ms - 1);
  EXPECT_EQ(server.connection_count(), 2U);
  pass(1);
  EXPECT_EQ(server.connection_count(), 0U);
}

TEST_F(TlsTest, KeepsAConnectionWithoutRequestsAsPlainHttpDoes) {
  TlsClient client(*this);
  ASSERT_TRUE(client.handshake());
  pass(core::limits::idle_connection_timeout_ms - 1);
  EXPECT_EQ(server.connection_count(), 1U);
  pass(1);
  EXPECT_EQ(server.connection_count(), 0U);
  until([&] { return client.ended(); });
  EXPECT_TRUE(client.was_notified());
}

TEST_F(TlsTest, SaysThatItCloses) {
  TlsClient client(*this);
  client.send("GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(client.body(), "GET /a ");
  client.expect_end();
  EXPECT_TRUE(client.was_notified());
}

TEST_F(TlsTest, DoesNotSayThatAnAnswerIsWholeWhenItIsNot) {
  application.pieces_there = 3;
  TlsClient client(*this);
  client.send(get("/pieces"));
  until([&] { return client.ended(); });
  EXPECT_FALSE(client.was_notified());
}

TEST_F(TlsTest, AnswersAClientThatOnlyReadsFromNowOn) {
  TlsClient client(*this);
  client.send(get("/large"));
  client.close_notify();
  EXPECT_EQ(client.body().size(), 8'000'000U);
  client.expect_end();
}

TEST_F(TlsTest, DoesNotTakeACutConnectionForAnEnd) {
  TlsClient client(*this);
  client.send(get("/wait"));
  until([this] { return application.waiting == 1; });
  client.tcp().close();
  until([this] { return application.waiting == 0; });
  EXPECT_EQ(server.connection_count(), 0U);
}

TEST_F(TlsTest, WithdrawsAWaitingRequestWhenItsClientSaysGoodbye) {
  TlsClient client(*this);
  client.send(get("/wait"));
  until([this] { return application.waiting == 1; });
  client.close_notify();
  until([this] { return application.waiting == 0; });
}

TEST_F(TlsTest, AnswersPipelinedRequestsInOrder) {
  TlsClient client(*this);
  for (int i = 0; i < 300; ++i) client.queue(post("/" + std::to_string(i), "body"));
  client.send_records();
  for (int i = 0; i < 300; ++i) ASSERT_EQ(client.body(), "POST /" + std::to_string(i) + " body");
}

TEST_F(TlsTest, ReadsFurtherWhatItHasAlreadyReceived) {
  TlsClient client(*this);
  client.send(get("/wait"));
  until([this] { return application.waiting == 1; });
  std::string many;
  for (int i = 0; i < 1'000; ++i) many += post("/ahead", std::string(1'000, 'x'));
  client.send(many);  // more than may be read ahead
  settle();
  EXPECT_EQ(application.requests.size(), 1U);
  application.answer_waiting();
  EXPECT_EQ(client.body(), "GET /wait ");
  for (int i = 0; i < 1'000; ++i) ASSERT_EQ(client.body().size(), 1'012U) << i;
}

TEST_F(TlsTest, ReadsALargeBodyAndWritesALargeAnswer) {
  TlsClient client(*this);
  const std::string body(9'000'000, 'b');
  client.send(post("/a", body));
  EXPECT_TRUE(client.body() == "POST /a " + body);
  client.send(get("/large") + get("/next"));
  EXPECT_EQ(client.body().size(), 8'000'000U);
  EXPECT_EQ(client.body(), "GET /next ");
}

TEST_F(TlsTest, SendsALargeAnswerAsTheClientReadsIt) {
  application.pieces = 500;
  TlsClient client(*this);
  client.send(get("/pieces"));
  settle();
  EXPECT_LT(application.pieces_taken, application.pieces);
  EXPECT_EQ(client.body().size(), 12 + application.pieces * application.piece_bytes);
  client.send(get("/next"));
  EXPECT_EQ(client.body(), "GET /next ");
}

TEST_F(TlsTest, LetsNothingOutBeforeTheCommit) {
  TlsClient client(*this);
  ASSERT_TRUE(client.handshake());
  client.queue(get("/store"));
  client.tcp().take(0);
  client.send_records();
  while (application.requests.empty()) io.poll();
  for (int i = 0; i < 20; ++i) io.poll();
  EXPECT_EQ(client.received(), "");
  t.turn.finish();
  EXPECT_EQ(t.store.commit_count(), 1U);
  EXPECT_EQ(client.body(), "GET /store ");
}

TEST_F(TlsTest, RefusesALargeBodyAndLingersAsPlainHttpDoes) {
  TlsClient client(*this);
  client.send("POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n");
  for (int i = 0; i < 20; ++i) client.send(std::string(100'000, 'x'));
  EXPECT_EQ(client.status(), "HTTP/1.1 413");
  EXPECT_EQ(server.connection_count(), 1U);
  pass(limits::lingering_close_ms);
  EXPECT_EQ(server.connection_count(), 0U);
}

TEST_F(TlsTest, StopsWhateverItsConnectionsDo) {
  TlsClient idle(*this), half(*this), waiting(*this);
  idle.send(get("/a"));
  idle.body();
  half.begin_handshake();
  waiting.send(get("/wait"));
  until([this] { return application.waiting == 1 && server.connection_count() == 3; });
  bool stopped = false;
  server.stop([&] { stopped = true; });
  until([&] { return idle.ended() && half.ended(); });
  EXPECT_TRUE(idle.was_notified());
  application.answer_waiting();
  EXPECT_EQ(waiting.body(), "GET /wait ");
  waiting.tcp().close();
  until([&] { return stopped; });
}

TEST_F(TlsTest, AsksForItsCertificateWhenItIsNeededAndWhenItIsToBeRenewed) {
  Client plain(*this);
  plain.send(get("/a"));
  plain.body();
  EXPECT_EQ(identities, 0);
  TlsClient first(*this), second(*this);
  EXPECT_TRUE(first.handshake());
  EXPECT_TRUE(second.handshake());
  EXPECT_EQ(identities, 1);
  t.clock.jump(std::int64_t{396} * 24 * 60 * 60 * 1000);
  first.send(get("/a"));
  EXPECT_EQ(first.body(), "GET /a ");
  TlsClient later(*this);
  EXPECT_TRUE(later.handshake());
  EXPECT_EQ(identities, 2);
}

TEST_F(TlsTest, HoldsManyIdleConnections) {
  constexpr std::size_t connections = 100;
  std::vector<std::unique_ptr<TlsClient>> clients;
  for (std::size_t i = 0; i < connections; ++i) {
    clients.push_back(std::make_unique<TlsClient>(*this));
    clients.back()->send(get("/a"));
    clients.back()->body();
  }
  EXPECT_EQ(server.connection_count(), connections);
  const auto before = mallinfo2().uordblks;
  pass(core::limits::idle_connection_timeout_ms);
  EXPECT_EQ(server.connection_count(), 0U);
  EXPECT_LT((before - mallinfo2().uordblks) / connections, 20'000U);
}

}  // namespace
}  // namespace votemu::net
