#include "net/http_parser.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <cstdint>
#include <utility>

#include "core/limits.h"
#include "core/text.h"
#include "net/limits.h"

namespace votemu::net {
namespace http = boost::beast::http;

namespace {

using boost::beast::error_code;

HttpParser::Problem problem_of(const error_code& error) {
  if (error == http::error::header_limit) return HttpParser::Problem::header_too_large;
  if (error == http::error::body_limit) return HttpParser::Problem::body_too_large;
  return HttpParser::Problem::malformed;
}

bool is_absolute(std::string_view target) {
  const auto scheme = target.substr(0, std::min(target.find("://"), target.size()));
  if (scheme.size() == target.size()) return false;
  return core::equals_ignoring_case(scheme, "http") || core::equals_ignoring_case(scheme, "https");
}

// Beast also takes "4, 4" for a length.
bool is_number(std::string_view text) {
  return text.find_first_not_of("0123456789") == text.npos;
}

// Beast's parser of one message: it knows how HTTP is read, what it finds goes into the request.
class MessageParser final : public http::basic_parser<true> {
 public:
  explicit MessageParser(wire::HttpRequest& request) : request_(request) {
    eager(true);
    header_limit(core::limits::max_header_bytes);
    body_limit(core::limits::max_body_bytes);
  }

  int version() const { return version_; }  // 11 for HTTP/1.1
  // RFC 9112, section 3.2.
  bool names_host_rightly() const { return hosts_ == 1 || (hosts_ == 0 && version_ < 11); }
  // RFC 9112, section 6. Of what Beast takes for chunked or for a length, others read some in
  // another way: one field must say all.
  bool tells_body_rightly() const {
    return (lengths_ == 0 || one_length_) && (codings_ == 0 || (only_chunked_ && version_ >= 11));
  }

 private:
  using Text = boost::beast::string_view;
  static std::string_view view(Text text) { return {text.data(), text.size()}; }

  void on_request_impl(http::verb, Text method, Text target, int version, error_code&) override {
    request_.method = view(method);
    version_ = version;
    take_target(view(target));
  }
  void on_field_impl(http::field field, Text name, Text value, error_code&) override {
    if (is_header_done()) return;  // a trailer is no header: RFC 9110, section 6.5.1
    if (field == http::field::host) ++hosts_;
    if (field == http::field::content_length) {
      one_length_ = ++lengths_ == 1 && is_number(view(value));
    }
    if (field == http::field::transfer_encoding) {
      only_chunked_ = ++codings_ == 1 && core::equals_ignoring_case(view(value), "chunked");
    }
    if (field == http::field::host && target_names_host_) return;
    request_.headers.add(view(name), view(value));
  }
  // "http://host/path", as clients send it that take votemu for their proxy, is "/path" at that
  // host whatever the Host field says (RFC 9112, section 3.2.2).
  void take_target(std::string_view target) {
    target_names_host_ = !target.starts_with('/') && is_absolute(target);
    request_.target.clear();
    if (target_names_host_) {
      target.remove_prefix(target.find("://") + 3);
      const auto host = target.substr(0, target.find_first_of("/?"));
      request_.headers.add("Host", host);
      target.remove_prefix(host.size());
      if (!target.starts_with('/')) request_.target = "/";
    }
    request_.target.append(target);
  }
  void on_body_init_impl(const boost::optional<std::uint64_t>& size, error_code&) override {
    if (size) request_.body.reserve(std::min<std::uint64_t>(*size, limits::reserved_body_bytes));
  }
  std::size_t on_body_impl(Text piece, error_code&) override {
    request_.body.append(view(piece));
    return piece.size();
  }
  std::size_t on_chunk_body_impl(std::uint64_t, Text piece, error_code&) override {
    request_.body.append(view(piece));
    return piece.size();
  }
  void on_response_impl(int, Text, int, error_code&) override {}
  void on_header_impl(error_code&) override {}
  void on_chunk_header_impl(std::uint64_t, Text, error_code&) override {}
  void on_finish_impl(error_code&) override {}

  wire::HttpRequest& request_;
  int version_ = 0;
  int hosts_ = 0;
  int lengths_ = 0;
  bool one_length_ = false;
  int codings_ = 0;
  bool only_chunked_ = false;
  bool target_names_host_ = false;
};

}  // namespace

struct HttpParser::State {
  wire::HttpRequest request;
  std::optional<MessageParser> parser{std::in_place, request};
  bool expectation_taken = false;
};

HttpParser::HttpParser() : state_(std::make_unique<State>()) {}
HttpParser::~HttpParser() = default;

std::size_t HttpParser::feed(std::string_view bytes) {
  auto& parser = *state_->parser;
  std::size_t taken = 0;
  // One call takes the header or a piece of the body; a chunked body takes several.
  while (taken < bytes.size() && !parser.is_done()) {
    error_code error;
    const auto rest = bytes.substr(taken);
    const std::size_t used = parser.put(boost::asio::buffer(rest.data(), rest.size()), error);
    taken += used;
    if (error == http::error::need_more) break;
    if (error) {
      problem_ = problem_of(error);
      break;
    }
    if (used == 0) break;
  }
  const bool understood = parser.names_host_rightly() && parser.tells_body_rightly();
  if (problem_ == Problem::none && parser.is_header_done() && !understood) {
    problem_ = Problem::malformed;
  }
  // A chunk's size with its extensions, or the trailer, that does not come to its end.
  if (problem_ == Problem::none && parser.is_header_done() && !parser.is_done() &&
      bytes.size() - taken > core::limits::max_header_bytes) {
    problem_ = Problem::header_too_large;
  }
  return taken;
}

bool HttpParser::idle() const {
  return !state_->parser->got_some();
}
bool HttpParser::done() const {
  return state_->parser->is_done();
}
bool HttpParser::keep_alive() const {
  return state_->parser->keep_alive();
}

bool HttpParser::take_expectation() {
  const auto& parser = *state_->parser;
  if (state_->expectation_taken || !parser.is_header_done() || parser.is_done()) return false;
  state_->expectation_taken = true;
  return parser.version() >= 11 &&
         core::equals_ignoring_case(state_->request.headers.get("Expect"), "100-continue");
}

bool HttpParser::upgrade() const {
  const auto& request = state_->request;
  return state_->parser->upgrade() && state_->parser->version() >= 11 && request.method == "GET" &&
         request.headers.has_token("Upgrade", "websocket");
}

wire::HttpRequest& HttpParser::request() {
  return state_->request;
}

const wire::HttpRequest& HttpParser::request() const {
  return state_->request;
}

void HttpParser::next() {
  auto& request = state_->request;
  if (request.headers.kept_bytes() + request.body.capacity() > limits::kept_request_bytes) {
    wire::HttpRequest fresh;  // to be assigned an empty string would not give memory back
    std::swap(request, fresh);
  }
  request.headers.clear();
  request.body.clear();
  state_->parser.emplace(request);
  state_->expectation_taken = false;
}

}  // namespace votemu::net
