// HTTP as clients send it, and requests in each of AWS's protocols.
#include <string>

#include "tests/fuzz/corpus.h"
#include "tests/fuzz/http_request.h"
#include "tests/support/signing.h"

namespace votemu::fuzz {
namespace {

// The first byte says how the bytes are cut.
void write_http(const std::filesystem::path& folder) {
  Corpus corpus(folder / "http");
  const std::string host = "Host: localhost:4566\r\n";
  const auto get = [&](const std::string& target, const std::string& fields = "") {
    return "GET " + target + " HTTP/1.1\r\n" + host + fields + "\r\n";
  };
  const auto post = [&](const std::string& fields, const std::string& body) {
    return "POST /dev/votes HTTP/1.1\r\n" + host + fields + "\r\n" + body;
  };
  const std::string upgrade =
      "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: mqtt\r\n";
  const std::string chunks = "5\r\nhello\r\n1;extension=x\r\n!\r\n0\r\nTrailer: value\r\n\r\n";
  const std::string frame("\x82\x85\0\0\0\0hello\x89\x80\0\0\0\0\x88\x80\0\0\0\0", 23);
  corpus.add("get", "\3" + get("/dev/votes"));
  corpus.add("pipelined", "\3" + get("/a") + get("/later") + get("/b"));
  corpus.add("length", "\3" + post("Content-Length: 12\r\n", R"({"id":"dog"})") + get("/"));
  corpus.add("chunked", "\3" + post("Transfer-Encoding: chunked\r\n", chunks) + get("/"));
  corpus.add("expect",
             "\3" + post("Content-Length: 2\r\nExpect: 100-continue\r\n", "{}") + get("/"));
  corpus.add("both_lengths",
             "\3" + post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", chunks));
  corpus.add("two_lengths", "\3" + post("Content-Length: 5\r\nContent-Length: 6\r\n", "hello!"));
  corpus.add("gzip_chunked", "\3" + post("Transfer-Encoding: gzip, chunked\r\n", chunks));
  corpus.add("gzip", "\3" + post("Transfer-Encoding: gzip\r\n", "hello"));
  corpus.add("folded", "\3" + get("/", "X: a\r\n b\r\n") + get("/"));
  corpus.add("http_1_0", "\3GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n" + get("/"));
  corpus.add("close", "\3" + get("/", "Connection: close\r\n") + get("/"));
  corpus.add("head", "\3HEAD / HTTP/1.1\r\n" + host + "\r\n" + get("/"));
  corpus.add("large", "\3" + post("Content-Length: 99999999999\r\n", ""));
  corpus.add("websocket", "\3" + get("/mqtt", upgrade) + frame);
  corpus.add("websocket_after", "\3" + get("/") + get("/mqtt", upgrade) + frame);
  corpus.add("tls", std::string("\0\x16\x03\x01\0\x05\x01\0\0\1\0", 11));
}

constexpr auto credential = "Authorization: AWS4-HMAC-SHA256 Credential=test/20250522/us-east-1/";

// A request as http_request.h reads it, signed for the service by its name alone.
std::string call_of(const std::string& line, const std::string& service,
                    const std::string& fields = "", const std::string& body = "") {
  const std::string signature =
      service.empty() ? ""
                      : credential + service + "/aws4_request, SignedHeaders=host, Signature=0\n";
  return line + "\nHost: localhost:4566\n" + signature + fields + "\n" + body;
}

void write_calls(const std::filesystem::path& folder) {
  Corpus corpus(folder / "calls");
  corpus.add("dynamodb", call_of("POST /", "dynamodb", "X-Amz-Target: DynamoDB_20120810.GetItem\n",
                                 R"({"TableName":"votes","Key":{"PK":{"S":"dog"}}})"));
  corpus.add("sqs_query",
             call_of("POST /000000000000/queue", "sqs",
                     "Content-Type: application/x-www-form-urlencoded\n",
                     "Action=SendMessage&Version=2012-11-05&MessageBody=a%20b&DelaySeconds=1"));
  corpus.add("sts_in_url", call_of("GET /?Action=GetCallerIdentity&Version=2011-06-15", "sts"));
  corpus.add("invoke", call_of("POST /2015-03-31/functions/vote/invocations?Qualifier=1", "lambda",
                               "X-Amz-Client-Context: eyJhIjoxfQ==\n", R"({"id":"dog"})"));
  corpus.add("tag_function",
             call_of("DELETE /2017-03-31/tags/arn%3Aaws?tagKeys=a&tagKeys=b", "lambda"));
  corpus.add("get_export",
             call_of("GET /restapis/a1/resources?embed=methods&limit=5", "apigateway"));
  corpus.add("publish", call_of("POST /topics/votes%2Fdog?qos=1&retain=true", "iotdata", "", "42"));
  corpus.add("put_object", call_of("PUT /bucket/a/key", "s3",
                                   "Content-Type: text/plain\nx-amz-meta-who: me\n", "hello"));
  corpus.add("list_objects",
             call_of("GET /?list-type=2&prefix=a&max-keys=3", "s3", "Host: bucket.s3.localhost\n"));
  corpus.add("delete_objects",
             call_of("POST /bucket?delete", "s3", "",
                     "<Delete><Object><Key>a</Key></Object><Quiet>true</Quiet></Delete>"));
  corpus.add("aws_chunked",
             call_of("PUT /bucket/key", "s3",
                     "Content-Encoding: aws-chunked\nx-amz-decoded-content-length: 5\n",
                     "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n"));
  corpus.add("deployed", call_of("POST /dev/votes", "", "", R"({"id":"dog"})"));
  corpus.add("deployed_by_id", call_of("GET /restapis/a1/dev/_user_request_/votes", ""));
  corpus.add("control", call_of("GET /_votemu/health", ""));
}

void write_query(const std::filesystem::path& folder) {
  Corpus corpus(folder / "query");
  corpus.add("send_batch",
             std::string(1, '\0') +
                 "Action=SendMessageBatch&SendMessageBatchRequestEntry.1.Id=a&"
                 "SendMessageBatchRequestEntry.1.MessageBody=x%26y&"
                 "SendMessageBatchRequestEntry.1.MessageAttribute.1.Name=n&"
                 "SendMessageBatchRequestEntry.1.MessageAttribute.1.Value.DataType=String&"
                 "SendMessageBatchRequestEntry.1.MessageAttribute.1.Value.StringValue=v");
  corpus.add("create_queue", std::string(1, '\0') +
                                 "Action=CreateQueue&QueueName=q&Attribute.1.Name=DelaySeconds&"
                                 "Attribute.1.Value=5&Tag.1.Key=a&Tag.1.Value=b");
  corpus.add("receive", std::string(1, '\0') +
                            "Action=ReceiveMessage&MaxNumberOfMessages=10&AttributeName.1=All&"
                            "MessageAttributeName.2=b&WaitTimeSeconds=x");
  corpus.add("assume_role",
             "\1Action=AssumeRole&RoleArn=arn&RoleSessionName=me&"
             "PolicyArns.member.1.arn=a&DurationSeconds=900");
  corpus.add("create_role",
             "\2Action=CreateRole&RoleName=r&AssumeRolePolicyDocument=%7B%7D&"
             "Tags.member.1.Key=a&Tags.member.1.Value=b");
  corpus.add("untag_role", "\2Action=UntagRole&RoleName=r&TagKeys.member.1=a&TagKeys.member.3=b");
  corpus.add("create_stack",
             "\3Action=CreateStack&StackName=s&TemplateBody=%7B%7D&"
             "Parameters.member.1.ParameterKey=a&Parameters.member.1.ParameterValue=b&"
             "Parameters.member.1.UsePreviousValue=true&Capabilities.member.1=CAPABILITY_IAM&"
             "Tags=");
}

std::string text_of(const wire::HttpRequest& request) {
  std::string text = request.method + " " + request.target + "\n";
  for (const auto [name, value] : request.headers) {
    text.append(name).append(": ").append(value).append("\n");
  }
  return text + "\n" + request.body;
}

void write_sigv4(const std::filesystem::path& folder) {
  Corpus corpus(folder / "sigv4");
  constexpr std::int64_t now_ms = 1'747'899'569'000;  // that of the target
  const auto request = http_request("POST /a%20b//c/../d\nHost: localhost:4566\n\nbody");
  corpus.add("header",
             std::string(1, '\0') + text_of(test::signed_request(request, {}, "sqs", now_ms)));
  corpus.add("url", std::string(1, '\0') + text_of(test::signed_mqtt_request({}, now_ms)));
  corpus.add("chunks",
             std::string(1, '\0') +
                 call_of("PUT /bucket/key", "s3",
                         "X-Amz-Date: 20250522T073929Z\n"
                         "x-amz-content-sha256: STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER\n",
                         "5;chunk-signature=0\r\nhello\r\n0;chunk-signature=0\r\nx-amz-"
                         "trailer-signature:0\r\n\r\n"));
  corpus.add("version_2", std::string(1, '\0') +
                              "GET /b/k?AWSAccessKeyId=test&Expires=1&Signature=x\nHost: h\n\n");
  corpus.add("sign_sqs", "\x19" + text_of(request));
  corpus.add("sign_s3", "\x0b" + text_of(request));
  corpus.add("sign_api", "\x15GET /dev/%zz/.././~\nHost:  a  b\nX: y\n\n");
}

}  // namespace

void write_requests(const std::filesystem::path& folder) {
  write_http(folder);
  write_calls(folder);
  write_query(folder);
  write_sigv4(folder);
}

}  // namespace votemu::fuzz
