#include "wire/refusal.h"

#include <string_view>

namespace votemu::wire {
namespace {

struct Wording {
  std::string_view code;
  int status;
  std::string_view message;
};

constexpr std::string_view wrong_signature =
    "The request signature we calculated does not match the signature you provided. Check your AWS "
    "Secret Access Key and signing method. Consult the service documentation for details.";
constexpr std::string_view wrong_token = "The security token included in the request is invalid.";
constexpr std::string_view expired_token = "The security token included in the request is expired";

// In JSON these are 400, in REST-JSON 403.
Wording json_wording(RefusalKind kind, int status) {
  switch (kind) {
    case RefusalKind::not_signed:
      return {"MissingAuthenticationTokenException", status,
              status == 400 ? "Request is missing Authentication Token"
                            : "Missing Authentication Token"};
    case RefusalKind::incomplete:
      return {"IncompleteSignatureException", status, wrong_signature};
    case RefusalKind::unknown_key:
      return {"UnrecognizedClientException", status, wrong_token};
    case RefusalKind::expired_token:
      return {"ExpiredTokenException", status, expired_token};
    default:
      return {"InvalidSignatureException", status, wrong_signature};
  }
}

Wording query_wording(RefusalKind kind) {
  switch (kind) {
    case RefusalKind::not_signed:
      return {"MissingAuthenticationToken", 403, "Request is missing Authentication Token"};
    case RefusalKind::incomplete:
      return {"IncompleteSignature", 400, wrong_signature};
    case RefusalKind::unknown_key:
      return {"InvalidClientTokenId", 403, wrong_token};
    case RefusalKind::expired_token:
      return {"ExpiredToken", 403, expired_token};
    default:
      return {"SignatureDoesNotMatch", 403, wrong_signature};
  }
}

Wording s3_wording(RefusalKind kind) {
  switch (kind) {
    case RefusalKind::not_signed:
      return {"AccessDenied", 403, "Access Denied"};
    case RefusalKind::incomplete:
      return {"AuthorizationHeaderMalformed", 400, "The authorization header is malformed."};
    case RefusalKind::unknown_key:
      return {"InvalidAccessKeyId", 403,
              "The AWS Access Key Id you provided does not exist in our records."};
    case RefusalKind::expired_token:
      return {"ExpiredToken", 400, "The provided token has expired."};
    case RefusalKind::payload:
      return {"XAmzContentSHA256Mismatch", 400,
              "The provided 'x-amz-content-sha256' header does not match what was computed."};
    case RefusalKind::url_expired:
      return {"AccessDenied", 403, "Request has expired"};
    case RefusalKind::expired:
      return {"RequestTimeTooSkewed", 403,
              "The difference between the request time and the current time is too large."};
    default:
      return {"SignatureDoesNotMatch", 403,
              "The request signature we calculated does not match the signature you provided. "
              "Check your key and signing method."};
  }
}

Wording wording_of(RefusalKind kind, Protocol protocol) {
  switch (protocol) {
    case Protocol::json:
      return json_wording(kind, 400);
    case Protocol::query:
      return query_wording(kind);
    case Protocol::rest_json:
      return json_wording(kind, 403);
    default:
      return s3_wording(kind);
  }
}

}  // namespace

core::AwsError refused(const Refusal& refusal, Protocol protocol) {
  const Wording wording = wording_of(refusal.kind, protocol);
  // S3 has no words for what exactly was wrong.
  const bool own_words = refusal.message.empty() || protocol == Protocol::s3;
  return core::AwsError(std::string(wording.code),
                        own_words ? std::string(wording.message) : refusal.message, wording.status);
}

}  // namespace votemu::wire
