#include "wire/aws_chunked.h"

#include <charconv>

#include "core/aws_error.h"
#include "core/text.h"

namespace votemu::wire {
namespace {

constexpr std::string_view coding = "aws-chunked";
constexpr std::string_view line_end = "\r\n";

core::AwsError incomplete_body() {
  return core::AwsError("IncompleteBody",
                        "You did not provide the number of bytes specified by the Content-Length "
                        "HTTP header.");
}

// The line that the text begins with, taken off it.
std::string_view take_line(std::string_view& text) {
  const auto end = text.find(line_end);
  if (end == std::string_view::npos) throw incomplete_body();
  const auto line = text.substr(0, end);
  text.remove_prefix(end + line_end.size());
  return line;
}

// "400;chunk-signature=…": the size is in hex.
std::size_t chunk_size(std::string_view line) {
  const auto digits = line.substr(0, line.find(';'));
  std::size_t size = 0;
  const auto [end, problem] =
      std::from_chars(digits.data(), digits.data() + digits.size(), size, 16);
  if (problem != std::errc() || end != digits.data() + digits.size()) throw incomplete_body();
  return size;
}

std::string_view signature_in(std::string_view line) {
  constexpr std::string_view name = "chunk-signature=";
  const auto at = line.find(name);
  return at == line.npos ? std::string_view() : line.substr(at + name.size());
}

// What follows the last chunk; the empty line at its end is left out by some clients.
Headers read_trailers(std::string_view text) {
  Headers trailers;
  while (!text.empty()) {
    auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    trailers.add(core::trimmed(line.substr(0, colon)), core::trimmed(line.substr(colon + 1)));
  }
  return trailers;
}

}  // namespace

bool is_aws_chunked(const HttpRequest& request) {
  return request.headers.get("x-amz-content-sha256").starts_with("STREAMING-") ||
         request.headers.has_token("Content-Encoding", coding);
}

AwsChunkedBody decode_aws_chunked(const HttpRequest& request) {
  std::string_view rest = request.body;
  AwsChunkedBody body;
  body.bytes.reserve(rest.size());
  for (bool last = false; !last;) {
    const auto line = take_line(rest);
    const auto size = chunk_size(line);
    if (size > rest.size()) throw incomplete_body();
    body.chunks.push_back({signature_in(line), rest.substr(0, size)});
    body.bytes.append(rest.substr(0, size));
    rest.remove_prefix(size);
    last = size == 0;
    if (!last && !take_line(rest).empty()) throw incomplete_body();
  }
  body.trailers = read_trailers(rest);
  const auto expected = request.headers.get("x-amz-decoded-content-length");
  if (!expected.empty() && expected != std::to_string(body.bytes.size())) throw incomplete_body();
  return body;
}

std::string content_encoding_of(const HttpRequest& request) {
  std::string codings;
  auto rest = request.headers.get("Content-Encoding");
  while (!rest.empty()) {
    const auto one = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(one.size() + 1, rest.size()));
    if (core::equals_ignoring_case(core::trimmed(one), coding)) continue;
    codings.append(codings.empty() ? "" : ",").append(core::trimmed(one));
  }
  return codings;
}

}  // namespace votemu::wire
