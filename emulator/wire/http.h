// HTTP messages as the rest of votemu sees them: no sockets, no parser.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/byte_source.h"

namespace votemu::wire {

// Header fields in the order in which they came; names compare without case.
class Headers {
 public:
  using Field = std::pair<std::string, std::string>;

  Headers() = default;
  Headers(std::initializer_list<Field> fields) : fields_(fields) {}

  void add(std::string name, std::string value);
  // Replaces every field of that name.
  void set(std::string name, std::string value);
  // The first field's value, or nullptr.
  const std::string* find(std::string_view name) const;
  // The first field's value, or "".
  std::string_view get(std::string_view name) const;
  // Whether a comma-separated field holds that token, compared without case.
  bool has_token(std::string_view name, std::string_view token) const;

  auto begin() const { return fields_.begin(); }
  auto end() const { return fields_.end(); }
  const std::vector<Field>& fields() const { return fields_; }

 private:
  std::vector<Field> fields_;
};

struct HttpRequest {
  std::string method;
  std::string target;  // as sent: path and query, still percent-encoded
  Headers headers;
  std::string body;
  std::string source_ip;
  bool secure = false;  // it came over TLS

  std::string_view path() const;
  std::string_view query() const;  // without '?'
};

struct HttpResponse {
  int status = 200;
  Headers headers;
  std::string body;
  // What follows `body`, too much to be held: `rest_size` bytes from `rest`. An answer to HEAD has
  // the size alone.
  std::uint64_t rest_size = 0;
  std::shared_ptr<core::ByteSource> rest = nullptr;
};

// "OK", "Not Found"; "Unknown" for a status that HTTP does not name.
std::string_view reason_phrase(int status);

// The response's bytes for HTTP/1.1. Content-Length, Connection and, unless it is empty, Date are
// set here, whatever the response says of them; a HEAD answer has no body. Without the bytes of
// `rest`.
void append_response(std::string& out, const HttpResponse& response, bool keep_alive,
                     bool head_request, std::string_view date = {});

}  // namespace votemu::wire
