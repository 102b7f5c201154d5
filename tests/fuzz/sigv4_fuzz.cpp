// Signatures of version 4. Any request is verified or refused; one that is signed rightly is
// verified, and no longer once something that was signed has changed.
//
// An input is a byte that says what to sign for, then a request: see http_request.h.
#include <array>
#include <string>

#include "core/aws_error.h"
#include "tests/fuzz/http_request.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/require.h"
#include "tests/support/signing.h"
#include "wire/aws_chunked.h"
#include "wire/credential.h"
#include "wire/refusal.h"
#include "wire/sigv4.h"

namespace votemu {
namespace {

using fuzz::require;

constexpr std::int64_t now_ms = 1'747'899'569'000;  // 20250522T073929Z
const test::SigningKey key;

// Why the request is refused; nullopt when it is not.
std::optional<wire::RefusalKind> refusal(const wire::HttpRequest& request) {
  try {
    const auto signature = wire::signature_of(request);
    wire::check_time(signature, now_ms);
    wire::check_signature(request, signature, key.secret_access_key);
    return std::nullopt;
  } catch (const wire::Refusal& refused) {
    for (const auto protocol : {wire::Protocol::json, wire::Protocol::query,
                                wire::Protocol::rest_json, wire::Protocol::s3}) {
      const auto error = wire::refused(refused, protocol);
      require(!error.code().empty() && error.http_status() >= 400, "who is refused is told why");
    }
    return refused.kind;
  } catch (const core::AwsError& error) {
    require(error.code() == "IncompleteBody" && wire::is_aws_chunked(request),
            "chunks are all that may be incomplete");
    return wire::RefusalKind::payload;
  }
}

void check_any(const wire::HttpRequest& request) {
  refusal(request);
  const auto credential = wire::credential_of(request);
  const auto scope = wire::scope_of(credential);
  require(!scope.region.empty() && scope.account.size() == 12, "state is somebody's");
  wire::session_token_of(request);
  try {
    if (wire::is_aws_chunked(request)) wire::decode_aws_chunked(request);
  } catch (const core::AwsError& error) {
    require(error.code() == "IncompleteBody", "a broken coding is told as such");
  }
}

// Nothing in it says of itself how it is signed.
bool is_unsigned(const wire::HttpRequest& request) {
  for (const auto* name : {"Authorization", "X-Amz-Date", "x-amz-content-sha256"}) {
    if (request.headers.find(name)) return false;
  }
  return request.query().empty();
}

// One of what a signature covers.
wire::HttpRequest changed(wire::HttpRequest request, unsigned what) {
  switch (what) {
    case 0:
      request.method += "X";
      break;
    case 1:
      request.target += "?added=1";
      break;
    case 2:
      request.headers.set("Host", std::string(request.headers.get("Host")) + "x");
      break;
    default:
      request.body.push_back('x');
  }
  return request;
}

void check_signed(wire::HttpRequest request, std::string_view service, unsigned change) {
  if (!is_unsigned(request)) return;
  if (!request.headers.find("Host")) request.headers.add("Host", "localhost:4566");
  const auto right = test::signed_request(std::move(request), key, service, now_ms);
  require(!refusal(right), "what is signed rightly is verified");
  if (service == "s3" && change > 2) return;  // bodies are left unsigned unless they say otherwise
  require(refusal(changed(right, change)) == wire::RefusalKind::mismatch,
          "what was signed may not change");
}

}  // namespace
}  // namespace votemu

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace votemu;
  constexpr std::array<std::string_view, 4> services = {"sqs", "s3", "execute-api",
                                                        "iotdevicegateway"};
  fuzz::Input input(data, size);
  const auto kind = input.byte();
  const auto request = fuzz::http_request(input.rest());
  if ((kind & 1U) != 0) {
    check_signed(request, services.at(kind >> 1U & 3U), kind >> 3U & 3U);
  } else {
    check_any(request);
  }
  return 0;
}
