#include <gtest/gtest.h>

#include "wire/sigv4.h"

namespace votemu::wire {
namespace {

// The example of AWS's documentation: 66,560 times 'a' in two chunks.
class ChunkSignatures : public ::testing::Test {
 protected:
  static constexpr const char* secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

  static HttpRequest put(const std::string& last_signature) {
    const std::string first(65'536, 'a');
    const std::string second(1'024, 'a');
    std::string body =
        "10000;chunk-signature="
        "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\n" +
        first + "\r\n" +
        "400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\n" +
        second + "\r\n0;chunk-signature=" + last_signature + "\r\n\r\n";
    return {"PUT",
            "/examplebucket/chunkObject.txt",
            {{"Host", "s3.amazonaws.com"},
             {"x-amz-date", "20130524T000000Z"},
             {"x-amz-storage-class", "REDUCED_REDUNDANCY"},
             {"Content-Encoding", "aws-chunked"},
             {"x-amz-decoded-content-length", "66560"},
             {"Content-Length", "66824"},
             {"x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"},
             {"Authorization",
              "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
              "SignedHeaders=content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;"
              "x-amz-decoded-content-length;x-amz-storage-class,"
              "Signature=4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9"}},
            std::move(body),
            ""};
  }

  static bool is_right(const HttpRequest& request) {
    try {
      check_signature(request, signature_of(request), secret);
    } catch (const Refusal&) {
      return false;
    }
    return true;
  }
};

constexpr const char* documented =
    "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9";

TEST_F(ChunkSignatures, TheDocumentedExampleIsRight) {
  EXPECT_TRUE(is_right(put(documented)));
}

TEST_F(ChunkSignatures, EveryChunkIsVerified) {
  auto request = put(documented);
  request.body[request.body.size() / 2] = 'b';
  EXPECT_FALSE(is_right(request));
  EXPECT_FALSE(is_right(put(std::string(64, '0'))));
}

}  // namespace
}  // namespace votemu::wire
