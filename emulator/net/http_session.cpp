#include "net/http_session.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <limits>
#include <utility>

#include "core/limits.h"
#include "net/server.h"
#include "net/websocket_handshake.h"
#include "net/websocket_session.h"

namespace votemu::net {
namespace asio = boost::asio;
using boost::system::error_code;

namespace {

wire::HttpResponse problem_response(HttpParser::Problem problem) {
  switch (problem) {
    case HttpParser::Problem::header_too_large:
      return {431, {{"Content-Type", "text/plain"}}, "Request Header Fields Too Large"};
    case HttpParser::Problem::too_slow:
      return {408, {{"Content-Type", "text/plain"}}, "The request took too long to arrive"};
    default:
      return {400, {{"Content-Type", "text/plain"}}, "Bad Request"};
  }
}

}  // namespace

wire::HttpResponse Application::refuse_large(const wire::HttpRequest&) {
  return {413, {{"Content-Type", "text/plain"}}, "HTTP content length exceeded 10485760 bytes."};
}

HttpSession::HttpSession(Server& server, Channel channel, std::string source_ip)
    : server_(server),
      channel_(std::move(channel)),
      source_ip_(std::move(source_ip)),
      held_(server.held_total()),
      last_activity_ms_(server.clock().steady_ms()) {}

void HttpSession::start() {
  watch_deadline();
  wait_readable();
}

Standing HttpSession::standing() const {
  return {last_activity_ms_, held_.get(), !answering_};
}

// Small requests, which most are, cost a comparison or two.
void HttpSession::tell_held() {
  if (closed_) return;
  const auto& request = parser_.request();
  held_.set(input_.size() + request.body.size() + output_.size() + sending_.size());
}

void HttpSession::stop() {
  if (!parser_.idle() && !answering_) return;
  if (!owes()) return abort();
  keep_alive_ = false;
}

void HttpSession::abort() {
  if (closed_) return;
  closed_ = true;
  held_.set(0);
  const auto self = shared_from_this();
  if (!owes()) channel_.shutdown_send();
  answering_.reset();
  rest_.reset();  // now: a write that is given up keeps the session until the loop gets to it
  deadline_.cancel();
  channel_.close();
  server_.remove(self);
}

bool HttpSession::owes() const {
  return answering_ || rest_ || !output_.empty() || writing();
}

void HttpSession::wait_readable() {
  if (reading_ || closed_ || input_.size() >= limits::max_pipelined_bytes) return;
  reading_ = true;
  channel_.wait_readable([self = shared_from_this()](const error_code& error) {
    self->reading_ = false;
    if (self->closed_) return;
    if (error) return self->abort();
    self->read();
  });
}

void HttpSession::read() {
  auto& buffer = server_.read_buffer();
  error_code error;
  const bool was_secure = channel_.secure();
  const std::size_t size = channel_.read_some(buffer.data(), buffer.size(), error);
  if (channel_.secure() && !was_secure) begin_handshake();
  if (error == asio::error::would_block) return wait_readable();
  if (error == asio::error::eof && (!output_.empty() || writing() || rest_)) {
    keep_alive_ = false;  // a client that only reads from now on still gets its answer
    return;
  }
  if (error) return abort();
  last_activity_ms_ = server_.clock().steady_ms();
  if (!lingering_) consume({buffer.data(), size});
  server_.make_room_later();
  wait_readable();
}

// Its deadline is nearer than that of a connection on which nothing has come.
void HttpSession::begin_handshake() {
  last_activity_ms_ = server_.clock().steady_ms();
  watch_deadline();
}

bool HttpSession::may_begin_request() const {
  return !closed_ && !lingering_ && !answering_ && !rest_ && keep_alive_ && server_.has_room() &&
         output_.size() < limits::max_output_bytes;
}

// Feeds the parser from `bytes` behind what had to wait, and keeps what is left.
void HttpSession::consume(std::string_view bytes) {
  if (consuming_ || !may_begin_request()) {
    input_.append(bytes);
    tell_held();
    if (!server_.has_room()) schedule_flush();  // there is room after the turn
    return;
  }
  consuming_ = true;
  const auto self = shared_from_this();
  std::string joined;
  if (!input_.empty()) {
    joined = std::exchange(input_, {});
    joined.append(bytes);
    bytes = joined;
  }
  std::size_t begun = 0;
  while (!bytes.empty() && may_begin_request() && begun < limits::max_requests_at_once) {
    if (request_began_ms_ == 0) request_began_ms_ = std::max<std::int64_t>(last_activity_ms_, 1);
    const std::size_t taken = parser_.feed(bytes);
    bytes.remove_prefix(taken);
    if (parser_.problem() != HttpParser::Problem::none) {
      reject(parser_.problem());
      bytes = {};
    } else if (parser_.done()) {
      begin_request();
      ++begun;
    } else {
      if (parser_.take_expectation()) {
        output_.append("HTTP/1.1 100 Continue\r\n\r\n");
        schedule_flush();
      }
      if (taken == 0) break;
    }
  }
  if (!closed_) input_.assign(bytes);
  consuming_ = false;
  tell_held();
}

void HttpSession::begin_request() {
  request_began_ms_ = 0;
  if (parser_.upgrade()) return upgrade_to_websocket();
  keep_alive_ = parser_.keep_alive() && !server_.stopping();
  auto& request = parser_.request();
  request.source_ip = source_ip_;
  request.secure = channel_.secure();
  auto answer = server_.application().handle(request);
  if (auto* response = std::get_if<wire::HttpResponse>(&answer)) return end_request(*response);
  answering_ = std::get<Answering>(std::move(answer));
  answering_.start([this] {
    auto outcome = answering_.outcome();
    answering_.reset();
    end_request(outcome.take());
  });
}

void HttpSession::end_request(const wire::HttpResponse& response) {
  const bool head_request = parser_.request().method == "HEAD";
  parser_.next();
  respond(response, head_request);
}

void HttpSession::reject(HttpParser::Problem problem) {
  keep_alive_ = false;
  if (problem == HttpParser::Problem::body_too_large) {
    const auto& request = parser_.request();
    return respond(server_.application().refuse_large(request), request.method == "HEAD");
  }
  respond(problem_response(problem), false);
}

// A client that is late hears of it; one that only keeps its connection does not.
void HttpSession::expire() {
  if (request_began_ms_ == 0 || owes() || lingering_) return abort();
  request_began_ms_ = 0;
  reject(HttpParser::Problem::too_slow);
  watch_deadline();
}

void HttpSession::upgrade_to_websocket() {
  if (!output_.empty() || writing()) return reject(HttpParser::Problem::malformed);
  auto& request = parser_.request();
  request.source_ip = source_ip_;
  request.secure = channel_.secure();
  const auto answer = server_.application().answer_upgrade(request);
  if (const auto* refusal = std::get_if<wire::HttpResponse>(&answer)) {
    keep_alive_ = false;
    return end_request(*refusal);
  }
  if (const auto refusal = refuse_handshake(request)) {
    keep_alive_ = false;
    return respond(*refusal, false);
  }
  closed_ = true;  // the socket goes on as the WebSocket's
  held_.set(0);
  deadline_.cancel();
  const auto websocket = std::make_shared<WebSocketSession>(server_, std::move(channel_));
  server_.add(websocket);
  server_.remove(shared_from_this());
  websocket->accept(request, std::get<std::string>(answer));
}

void HttpSession::respond(const wire::HttpResponse& response, bool head_request) {
  if (server_.stopping()) keep_alive_ = false;
  last_activity_ms_ = server_.clock().steady_ms();
  wire::append_response(output_, response, keep_alive_, head_request, server_.date());
  if (!head_request) rest_ = response.rest;
  tell_held();
  schedule_flush();
}

// The answer's next piece; a client that reads slowly gets them as it reads.
void HttpSession::send_rest() {
  last_activity_ms_ = server_.clock().steady_ms();
  try {
    const std::string piece = rest_->next();
    if (piece.empty()) rest_.reset();
    output_.append(piece);
  } catch (const std::exception&) {
    return abort();  // the client sees that the answer is shorter than was said
  }
  if (output_.empty()) return after_flush();
  schedule_flush();
}

void HttpSession::schedule_flush() {
  if (flush_scheduled_ || writing()) return;
  flush_scheduled_ = true;
  server_.flush_later(shared_from_this());
}

// Tries the write at once: it nearly always fits the socket's buffer.
void HttpSession::flush() {
  flush_scheduled_ = false;
  if (closed_) return;
  if (output_.empty()) return consume_later();
  error_code error;
  const std::size_t written = channel_.write_some(output_, error);
  if (error && error != asio::error::would_block) return abort();
  sending_.assign(output_, written);  // no more memory than it takes: it may be for long
  output_.clear();
  if (output_.capacity() > limits::kept_output_bytes) std::string().swap(output_);
  tell_held();
  if (!writing()) return after_flush();
  send_later();
}

void HttpSession::send_later() {
  channel_.wait_writable([self = shared_from_this()](error_code error) {
    if (self->closed_) return;
    if (!error) self->send_on(error);
    if (error && error != asio::error::would_block) self->abort();
  });
}

void HttpSession::send_on(error_code& error) {
  const std::size_t written = channel_.write_some(std::string_view(sending_).substr(sent_), error);
  if (error && error != asio::error::would_block) return;
  if (written > 0) last_activity_ms_ = server_.clock().steady_ms();
  sent_ += written;
  if (sent_ < sending_.size()) return send_later();
  std::string().swap(sending_);
  sent_ = 0;
  tell_held();
  if (!output_.empty()) return schedule_flush();
  after_flush();
}

// Released outputs may not change the store: what waits in `input_` is for the next turn.
void HttpSession::after_flush() {
  if (rest_) {
    asio::post(channel_.get_executor(), [self = shared_from_this()] {
      if (!self->closed_ && self->rest_) self->send_rest();
    });
    return;
  }
  if (!keep_alive_ && !answering_) return linger();
  if (input_.empty()) return wait_readable();
  consume_later();
}

void HttpSession::consume_later() {
  asio::post(channel_.get_executor(), [self = shared_from_this()] {
    if (self->closed_) return;
    self->consume({});
    self->wait_readable();
  });
}

// Closing with unread bytes would reset the connection and could take the answer with it.
void HttpSession::linger() {
  channel_.shutdown_send();
  lingering_ = true;
  input_.clear();
  deadline_ = server_.timers().after(limits::lingering_close_ms, [this] { abort(); });
  wait_readable();
}

std::int64_t HttpSession::deadline_ms() const {
  if (answering_) return std::numeric_limits<std::int64_t>::max();
  if (channel_.handshaking()) return last_activity_ms_ + limits::tls_handshake_timeout_ms;
  if (request_began_ms_ > 0) return request_began_ms_ + core::limits::slow_request_timeout_ms;
  return last_activity_ms_ + core::limits::idle_connection_timeout_ms;
}

// One timer a connection: it looks whether there was activity instead of being set anew each time.
void HttpSession::watch_deadline() {
  const std::int64_t now_ms = server_.clock().steady_ms();
  const std::int64_t wait_ms =
      std::min(deadline_ms() - now_ms, core::limits::slow_request_timeout_ms);
  deadline_ = server_.timers().after(std::max<std::int64_t>(wait_ms, 1), [this] {
    if (deadline_ms() <= server_.clock().steady_ms()) return expire();
    watch_deadline();
  });
}

}  // namespace votemu::net
