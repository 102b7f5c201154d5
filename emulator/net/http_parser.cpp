#include "net/http_parser.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <utility>

#include "core/limits.h"

namespace votemu::net {
namespace http = boost::beast::http;

namespace {

std::string text(boost::beast::string_view view) {
  return {view.data(), view.size()};
}

HttpParser::Problem problem_of(const boost::beast::error_code& error) {
  if (error == http::error::header_limit) return HttpParser::Problem::header_too_large;
  if (error == http::error::body_limit) return HttpParser::Problem::body_too_large;
  return HttpParser::Problem::malformed;
}

}  // namespace

struct HttpParser::State {
  http::request_parser<http::string_body> parser;
  bool expectation_taken = false;

  State() {
    parser.eager(true);
    parser.header_limit(core::limits::max_header_bytes);
    parser.body_limit(core::limits::max_body_bytes);
  }
};

HttpParser::HttpParser() {
  reset();
}
HttpParser::~HttpParser() = default;

void HttpParser::reset() {
  state_ = std::make_unique<State>();
}

std::size_t HttpParser::feed(std::string_view bytes) {
  auto& parser = state_->parser;
  std::size_t taken = 0;
  // One call takes the header or a piece of the body; a chunked body takes several.
  while (taken < bytes.size() && !parser.is_done()) {
    boost::beast::error_code error;
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
  // Where a body in another coding ends, nobody could tell.
  if (parser.is_header_done() && !parser.chunked() &&
      parser.get().count(http::field::transfer_encoding) > 0) {
    problem_ = Problem::malformed;
  }
  return taken;
}

bool HttpParser::idle() const {
  return !state_->parser.got_some();
}
bool HttpParser::done() const {
  return state_->parser.is_done();
}
bool HttpParser::keep_alive() const {
  return state_->parser.get().keep_alive();
}

bool HttpParser::take_expectation() {
  auto& parser = state_->parser;
  if (state_->expectation_taken || !parser.is_header_done() || parser.is_done()) return false;
  state_->expectation_taken = true;
  return parser.get().version() >= 11 &&
         boost::beast::iequals(parser.get()[http::field::expect], "100-continue");
}

bool HttpParser::upgrade() const {
  return boost::beast::websocket::is_upgrade(state_->parser.get());
}

wire::HttpRequest HttpParser::take() {
  auto request = header();
  request.body = std::move(state_->parser.get().body());
  reset();
  return request;
}

wire::HttpRequest HttpParser::header() const {
  const auto& message = state_->parser.get();
  wire::HttpRequest request;
  request.method = text(message.method_string());
  request.target = text(message.target());
  for (const auto& field : message)
    request.headers.add(text(field.name_string()), text(field.value()));
  return request;
}

}  // namespace votemu::net
