#include "net/http_session.h"

#include "tests/support/net_harness.h"

namespace votemu::net {
namespace {

using test::Client;
using test::get;
using test::post;
using HttpSessionTest = test::NetTest;

TEST_F(HttpSessionTest, AnswersARequestAfterAnother) {
  Client client(*this);
  client.send(get("/a?x=1"));
  EXPECT_EQ(client.response(),
            "HTTP/1.1 200 OK\r\nContent-Length: 11\r\nDate: Sun, 15 Jun 2025 15:06:40 GMT\r\n"
            "Connection: keep-alive\r\n\r\nGET /a?x=1 ");
  client.send(post("/b", "body"));
  EXPECT_EQ(client.body(), "POST /b body");
  EXPECT_EQ(server.connection_count(), 1U);
  EXPECT_EQ(application.requests[0].headers.get("host"), "localhost");
  EXPECT_EQ(application.requests[0].source_ip, "127.0.0.1");
}

TEST_F(HttpSessionTest, AnswersPipelinedRequestsInOrder) {
  Client client(*this);
  std::string requests;
  for (int i = 0; i < 300; ++i) requests += post("/" + std::to_string(i), std::to_string(i));
  client.send(requests);
  for (int i = 0; i < 300; ++i) {
    ASSERT_EQ(client.body(), "POST /" + std::to_string(i) + " " + std::to_string(i));
  }
}

TEST_F(HttpSessionTest, KeepsPipelinedRequestsBehindOneThatWaits) {
  Client client(*this);
  client.send(get("/first") + get("/wait") + get("/second") + get("/third"));
  EXPECT_EQ(client.body(), "GET /first ");
  settle();
  EXPECT_EQ(client.received(), "");
  EXPECT_EQ(application.requests.size(), 2U);
  application.answer_waiting();
  EXPECT_EQ(client.body(), "GET /wait ");
  EXPECT_EQ(client.body(), "GET /second ");
  EXPECT_EQ(client.body(), "GET /third ");
}

TEST_F(HttpSessionTest, DropsTrailers) {
  Client client(*this);
  client.send(
      "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
      "1\r\nb\r\n0\r\nHost: y\r\nOrigin: z\r\n\r\n");
  EXPECT_EQ(client.body(), "POST /a b");
  EXPECT_EQ(application.requests.front().headers.get("Host"), "x");
  EXPECT_FALSE(application.requests.front().headers.find("Origin"));
}

TEST_F(HttpSessionTest, ReadsRequestsHoweverTheyAreCut) {
  const std::string chunked =
      "PUT /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
      "chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
  const std::string requests = post("/a", "body") + get("/b") + chunked;
  for (std::size_t cut = 1; cut < requests.size(); ++cut) {
    Client client(*this);
    client.send(requests.substr(0, cut));
    pump();
    client.send(requests.substr(cut));
    ASSERT_EQ(client.body(), "POST /a body") << cut;
    ASSERT_EQ(client.body(), "GET /b ") << cut;
    ASSERT_EQ(client.body(), "PUT /c abcde") << cut;
  }
}

TEST_F(HttpSessionTest, ReadsARequestByteByByte) {
  Client client(*this);
  const std::string empty =
      "PUT /b HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
  for (const char byte : post("/a", "body") + empty) client.send(std::string(1, byte));
  EXPECT_EQ(client.body(), "POST /a body");
  EXPECT_EQ(client.body(), "PUT /b ");
}

TEST_F(HttpSessionTest, ReadsALargeBodyAndWritesALargeAnswer) {
  Client client(*this);
  const std::string body(9'000'000, 'b');
  client.send(post("/a", body));
  EXPECT_TRUE(client.body() == "POST /a " + body);
  client.send(get("/large") + get("/next"));
  EXPECT_EQ(client.body().size(), 8'000'000U);
  EXPECT_EQ(client.body(), "GET /next ");
}

TEST_F(HttpSessionTest, AsksForABodyThatTheClientHoldsBack) {
  Client client(*this);
  client.send("POST /a HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
  client.expect_bytes("HTTP/1.1 100 Continue\r\n\r\n");
  EXPECT_TRUE(application.requests.empty());
  client.send("body");
  EXPECT_EQ(client.body(), "POST /a body");
  client.send(post("/b", ""));
  EXPECT_EQ(client.body(), "POST /b ");
}

TEST_F(HttpSessionTest, DoesNotAskForABodyThatHasCome) {
  Client client(*this);
  client.send(
      "POST /a HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\nbody");
  EXPECT_EQ(client.response().substr(0, 12), "HTTP/1.1 200");
}

TEST_F(HttpSessionTest, AnswersHeadWithoutABody) {
  Client client(*this);
  client.send("HEAD /a HTTP/1.1\r\nHost: x\r\n\r\n" + get("/b"));
  EXPECT_EQ(client.response(false),
            "HTTP/1.1 200 OK\r\nContent-Length: 8\r\nDate: Sun, 15 Jun 2025 15:06:40 GMT\r\n"
            "Connection: keep-alive\r\n\r\n");
  EXPECT_EQ(client.body(), "GET /b ");
}

TEST_F(HttpSessionTest, TheHostOfAnAbsoluteTargetIsTheRequests) {
  Client client(*this);
  const auto ask = [&](const std::string& target) {
    client.send("GET " + target + " HTTP/1.1\r\nHost: field\r\n\r\n");
    const auto seen = client.body();
    return std::string(application.requests.back().headers.get("Host")) + " " + seen;
  };
  EXPECT_EQ(ask("http://a.test:4566/b?c=http://d/"), "a.test:4566 GET /b?c=http://d/ ");
  EXPECT_EQ(ask("HTTPS://a.test"), "a.test GET / ");
  EXPECT_EQ(ask("http://a.test?b"), "a.test GET /?b ");
  EXPECT_EQ(ask("http://user@a.test/"), "user@a.test GET / ");
  EXPECT_EQ(ask("http:///b"), " GET /b ");
  EXPECT_EQ(ask("/http://a.test/"), "field GET /http://a.test/ ");
  EXPECT_EQ(ask("http"), "field GET http ");
  EXPECT_EQ(ask("*"), "field GET * ");
}

TEST_F(HttpSessionTest, ClosesWhenItIsAsked) {
  Client client(*this);
  client.send("GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n" + get("/never"));
  EXPECT_NE(client.response().find("Connection: close\r\n"), std::string::npos);
  client.expect_end();
  EXPECT_EQ(application.requests.size(), 1U);
  client.close();
  until([this] { return server.connection_count() == 0; });
}

TEST_F(HttpSessionTest, ClosesAfterAnHttp10RequestUnlessItIsToldOtherwise) {
  Client client(*this);
  client.send("GET /a HTTP/1.0\r\n\r\n");
  EXPECT_NE(client.response().find("Connection: close\r\n"), std::string::npos);
  client.expect_end();
  Client keeping(*this);
  keeping.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_NE(keeping.response().find("Connection: keep-alive\r\n"), std::string::npos);
  keeping.send(get("/b"));
  EXPECT_EQ(keeping.body(), "GET /b ");
}

TEST_F(HttpSessionTest, AnswersAClientThatOnlyReadsFromNowOn) {
  Client client(*this);
  client.send(get("/a") + get("/b"));
  client.half_close();
  EXPECT_EQ(client.body(), "GET /a ");
  EXPECT_EQ(client.body(), "GET /b ");
  client.expect_end();
}

TEST_F(HttpSessionTest, WritesALargeAnswerToAClientThatOnlyReadsFromNowOn) {
  Client client(*this);
  client.send(get("/large"));
  client.half_close();
  EXPECT_EQ(client.body().size(), 8'000'000U);
  client.expect_end();
}

TEST_F(HttpSessionTest, AnswersAWaitingRequestLater) {
  Client client(*this);
  client.send(get("/wait"));
  settle();
  EXPECT_EQ(client.received(), "");
  EXPECT_EQ(application.waiting, 1);
  pass(20'000);
  application.answer_waiting();
  EXPECT_EQ(client.body(), "GET /wait ");
  EXPECT_EQ(application.waiting, 0);
}

TEST_F(HttpSessionTest, WithdrawsAWaitingRequestWhenItsClientGoes) {
  Client client(*this);
  client.send(get("/wait"));
  until([this] { return application.waiting == 1; });
  client.close();
  until([this] { return application.waiting == 0; });
  EXPECT_EQ(server.connection_count(), 0U);
}

TEST_F(HttpSessionTest, LetsNothingOutBeforeTheCommit) {
  Client client(*this);
  client.send(get("/store"));
  while (application.requests.empty()) io.poll();
  for (int i = 0; i < 20; ++i) io.poll();
  EXPECT_EQ(client.received(), "");
  EXPECT_EQ(t.store.commit_count(), 0U);
  t.turn.finish();
  EXPECT_EQ(t.store.commit_count(), 1U);
  EXPECT_EQ(client.body(), "GET /store ");
}

TEST_F(HttpSessionTest, SendsALargeAnswerAsTheClientReadsIt) {
  application.pieces = 500;
  Client client(*this);
  client.send(get("/pieces"));
  settle();
  EXPECT_LT(application.pieces_taken, application.pieces);
  const auto body = client.body();
  EXPECT_EQ(body.size(), 12 + application.pieces * application.piece_bytes);
  client.send(get("/next"));
  EXPECT_EQ(client.body(), "GET /next ");
}

TEST_F(HttpSessionTest, EndsAnAnswerWhoseRestIsGone) {
  application.pieces_there = 3;
  Client client(*this);
  client.send(get("/pieces") + get("/next"));
  until([&] { return server.connection_count() == 0; });
  EXPECT_EQ(application.requests.size(), 1U);
}

TEST_F(HttpSessionTest, TellsOfHeadHowLargeTheAnswerWouldBe) {
  Client client(*this);
  client.send("HEAD /pieces HTTP/1.1\r\nHost: x\r\n\r\n" + get("/next"));
  until([&] { return client.received().find("GET /next ") != std::string::npos; });
  EXPECT_NE(client.received().find("Content-Length: 5000013"), std::string::npos);
  EXPECT_EQ(application.pieces_taken, 0U);
}

}  // namespace
}  // namespace votemu::net
