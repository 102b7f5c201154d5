#include "net/websocket_session.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <deque>
#include <utility>

#include "core/timers.h"
#include "net/channel_operations.h"
#include "net/limits.h"
#include "net/server.h"

namespace votemu::net {
namespace asio = boost::asio;
namespace http = boost::beast::http;
namespace websocket = boost::beast::websocket;
using boost::system::error_code;

namespace {

std::size_t cost(const std::string& packet) {
  return packet.size() + limits::websocket_packet_overhead_bytes;
}

}  // namespace

struct WebSocketSession::Stream {
  explicit Stream(Channel channel) : websocket(std::move(channel)) {}

  websocket::stream<Channel> websocket;
  std::array<char, 4096> input{};
  std::deque<std::shared_ptr<const std::string>> queue;
  std::size_t queued_bytes = 0;
  std::string outgoing;  // the message being written
  std::unique_ptr<WebSocketPeer> peer;
  core::Timer close_timer;
  bool open = false;
  bool writing = false;
  bool flush_scheduled = false;
  bool closing = false;
  bool closed = false;
};

WebSocketSession::WebSocketSession(Server& server, Channel channel)
    : server_(server), stream_(std::make_unique<Stream>(std::move(channel))) {}

WebSocketSession::~WebSocketSession() = default;

void WebSocketSession::accept(wire::HttpRequest request, const std::string& subprotocol) {
  auto handshake = std::make_shared<http::request<http::string_body>>();
  handshake->version(11);
  handshake->method(http::verb::get);
  handshake->target(request.target);
  for (const auto& [name, value] : request.headers) handshake->insert(name, value);
  auto& websocket = stream_->websocket;
  websocket.binary(true);
  websocket.auto_fragment(false);
  // Beast ends a broken connection by itself and by its own clock; idleness is MQTT's to judge.
  websocket.set_option(
      websocket::stream_base::timeout{std::chrono::milliseconds(limits::websocket_failure_grace_ms),
                                      websocket::stream_base::none(), false});
  websocket.set_option(
      websocket::stream_base::decorator([subprotocol](websocket::response_type& r) {
        if (!subprotocol.empty()) r.set(http::field::sec_websocket_protocol, subprotocol);
      }));
  auto original = std::make_shared<wire::HttpRequest>(std::move(request));
  websocket.async_accept(
      *handshake, [self = shared_from_this(), handshake, original](const error_code& error) {
        auto& stream = *self->stream_;
        if (stream.closed) return;
        if (error) return self->abort();
        stream.open = true;
        stream.peer = self->server_.application().open_websocket(*original, *self);
        self->read();
      });
}

// Pieces of frames as they come: a message needs no buffer, however long it is.
void WebSocketSession::read() {
  auto& stream = *stream_;
  stream.websocket.async_read_some(
      asio::buffer(stream.input),
      [self = shared_from_this()](const error_code& error, std::size_t size) {
        auto& state = *self->stream_;
        if (state.closed) return;
        if (error == websocket::error::closed && state.peer) state.peer->said_goodbye();
        if (error || !state.websocket.got_binary()) return self->abort();
        if (state.peer) state.peer->receive({state.input.data(), size});
        if (!state.closed) self->read();
      });
}

void WebSocketSession::send(std::shared_ptr<const std::string> bytes) {
  auto& stream = *stream_;
  if (stream.closing || stream.closed) return;
  stream.queued_bytes += cost(*bytes);
  stream.queue.push_back(std::move(bytes));
  schedule_flush();
}

std::size_t WebSocketSession::unsent_bytes() const {
  return stream_->queued_bytes + stream_->outgoing.size();
}

void WebSocketSession::close() {
  auto& stream = *stream_;
  if (stream.closing || stream.closed) return;
  stream.closing = true;
  stream.close_timer =
      server_.timers().after(limits::websocket_close_grace_ms, [this] { abort(); });
  schedule_flush();
}

void WebSocketSession::stop() {
  close();
}

void WebSocketSession::abort() {
  auto& stream = *stream_;
  if (stream.closed) return;
  stream.closed = true;
  const auto self = shared_from_this();
  stream.close_timer.cancel();
  stream.peer.reset();
  stream.queue.clear();
  stream.queued_bytes = 0;
  stream.websocket.next_layer().close();
  server_.remove(self);
}

void WebSocketSession::schedule_flush() {
  auto& stream = *stream_;
  if (stream.flush_scheduled || stream.writing) return;
  stream.flush_scheduled = true;
  server_.turn().hold([self = shared_from_this()] {
    self->stream_->flush_scheduled = false;
    self->flush();
  });
}

// Everything that waits leaves as one message, up to a bound.
void WebSocketSession::flush() {
  auto& stream = *stream_;
  if (stream.closed || stream.writing || !stream.open) return;
  if (stream.queue.empty()) {
    if (stream.closing) say_goodbye();
    return;
  }
  while (!stream.queue.empty() && stream.outgoing.size() < limits::websocket_message_bytes) {
    stream.queued_bytes -= cost(*stream.queue.front());
    stream.outgoing.append(*stream.queue.front());
    stream.queue.pop_front();
  }
  stream.writing = true;
  stream.websocket.async_write(asio::buffer(stream.outgoing),
                               [self = shared_from_this()](const error_code& error, std::size_t) {
                                 auto& state = *self->stream_;
                                 state.writing = false;
                                 state.outgoing.clear();
                                 if (state.closed) return;
                                 if (error) return self->abort();
                                 // What was queued meanwhile may belong to a turn that has not
                                 // committed yet.
                                 if (!state.queue.empty() || state.closing) self->schedule_flush();
                               });
}

void WebSocketSession::say_goodbye() {
  stream_->writing = true;
  const auto code =
      server_.stopping() ? websocket::close_code::going_away : websocket::close_code::normal;
  stream_->websocket.async_close(code,
                                 [self = shared_from_this()](const error_code&) { self->abort(); });
}

}  // namespace votemu::net
