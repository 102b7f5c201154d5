#include "wire/http.h"

#include <gtest/gtest.h>

#include <vector>

namespace votemu::wire {
namespace {

TEST(Headers, AreFoundWithoutRegardToCase) {
  Headers headers{{"Content-Type", "text/plain"}, {"X-A", "1"}, {"x-a", "2"}};
  EXPECT_EQ(headers.get("content-TYPE"), "text/plain");
  ASSERT_TRUE(headers.find("x-A"));
  EXPECT_EQ(*headers.find("x-A"), "1");
  EXPECT_EQ(headers.find("Content"), std::nullopt);
  EXPECT_EQ(headers.get("missing"), "");
}

TEST(Headers, KeepTheirOrderAndReplaceByName) {
  Headers headers{{"A", "1"}, {"B", "2"}, {"a", "3"}};
  headers.set("A", "4");
  std::vector<Headers::Field> fields;
  for (const auto field : headers) fields.push_back(field);
  EXPECT_EQ(fields, (std::vector<Headers::Field>{{"B", "2"}, {"A", "4"}}));
  headers.add("A", "5");
  EXPECT_EQ(headers.get("a"), "4");
}

TEST(Headers, HaveTokens) {
  const Headers headers{{"Connection", "keep-alive,  Upgrade ,"}};
  EXPECT_TRUE(headers.has_token("connection", "upgrade"));
  EXPECT_TRUE(headers.has_token("Connection", "Keep-Alive"));
  EXPECT_FALSE(headers.has_token("Connection", "keep"));
  EXPECT_FALSE(headers.has_token("Missing", "upgrade"));
}

TEST(HttpRequest, HasAPathAndAQuery) {
  HttpRequest request;
  request.target = "/a%2Fb?x=1?y";
  EXPECT_EQ(request.path(), "/a%2Fb");
  EXPECT_EQ(request.query(), "x=1?y");
  request.target = "/a";
  EXPECT_EQ(request.path(), "/a");
  EXPECT_EQ(request.query(), "");
}

std::string bytes_of(const HttpResponse& response, bool keep_alive = true, bool head = false) {
  std::string out;
  append_response(out, response, keep_alive, head);
  return out;
}

TEST(AppendResponse, FramesTheBody) {
  EXPECT_EQ(bytes_of({200, {{"A", "b"}}, "hello"}),
            "HTTP/1.1 200 OK\r\nA: b\r\nContent-Length: 5\r\nConnection: keep-alive\r\n\r\nhello");
  EXPECT_EQ(bytes_of({404, {}, ""}, false),
            "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}

TEST(AppendResponse, AppendsToWhatIsThere) {
  std::string out = "before";
  append_response(out, {200, {}, ""}, true, false);
  EXPECT_TRUE(out.starts_with("beforeHTTP/1.1 200"));
}

TEST(AppendResponse, LeavesTheBodyOutOfAHeadAnswer) {
  EXPECT_EQ(bytes_of({200, {}, "hello"}, true, true),
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: keep-alive\r\n\r\n");
}

TEST(AppendResponse, HasNoBodyWhereHttpAllowsNone) {
  EXPECT_EQ(bytes_of({204, {}, "hello"}),
            "HTTP/1.1 204 No Content\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(bytes_of({304, {}, "hello"}),
            "HTTP/1.1 304 Not Modified\r\nConnection: keep-alive\r\n\r\n");
}

TEST(AppendResponse, DecidesTheFramingItself) {
  const Headers headers{
      {"content-length", "1"}, {"Transfer-Encoding", "chunked"}, {"connection", "x"}};
  EXPECT_EQ(bytes_of({200, headers, "hello"}), bytes_of({200, {}, "hello"}));
}

TEST(AppendResponse, LetsNoFieldBeginAnother) {
  const auto bytes =
      bytes_of({200, {{"A", "x\r\nSet-Cookie: y"}, {"B\n: z", std::string(1, '\0')}}, ""});
  EXPECT_TRUE(bytes.starts_with("HTTP/1.1 200 OK\r\nA: x  Set-Cookie: y\r\nB : z:  \r\nContent"))
      << bytes;
}

TEST(AppendResponse, HasOneDate) {
  std::string out;
  append_response(out, {200, {{"date", "theirs"}}, ""}, true, false, "ours");
  EXPECT_EQ(out,
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nDate: ours\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_NE(bytes_of({200, {{"Date", "theirs"}}, ""}).find("Date: theirs\r\n"), std::string::npos);
}

TEST(AppendResponse, NamesStatuses) {
  EXPECT_EQ(reason_phrase(431), "Request Header Fields Too Large");
  EXPECT_TRUE(bytes_of({418, {}, ""}).starts_with("HTTP/1.1 418 Unknown\r\n"));
}

}  // namespace
}  // namespace votemu::wire
