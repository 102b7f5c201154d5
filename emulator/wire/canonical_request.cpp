#include "wire/canonical_request.h"

#include <algorithm>

#include "core/digest.h"
#include "core/text.h"
#include "wire/query_fields.h"

namespace votemu::wire {
namespace {

constexpr std::string_view unsigned_payload = "UNSIGNED-PAYLOAD";
constexpr std::string_view streaming_prefix = "STREAMING-";

// S3 takes a path as it is; elsewhere empty and dot segments are resolved.
std::string normalized(std::string_view path) {
  std::vector<std::string_view> kept;
  for (std::size_t begin = 1; begin <= path.size();) {
    const auto end = std::min(path.find('/', begin), path.size());
    const auto segment = path.substr(begin, end - begin);
    if (segment == "..") {
      if (!kept.empty()) kept.pop_back();
    } else if (!segment.empty() && segment != ".") {
      kept.push_back(segment);
    }
    begin = end + 1;
  }
  std::string out;
  for (const auto segment : kept) out.append("/").append(segment);
  if (out.empty() || path.ends_with('/')) out.push_back('/');
  return out;
}

// What was sent is encoded once already: S3 signs that, the others sign it encoded once more.
std::string canonical_path(const HttpRequest& request, const Signature& signature) {
  if (signature.service == "s3") {
    return core::percent_encode(core::percent_decode(request.path()), "/");
  }
  return core::percent_encode(normalized(request.path()), "/");
}

// IoT's clients add the session token after they have signed the URL.
bool is_signed_field(const Signature& signature, std::string_view name) {
  if (!signature.in_query) return true;
  if (name == "X-Amz-Signature") return false;
  return !(name == "X-Amz-Security-Token" && signature.service == "iotdevicegateway");
}

std::string canonical_query(const HttpRequest& request, const Signature& signature) {
  std::vector<std::pair<std::string, std::string>> fields;
  const QueryFields query(request.query());
  for (const auto& [name, value] : query.all()) {
    if (!is_signed_field(signature, name)) continue;
    fields.emplace_back(core::percent_encode(name), core::percent_encode(value));
  }
  std::ranges::sort(fields);
  std::string out;
  for (const auto& [name, value] : fields) {
    out.append(out.empty() ? "" : "&").append(name).append("=").append(value);
  }
  return out;
}

// Without white space at the ends, and one space for many.
void append_trimmed(std::string& out, std::string_view value) {
  const std::size_t begin = out.size();
  for (const char c : value) {
    const bool blank = c == ' ' || c == '\t';
    if (blank && (out.size() == begin || out.back() == ' ')) continue;
    out.push_back(blank ? ' ' : c);
  }
  if (out.size() > begin && out.back() == ' ') out.pop_back();
}

std::string canonical_headers(const HttpRequest& request, const Signature& signature) {
  std::string out;
  for (const auto& name : signature.signed_headers) {
    out.append(name).append(":");
    bool first = true;
    for (const auto [field, value] : request.headers) {
      if (!core::equals_ignoring_case(field, name)) continue;
      if (!first) out.push_back(',');
      append_trimmed(out, value);
      first = false;
    }
    out.push_back('\n');
  }
  return out;
}

std::string signed_payload_hash(const HttpRequest& request, const Signature& signature) {
  const auto stated = request.headers.get("x-amz-content-sha256");
  if (signature.service == "s3") {
    return std::string(signature.in_query || stated.empty() ? unsigned_payload : stated);
  }
  if (stated == unsigned_payload) return std::string(stated);
  return core::hex(core::sha256(request.body));
}

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const auto& name : names) out.append(out.empty() ? "" : ";").append(name);
  return out;
}

}  // namespace

bool payload_is_as_signed(const HttpRequest& request, const Signature& signature) {
  if (signature.in_query) return true;
  const auto stated = request.headers.get("x-amz-content-sha256");
  if (stated.empty() || stated == unsigned_payload || stated.starts_with(streaming_prefix)) {
    return true;
  }
  return stated == core::hex(core::sha256(request.body));
}

std::string canonical_request(const HttpRequest& request, const Signature& signature) {
  return request.method + "\n" + canonical_path(request, signature) + "\n" +
         canonical_query(request, signature) + "\n" + canonical_headers(request, signature) + "\n" +
         joined(signature.signed_headers) + "\n" + signed_payload_hash(request, signature);
}

}  // namespace votemu::wire
