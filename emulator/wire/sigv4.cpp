#include "wire/sigv4.h"

#include <algorithm>
#include <chrono>

#include "core/calendar.h"
#include "core/digest.h"
#include "core/hmac.h"
#include "core/text.h"
#include "wire/canonical_request.h"
#include "wire/chunk_signatures.h"
#include "wire/credential.h"
#include "wire/limits.h"
#include "wire/query_fields.h"

namespace votemu::wire {
namespace {

constexpr std::string_view algorithm = "AWS4-HMAC-SHA256";
constexpr std::string_view terminator = "aws4_request";

Refusal incomplete(std::string message) {
  return {RefusalKind::incomplete, std::move(message)};
}

// Its parts as they were sent; "" for one that is missing.
struct Parts {
  std::string credential;
  std::string signed_headers;
  std::string hex;
  std::string time;
};

Parts parts_of_header(const HttpRequest& request, std::string_view authorization) {
  const auto field = [authorization](std::string_view name) {
    return std::string(authorization_field(authorization, name));
  };
  const Parts parts{credential_text_of(request), field("SignedHeaders"), field("Signature"),
                    std::string(request.headers.get("X-Amz-Date"))};
  std::string missing;
  const auto need = [&missing](const std::string& part, std::string_view name) {
    if (!part.empty()) return;
    missing.append("Authorization header requires '").append(name).append("' parameter. ");
  };
  need(parts.credential, "Credential");
  need(parts.hex, "Signature");
  need(parts.signed_headers, "SignedHeaders");
  if (parts.time.empty()) {
    missing +=
        "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";
  }
  if (!missing.empty()) {
    throw incomplete(missing + "Authorization=" + std::string(authorization.substr(0, 16)));
  }
  return parts;
}

Parts parts_of_query(const HttpRequest& request, const QueryFields& query) {
  const Parts parts{credential_text_of(request), query.get("X-Amz-SignedHeaders"),
                    query.get("X-Amz-Signature"), query.get("X-Amz-Date")};
  std::string missing;
  const auto need = [&missing](const std::string& part, std::string_view name) {
    if (!part.empty()) return;
    missing.append("AWS query-string parameters must include '").append(name).append("'. ");
  };
  need(parts.credential, "X-Amz-Credential");
  need(parts.hex, "X-Amz-Signature");
  need(parts.signed_headers, "X-Amz-SignedHeaders");
  need(parts.time, "X-Amz-Date");
  if (!missing.empty()) throw incomplete(missing + "Re-examine the query-string parameters.");
  return parts;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const auto end = std::min(text.find(separator, begin), text.size());
    parts.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

// The access key's id is what stands before the last four parts.
void read_credential(const std::string& credential, Signature& signature) {
  const auto parts = split(credential, '/');
  if (parts.size() != 5) {
    throw incomplete(
        "Credential must have exactly 5 slash-delimited elements, e.g. "
        "keyid/date/region/service/term, got '" +
        credential + "'");
  }
  if (parts[4] != terminator) {
    throw Refusal{RefusalKind::mismatch, "Credential should be scoped with a valid terminator: '" +
                                             std::string(terminator) + "', not '" + parts[4] +
                                             "'."};
  }
  signature.access_key = parts[0];
  signature.date = parts[1];
  signature.region = parts[2];
  signature.service = parts[3];
}

std::string signing_key(std::string_view secret, const Signature& signature) {
  std::string key = core::hmac_sha256("AWS4" + std::string(secret), signature.date);
  key = core::hmac_sha256(key, signature.region);
  key = core::hmac_sha256(key, signature.service);
  return core::hmac_sha256(key, terminator);
}

std::string minutes(std::int64_t ms) {
  return std::to_string(ms / 60'000) + " min.";
}

void check_expiry(const Signature& signature, std::int64_t signed_ms, std::int64_t now_ms) {
  const std::int64_t until_ms = signed_ms + signature.expires_s * 1'000;
  if (now_ms < until_ms) return;
  throw Refusal{RefusalKind::url_expired, "Signature expired: " + signature.time +
                                              " is now earlier than " +
                                              signature_time(now_ms - signature.expires_s * 1'000) +
                                              " (" + signature_time(now_ms) + " - " +
                                              std::to_string(signature.expires_s) + " sec.)"};
}

}  // namespace

std::optional<std::int64_t> signature_time_ms(std::string_view time) {
  constexpr std::string_view shape = "00000000T000000Z";
  if (time.size() != shape.size()) return std::nullopt;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (shape[i] == '0' ? !core::is_digit(time[i]) : time[i] != shape[i]) return std::nullopt;
  }
  const auto number = [time](std::size_t at, std::size_t digits) {
    return static_cast<int>(*core::parse_number(time.substr(at, digits)));
  };
  namespace chrono = std::chrono;
  const chrono::year_month_day day{chrono::year{number(0, 4)},
                                   chrono::month{static_cast<unsigned>(number(4, 2))},
                                   chrono::day{static_cast<unsigned>(number(6, 2))}};
  if (!day.ok()) return std::nullopt;
  const std::int64_t days = chrono::sys_days{day}.time_since_epoch().count();
  const std::int64_t whole_minutes = (days * 24 + number(9, 2)) * 60 + number(11, 2);
  return (whole_minutes * 60 + number(13, 2)) * 1'000;
}

std::string signature_time(std::int64_t epoch_ms) {
  std::string text = core::iso8601_s(epoch_ms);
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text;
}

std::string scoped(const Signature& signature, std::string_view kind) {
  return std::string(kind) + "\n" + signature.time + "\n" + signature.date + "/" +
         signature.region + "/" + signature.service + "/" + std::string(terminator);
}

Signature signature_of(const HttpRequest& request) {
  Signature signature;
  Parts parts;
  const auto authorization = request.headers.get("Authorization");
  const QueryFields query(request.query());
  if (authorization.starts_with(algorithm)) {
    parts = parts_of_header(request, authorization);
  } else if (query.get("X-Amz-Algorithm") == algorithm) {
    parts = parts_of_query(request, query);
    signature.in_query = true;
    const auto expires = core::parse_number(query.get("X-Amz-Expires"));
    const std::uint64_t most = limits::max_expires_s;
    if (expires) signature.expires_s = static_cast<std::int64_t>(std::min(*expires, most));
  } else if (!authorization.empty() || query.has("X-Amz-Algorithm") || query.has("Signature")) {
    throw incomplete(
        "The authorization mechanism you have provided is not supported. Please use "
        "AWS4-HMAC-SHA256.");
  } else {
    throw Refusal{RefusalKind::not_signed};
  }
  read_credential(parts.credential, signature);
  signature.time = parts.time;
  signature.hex = parts.hex;
  signature.signed_headers = split(parts.signed_headers, ';');
  return signature;
}

void check_time(const Signature& signature, std::int64_t now_ms) {
  const auto read_ms = signature_time_ms(signature.time);
  if (!read_ms) {
    throw incomplete("Date must be in ISO-8601 'basic format'. Got '" + signature.time +
                     "'. See http://en.wikipedia.org/wiki/ISO_8601");
  }
  const std::int64_t signed_ms = *read_ms;
  if (signature.time.substr(0, 8) != signature.date) {
    throw Refusal{RefusalKind::mismatch,
                  "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date "
                  "from HTTP: '" +
                      signature.date + "' != '" + signature.time.substr(0, 8) + "', from '" +
                      signature.time + "'."};
  }
  const std::int64_t skew_ms =
      signature.service == "s3" ? limits::max_clock_skew_of_s3_ms : limits::max_clock_skew_ms;
  if (signed_ms > now_ms + skew_ms) {
    throw Refusal{RefusalKind::expired,
                  "Signature not yet current: " + signature.time + " is still later than " +
                      signature_time(now_ms + skew_ms) + " (" + signature_time(now_ms) + " + " +
                      minutes(skew_ms) + ")"};
  }
  if (signature.expires_s > 0) return check_expiry(signature, signed_ms, now_ms);
  if (signed_ms >= now_ms - skew_ms) return;
  throw Refusal{RefusalKind::expired, "Signature expired: " + signature.time +
                                          " is now earlier than " +
                                          signature_time(now_ms - skew_ms) + " (" +
                                          signature_time(now_ms) + " - " + minutes(skew_ms) + ")"};
}

void check_signature(const HttpRequest& request, const Signature& signature,
                     std::string_view secret_access_key) {
  if (!std::ranges::count(signature.signed_headers, "host")) {
    throw Refusal{RefusalKind::mismatch,
                  "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."};
  }
  if (!payload_is_as_signed(request, signature)) throw Refusal{RefusalKind::payload};
  const auto key = signing_key(secret_access_key, signature);
  const auto string_to_sign = scoped(signature, algorithm) + "\n" +
                              core::hex(core::sha256(canonical_request(request, signature)));
  const auto expected = core::hex(core::hmac_sha256(key, string_to_sign));
  if (!core::equal_in_constant_time(expected, signature.hex) ||
      !chunks_are_as_signed(request, signature, key)) {
    throw Refusal{RefusalKind::mismatch};
  }
}

}  // namespace votemu::wire
