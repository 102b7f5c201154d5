// HTTP messages as the rest of votemu sees them: no sockets, no parser.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/byte_source.h"

namespace votemu::wire {

// Header fields in the order in which they came; names compare without case. All of them are one
// text, so that a message's fields cost no memory of their own each.
class Headers {
 public:
  // Valid until the fields are changed.
  struct Field {
    std::string_view name;
    std::string_view value;
    bool operator==(const Field&) const = default;
  };

  Headers() = default;
  Headers(std::initializer_list<Field> fields);

  void add(std::string_view name, std::string_view value);
  // Replaces every field of that name.
  void set(std::string_view name, std::string_view value);
  // Keeps the memory.
  void clear();
  // The first field's value.
  std::optional<std::string_view> find(std::string_view name) const;
  // The first field's value, or "".
  std::string_view get(std::string_view name) const { return find(name).value_or(""); }
  // Whether a comma-separated field holds that token, compared without case.
  bool has_token(std::string_view name, std::string_view token) const;

  class Iterator;
  Iterator begin() const;
  Iterator end() const;
  std::size_t size() const { return places_.size(); }
  bool empty() const { return places_.empty(); }
  // Whether a name or a value may hold what ends a field or a text: CR, LF or NUL.
  bool may_break() const;
  std::size_t kept_bytes() const { return text_.capacity(); }

 private:
  struct Place {  // in `text_`; the value follows the name
    std::size_t at;
    std::size_t name_size;
    std::size_t value_size;
  };
  Field field(const Place& place) const {
    const std::string_view name(text_.data() + place.at, place.name_size);
    return {name, {name.data() + name.size(), place.value_size}};
  }

  std::string text_;
  std::vector<Place> places_;
};

class Headers::Iterator {
 public:
  Iterator(const Headers& headers, std::size_t index) : headers_(&headers), index_(index) {}
  Field operator*() const { return headers_->field(headers_->places_[index_]); }
  Iterator& operator++() {
    ++index_;
    return *this;
  }
  bool operator==(const Iterator&) const = default;

 private:
  const Headers* headers_;
  std::size_t index_;
};

inline Headers::Iterator Headers::begin() const {
  return {*this, 0};
}
inline Headers::Iterator Headers::end() const {
  return {*this, places_.size()};
}

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
