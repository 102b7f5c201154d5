#include "app/origin_policy.h"

#include "certificates/host_names.h"
#include "core/json.h"
#include "tests/unit/app/app_fixture.h"

namespace votemu::app {
namespace {

using wire::HttpRequest;

constexpr std::string_view browser = "Mozilla/5.0 (X11; Linux x86_64)";

struct OriginPolicyTest : ::testing::Test {
  OriginPolicy policy(const std::vector<std::string>& origins = {}) {
    auto names = certificates::names_of_this_machine();
    names.insert(names.end(), {"Votes.test", "*.stack.test"});
    return {names, origins, core.runtime.log};
  }

  static HttpRequest request(std::initializer_list<wire::Headers::Field> headers,
                             std::string_view host = "localhost:4566") {
    HttpRequest request{"GET", "/", headers, "", ""};
    request.headers.add("Host", host);
    return request;
  }
  static HttpRequest from(std::string_view origin, std::string_view host = "localhost:4566") {
    return request({{"Origin", origin}}, host);
  }

  test::TestRuntime core;
};

TEST_F(OriginPolicyTest, ServesItsOwnNamesAndEveryAddress) {
  for (const auto* host :
       {"localhost", "localhost:4566", "LOCALHOST:4566", "localhost.:4566",
        "localhost:", "api.execute-api.localhost:4566", "bucket.s3.localhost",
        "my.bucket.localhost", "localhost.localstack.cloud:4566", "a.b.localhost.localstack.cloud",
        "127.0.0.1:4566", "[::1]:4566", "192.168.1.20:4566", "0.0.0.0:4566", "votes.test",
        "VOTES.TEST:80", "api.execute-api.stack.test"}) {
    EXPECT_TRUE(policy().serves(host)) << host;
  }
}

TEST_F(OriginPolicyTest, ServesNoOtherName) {
  for (const auto* host : {"evil.test",
                           "evil.test:4566",
                           "localhost.evil.test",
                           "localhost.localstack.cloud.evil.test",
                           "127.0.0.1.evil.test",
                           "evillocalhost",
                           "stack.test",
                           "evilstack.test",
                           "a.votes.test",
                           "sqs.us-east-1.amazonaws.com",
                           "api.execute-api.evil.test",
                           "localhost@evil.test",
                           "evil.test/.localhost",
                           "evil.test#.localhost",
                           "evil.test?.localhost",
                           "evil test.localhost",
                           "*.localhost",
                           "",
                           ".",
                           ".localhost",
                           "0x7f.1",
                           "[::1%25eth0]"}) {
    EXPECT_FALSE(policy().serves(host)) << host;
  }
}

TEST_F(OriginPolicyTest, SaysHowANameIsServed) {
  auto rules = policy();
  EXPECT_FALSE(rules.refuse_host(request({})));
  EXPECT_FALSE(rules.refuse_host(request({})));
  EXPECT_FALSE(rules.refuse_host({"GET", "/", {}, "", ""}));
  const auto refusal = rules.refuse_host(request({}, "Evil.test:4566"));
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->status, 421);
  EXPECT_TRUE(core::parse_json(refusal->body)["message"].get<std::string>().ends_with(
      "start votemu with --hostname evil.test"));
  EXPECT_FALSE(rules.refuse_host(request({})));
  EXPECT_EQ(core::parse_json(rules.refuse_host(request({}, "<script>\xff"))->body)["message"],
            "votemu does not serve the host that the request names.");
}

TEST_F(OriginPolicyTest, AdmitsPagesOfThisMachineAndOfTheHostThatIsCalled) {
  for (const auto* origin : {"http://localhost:3000", "https://localhost", "http://localhost:4566",
                             "http://app.localhost:3000", "http://127.0.0.1:8000",
                             "http://127.9.9.9", "http://[::1]:3000", "http://0.0.0.0:8000"}) {
    EXPECT_TRUE(policy().admits(from(origin), true)) << origin;
  }
  EXPECT_TRUE(policy().admits(from("http://votes.test:4566", "votes.test:4566"), true));
  EXPECT_TRUE(policy().admits(from("https://VOTES.test:3000", "votes.test:4566"), true));
  EXPECT_TRUE(policy().admits(from("http://192.168.1.20:3000", "192.168.1.20:4566"), true));
}

TEST_F(OriginPolicyTest, AdmitsPagesOfNoOtherOrigin) {
  for (const auto* origin : {"http://evil.test",
                             "https://evil.test:4566",
                             "http://localhost.evil.test",
                             "http://localhost:4566.evil.test",
                             "http://evil.test#localhost",
                             "http://localhost@evil.test",
                             "http://127.0.0.1.evil.test",
                             "null",
                             "",
                             "*",
                             "file://",
                             "http://votes.test",
                             "http://192.168.1.20",
                             "http://app.localhost.localstack.cloud",
                             "chrome-extension://abc",
                             "ws://localhost:4566",
                             "http://localhost http://evil.test",
                             "http://localhost,http://evil.test",
                             "http://evil.test, http://localhost",
                             "http://loc\xc3\xa0lhost"}) {
    EXPECT_FALSE(policy().admits(from(origin), false)) << origin;
  }
  EXPECT_FALSE(policy().admits(from("http://a.votes.test", "votes.test:4566"), false));
  EXPECT_FALSE(policy().admits(
      request({{"Origin", "http://localhost:3000"}, {"origin", "http://evil.test"}}), false));
}

TEST_F(OriginPolicyTest, AdmitsWhatTheOptionNames) {
  const auto rules = policy({"https://App.example.com", "chrome-extension://abc"});
  EXPECT_TRUE(rules.admits(from("https://app.example.com"), true));
  EXPECT_TRUE(rules.admits(from("chrome-extension://abc"), true));
  for (const auto* origin : {"http://app.example.com", "https://app.example.com:8443", "null",
                             "https://a.app.example.com", "https://example.com", "file://"}) {
    EXPECT_FALSE(rules.admits(from(origin), false)) << origin;
  }
  const auto files = policy({"null"});
  EXPECT_TRUE(files.admits(from("null"), true));
  EXPECT_TRUE(files.admits(from("file://"), true));
  EXPECT_FALSE(files.admits(from("http://evil.test"), false));
  const auto all = policy({"*"});
  EXPECT_TRUE(all.admits(from("http://evil.test"), true));
  EXPECT_TRUE(all.admits(request({{"Sec-Fetch-Site", "cross-site"}}), true));
}

TEST_F(OriginPolicyTest, AdmitsWhoeverIsNoPage) {
  EXPECT_TRUE(policy().admits(request({}), true));
  EXPECT_TRUE(policy().admits(request({{"User-Agent", "aws-cli/2.9"}}), true));
  EXPECT_TRUE(policy().admits(request({{"User-Agent", browser}}), false));
}

TEST_F(OriginPolicyTest, WithoutAnOriginTheSiteDecides) {
  const auto told = [](std::string_view site) {
    return request({{"Sec-Fetch-Site", site}, {"User-Agent", browser}});
  };
  EXPECT_TRUE(policy().admits(told("same-origin"), true));
  for (const auto* site : {"none", "same-site"}) {
    EXPECT_TRUE(policy().admits(told(site), false)) << site;
    EXPECT_FALSE(policy().admits(told(site), true)) << site;
  }
  for (const auto* site : {"cross-site", "CROSS-SITE", "", "nonsense"}) {
    EXPECT_FALSE(policy().admits(told(site), false)) << site;
  }
  EXPECT_FALSE(policy().admits(
      request({{"Sec-Fetch-Site", "same-site"}, {"Origin", "http://evil.test"}}), false));
}

TEST_F(OriginPolicyTest, AndThePageThatTheRefererTells) {
  const auto shown_by = [](std::string_view page, std::string_view site = "cross-site") {
    return request({{"Sec-Fetch-Site", site}, {"Referer", page}});
  };
  EXPECT_TRUE(policy().admits(shown_by("http://127.0.0.1:3000/"), false));
  EXPECT_FALSE(policy().admits(shown_by("http://127.0.0.1:3000/"), true));
  EXPECT_TRUE(policy().admits(shown_by("http://localhost:3000/", "same-site"), true));
  EXPECT_FALSE(policy().admits(shown_by("https://app.localstack.cloud/", "same-site"), true));
  EXPECT_FALSE(policy().admits(shown_by("http://evil.test/http://localhost/"), false));
  EXPECT_TRUE(policy({"http://app.test"}).admits(shown_by("http://app.test/page"), false));
}

// To an address of the network browsers tell nothing without TLS.
TEST_F(OriginPolicyTest, ABrowserThatSaysNothingMayNotActByUrl) {
  EXPECT_FALSE(policy().admits(request({{"User-Agent", browser}}, "192.168.1.20:4566"), true));
}

TEST_F(OriginPolicyTest, SaysHowAnOriginIsAdmitted) {
  auto rules = policy();
  EXPECT_FALSE(rules.refuse_page(from("http://localhost:3000"), true));
  const auto refusal = rules.refuse_page(from("http://evil.test"), false);
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->status, 403);
  EXPECT_TRUE(core::parse_json(refusal->body)["message"].get<std::string>().ends_with(
      "start votemu with --cors-allow-origin http://evil.test"));
  EXPECT_FALSE(refusal->headers.find("Access-Control-Allow-Origin"));
  const auto answer = [&](const HttpRequest& asked) {
    return core::parse_json(rules.refuse_page(asked, false)->body)["message"].get<std::string>();
  };
  for (const auto* origin : {"\"\xff<", "*", ""}) {
    EXPECT_EQ(answer(from(origin)).find("--cors-allow-origin"), std::string::npos) << origin;
  }
  EXPECT_TRUE(answer(from("null")).ends_with("--cors-allow-origin null"));
  EXPECT_TRUE(answer(request({{"Origin", "http://localhost"}, {"Origin", "http://evil.test"}}))
                  .ends_with("http://evil.test"));
}

// What each kind of request does when a page of another site, or another name, sends it.
struct ForeignPageTest : AppTest {
  static constexpr std::string_view evil = "http://evil.test";

  void expect_refused(HttpRequest request, int status = 403) {
    cloud.finish_turns();
    const auto what = request.method + " " + request.target;
    const auto commits = cloud.store().commit_count();
    const auto response = send(std::move(request));
    EXPECT_EQ(response.status, status) << what;
    EXPECT_NE(response.body.find("\"message\":"), std::string::npos) << what;
    EXPECT_EQ(cloud.store().commit_count(), commits) << what;
    for (const auto [name, value] : response.headers) {
      EXPECT_FALSE(name.starts_with("Access-Control-")) << what << ": " << name;
    }
  }
};

TEST_F(ForeignPageTest, CallsNothingOfAws) {
  call("AmazonSQS.CreateQueue", R"({"QueueName":"q"})");
  send({"PUT", "/bucket", {{"Host", "s3.localhost:4566"}}, "", ""});
  const std::string form = "application/x-www-form-urlencoded";
  expect_refused({"POST",
                  "/",
                  {{"Origin", evil}, {"X-Amz-Target", "AmazonSQS.DeleteQueue"}},
                  R"({"QueueUrl":"q"})",
                  ""});
  expect_refused({"POST",
                  "/",
                  {{"Origin", evil}, {"X-Amz-Target", "AmazonSQS.ReceiveMessage"}},
                  R"({"QueueUrl":"q","WaitTimeSeconds":20})",
                  ""});
  expect_refused({"POST",
                  "/",
                  {{"Origin", evil}, {"Content-Type", form}},
                  "Action=DeleteQueue&QueueUrl=q&Version=2012-11-05",
                  ""});
  expect_refused({"POST", "/2015-03-31/functions/f/invocations", {{"Origin", "null"}}, "{}", ""});
  expect_refused({"POST", "/topics/votes", {{"Origin", evil}}, "{}", ""});
  expect_refused({"GET", "/bucket/", {{"Origin", evil}}, "", ""});
  expect_refused({"GET", "/", {{"Origin", evil}, {"Host", "bucket.s3.localhost:4566"}}, "", ""});
  expect_refused({"PUT", "/key", {{"Origin", evil}, {"Host", "bucket.s3.localhost"}}, "x", ""});
}

TEST_F(ForeignPageTest, CallsNothingByImagesAndLinks) {
  call("AmazonSQS.CreateQueue", R"({"QueueName":"q"})");
  send({"PUT", "/bucket", {{"Host", "s3.localhost:4566"}}, "", ""});
  for (const std::string target :
       {"/?Action=DeleteQueue&QueueUrl=q&Version=2012-11-05", "/000000000000/q?Action=DeleteQueue",
        "/bucket/", "/bucket/key", "/_votemu/health", "/_votemu/config.json", "/_localstack/info",
        "/endpoint", "/restapis"}) {
    expect_refused({"GET", target, {{"Sec-Fetch-Site", "cross-site"}}, "", ""});
    expect_refused({"GET",
                    target,
                    {{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Mode", "navigate"}},
                    "",
                    ""});
  }
}

TEST_F(ForeignPageTest, HasNoPreflightAnswered) {
  for (const std::string target :
       {"/", "/bucket/key", "/2015-03-31/functions/", "/_votemu/health"}) {
    expect_refused({"OPTIONS",
                    target,
                    {{"Origin", evil},
                     {"Access-Control-Request-Method", "POST"},
                     {"Access-Control-Request-Private-Network", "true"}},
                    "",
                    ""});
  }
}

TEST_F(ForeignPageTest, OpensNoWebSocket) {
  const auto status = [this](std::initializer_list<wire::Headers::Field> headers) {
    const auto answer = cloud.dispatch().answer_upgrade({"GET", "/mqtt", headers, "", ""});
    const auto* refusal = std::get_if<wire::HttpResponse>(&answer);
    return refusal ? refusal->status : 101;
  };
  EXPECT_EQ(status({{"Host", "localhost"}, {"Origin", evil}}), 403);
  EXPECT_EQ(status({{"Host", "localhost"}, {"Origin", "null"}}), 403);
  EXPECT_EQ(status({{"Host", "evil.test"}, {"Origin", evil}}), 421);
  EXPECT_EQ(status({{"Host", "localhost"}, {"Origin", "http://localhost:3000"}}), 101);
  EXPECT_EQ(status({{"Host", "localhost"}}), 101);
}

TEST_F(ForeignPageTest, ReachesNothingUnderAnotherName) {
  deploy_voting_stack();
  for (const std::string target : {"/", "/dev/votes", "/_votemu/health", "/?Action=ListQueues"}) {
    expect_refused({"GET", target, {{"Host", "evil.test:4566"}}, "", ""}, 421);
  }
  expect_refused({"POST", "/dev/votes", {{"Host", "x.execute-api.evil.test"}}, "{}", ""}, 421);
  EXPECT_EQ(cloud.dispatch().refuse_large({"POST", "/", {{"Host", "evil.test"}}, "", ""}).status,
            421);
}

TEST_F(ForeignPageTest, IsNotToldThatAnObjectIsTooLarge) {
  const HttpRequest large{
      "PUT", "/bucket/key", {{"Host", "s3.localhost"}, {"Origin", evil}}, "", ""};
  const auto response = cloud.dispatch().refuse_large(large);
  EXPECT_EQ(response.status, 403);
  EXPECT_FALSE(response.headers.find("Access-Control-Allow-Origin"));
}

TEST_F(ForeignPageTest, MayCallADeployedApi) {
  deploy_voting_stack();
  const HttpRequest vote{"POST",
                         "/dev/votes",
                         {{"Origin", evil}, {"Sec-Fetch-Site", "cross-site"}},
                         R"({"id":"dog"})",
                         ""};
  EXPECT_EQ(send(vote).headers.get("Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(get("/dev/votes").body, R"([{"PK":"dog","SK":"total","votes":1}])");
}

TEST_F(ForeignPageTest, MayLinkToTheVotePageAndNotFrameIt) {
  const auto page = send(
      {"GET", "/", {{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Mode", "navigate"}}, "", ""});
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.headers.get("Content-Security-Policy"), "frame-ancestors 'none'");
  EXPECT_EQ(page.headers.get("X-Content-Type-Options"), "nosniff");
  EXPECT_FALSE(page.headers.find("Access-Control-Allow-Origin"));
}

}  // namespace
}  // namespace votemu::app
