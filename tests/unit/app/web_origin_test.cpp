#include "app/web_origin.h"

#include <gtest/gtest.h>

namespace votemu::app {
namespace {

TEST(WebOriginTest, ReadsHostAndPort) {
  EXPECT_EQ(parse_authority("localhost"), (Authority{"localhost", "", false}));
  EXPECT_EQ(parse_authority("LocalHost.:4566"), (Authority{"localhost", "4566", false}));
  EXPECT_EQ(parse_authority("a_b.votes.test:80"), (Authority{"a_b.votes.test", "80", false}));
  EXPECT_EQ(parse_authority("10.0.0.1:4566"), (Authority{"10.0.0.1", "4566", true}));
  EXPECT_EQ(parse_authority("[::1]:4566"), (Authority{"::1", "4566", true}));
  EXPECT_EQ(parse_authority("[FE80::1]"), (Authority{"fe80::1", "", true}));
}

TEST(WebOriginTest, ReadsNothingElseAsHostAndPort) {
  for (const std::string text : {"",
                                 ".",
                                 ":4566",
                                 "a b",
                                 "a\tb",
                                 "user@localhost",
                                 "localhost@evil.test",
                                 "localhost/",
                                 "localhost:http",
                                 "localhost:4566.evil.test",
                                 "localhost:1:2",
                                 "localhost:123456",
                                 "localhost:-1",
                                 "localhost,evil.test",
                                 "localhost evil.test",
                                 "localhost#",
                                 "localhost?",
                                 "localhost\\",
                                 "*.localhost",
                                 "*",
                                 "..localhost",
                                 "localhost..",
                                 "%6cocalhost",
                                 "lo\xc3\xa7"
                                 "alhost",
                                 "::1",
                                 "[::1",
                                 "::1]",
                                 "[::1]4566",
                                 "[::1]:x",
                                 "[127.0.0.1]",
                                 "[localhost]",
                                 "[]",
                                 "[::1%25lo]",
                                 "[::1%lo]",
                                 "0x7f.1",
                                 "127.1",
                                 "2130706433"}) {
    EXPECT_FALSE(parse_authority(text)) << text;
  }
  EXPECT_FALSE(parse_authority(std::string("localhost\0.evil.test", 20)));
}

TEST(WebOriginTest, KnowsThisMachine) {
  for (const auto* text : {"localhost", "LOCALHOST:1", "localhost.", "app.localhost:3000",
                           "127.0.0.1", "127.8.9.10", "[::1]", "0.0.0.0:8000", "[::]:8000"}) {
    EXPECT_TRUE(parse_authority(text)->is_this_machine()) << text;
  }
  for (const auto* text : {"localhost.evil.test", "evillocalhost", "127.0.0.1.evil.test",
                           "10.0.0.1", "128.0.0.1", "[::2]", "127.evil.test", "localhost.com"}) {
    EXPECT_FALSE(parse_authority(text)->is_this_machine()) << text;
  }
}

TEST(WebOriginTest, ReadsAnOrigin) {
  const auto origin = parse_origin("HTTPS://App.example.com:8443");
  EXPECT_EQ(origin, (WebOrigin{"https", {"app.example.com", "8443", false}}));
  EXPECT_EQ(parse_origin("https://a.test:443/"), parse_origin("https://a.test"));
  EXPECT_EQ(parse_origin("http://a.test:80"), parse_origin("http://a.test"));
  EXPECT_NE(parse_origin("https://a.test"), parse_origin("http://a.test"));
  EXPECT_NE(parse_origin("https://a.test:80"), parse_origin("https://a.test"));
  EXPECT_TRUE(parse_origin("http://[::1]:3000")->is_web());
  EXPECT_FALSE(parse_origin("chrome-extension://abcdef")->is_web());
}

TEST(WebOriginTest, ReadsNothingElseAsAnOrigin) {
  for (const auto* text : {"",
                           "null",
                           "*",
                           "localhost",
                           "//localhost",
                           "://localhost",
                           "http:",
                           "http:/",
                           "http://",
                           "http:///",
                           "http:localhost",
                           "http:/localhost",
                           "1http://localhost",
                           "http//localhost",
                           "http://localhost/page",
                           "http://localhost//",
                           "http://localhost?",
                           "http://evil.test#x",
                           "http://evil.test#localhost",
                           "http://localhost#",
                           "http://user@localhost",
                           "file://",
                           "http://localhost http://evil.test",
                           "http://localhost, http://evil.test",
                           " http://localhost",
                           "http://localhost ",
                           "http://http://localhost",
                           "java script://a"}) {
    EXPECT_FALSE(parse_origin(text)) << text;
  }
}

TEST(WebOriginTest, FindsTheOriginOfAPage) {
  for (const auto* url : {"http://a.test:3000", "http://a.test:3000/", "http://a.test:3000/b?c#d",
                          "http://a.test:3000?x", "http://a.test:3000#/http://evil.test"}) {
    EXPECT_EQ(origin_of_url(url), parse_origin("http://a.test:3000")) << url;
  }
  for (const auto* url : {"", "about:blank", "about:srcdoc", "data:text/html,http://localhost/",
                          "http:///localhost", "http://localhost@evil.test/"}) {
    EXPECT_FALSE(origin_of_url(url)) << url;
  }
}

}  // namespace
}  // namespace votemu::app
