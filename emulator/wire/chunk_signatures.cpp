#include "wire/chunk_signatures.h"

#include "core/digest.h"
#include "core/hmac.h"
#include "core/text.h"
#include "wire/aws_chunked.h"

namespace votemu::wire {
namespace {

constexpr std::string_view signed_chunks = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
constexpr std::string_view signed_chunks_and_trailer = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";
constexpr std::string_view trailer_signature = "x-amz-trailer-signature";

std::string hash(std::string_view bytes) {
  return core::hex(core::sha256(bytes));
}

std::string signed_trailers(const Headers& trailers) {
  std::string out;
  for (const auto& [name, value] : trailers) {
    if (core::equals_ignoring_case(name, trailer_signature)) continue;
    for (const char c : name) out.push_back(core::to_lower(c));
    out.append(":").append(value).append("\n");
  }
  return out;
}

}  // namespace

bool chunks_are_as_signed(const HttpRequest& request, const Signature& signature,
                          std::string_view signing_key) {
  const auto kind = request.headers.get("x-amz-content-sha256");
  if (kind != signed_chunks && kind != signed_chunks_and_trailer) return true;
  const AwsChunkedBody body = decode_aws_chunked(request);
  std::string previous = signature.hex;
  const auto follows = [&](std::string_view what, const std::string& hashes,
                           std::string_view stated) {
    const auto text = scoped(signature, what) + "\n" + previous + "\n" + hashes;
    previous = core::hex(core::hmac_sha256(signing_key, text));
    return core::equal_in_constant_time(previous, stated);
  };
  const std::string nothing = hash("");
  for (const auto& chunk : body.chunks) {
    const auto hashes = nothing + "\n" + hash(chunk.bytes);
    if (!follows("AWS4-HMAC-SHA256-PAYLOAD", hashes, chunk.signature)) return false;
  }
  return kind == signed_chunks ||
         follows("AWS4-HMAC-SHA256-TRAILER", hash(signed_trailers(body.trailers)),
                 body.trailers.get(trailer_signature));
}

}  // namespace votemu::wire
