// The aws-chunked content coding, in which SDKs send bodies that they sign or sum up as they go.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "wire/http.h"

namespace votemu::wire {

bool is_aws_chunked(const HttpRequest& request);

// A piece of the body, the last one empty; views into the request.
struct AwsChunk {
  std::string_view signature;  // "" when chunks are not signed
  std::string_view bytes;
};

struct AwsChunkedBody {
  std::string bytes;
  std::vector<AwsChunk> chunks;
  Headers trailers;  // such as x-amz-checksum-crc32
};

// The chunks' signatures are verified elsewhere: wire/chunk_signatures.h. Throws AwsError
// IncompleteBody when the coding is broken or the bytes are not as many as
// X-Amz-Decoded-Content-Length says.
AwsChunkedBody decode_aws_chunked(const HttpRequest& request);

// Content-Encoding without aws-chunked; "" when nothing is left.
std::string content_encoding_of(const HttpRequest& request);

}  // namespace votemu::wire
