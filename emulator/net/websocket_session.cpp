#include "net/websocket_session.h"

#include <boost/asio/error.hpp>
#include <utility>

#include "net/limits.h"
#include "net/server.h"
#include "net/websocket_handshake.h"

namespace votemu::net {
namespace asio = boost::asio;
using boost::system::error_code;

namespace {

std::size_t cost(const std::string& packet) {
  return packet.size() + limits::websocket_packet_overhead_bytes;
}

}  // namespace

WebSocketSession::WebSocketSession(Server& server, Channel channel)
    : server_(server),
      channel_(std::move(channel)),
      held_(server.held_total()),
      moved_ms_(server.clock().steady_ms()) {}

void WebSocketSession::accept(const wire::HttpRequest& request, std::string_view subprotocol) {
  sending_ = accept_handshake(request, subprotocol);
  schedule_flush();
  peer_ = server_.application().open_websocket(request, *this);
  wait_readable();
}

void WebSocketSession::wait_readable() {
  channel_.wait_readable([self = shared_from_this()](const error_code& error) {
    if (self->closed_) return;
    if (error) return self->abort();
    self->read();
  });
}

void WebSocketSession::read() {
  auto& buffer = server_.read_buffer();
  error_code error;
  const std::size_t size = channel_.read_some(buffer.data(), limits::websocket_read_bytes, error);
  if (error && error != asio::error::would_block) return abort();
  moved_ms_ = server_.clock().steady_ms();
  consume({buffer.data(), size});
  tell_held();
  server_.make_room_later();
  if (!closed_) wait_readable();
}

// What waits to be sent is shared with other connections, and its owner's to bound.
void WebSocketSession::tell_held() {
  if (!closed_) held_.set(peer_->unread_bytes() + sending_.size());
}

void WebSocketSession::consume(std::span<char> bytes) {
  try {
    while (!closed_ && !peer_ended_) {
      const auto piece = reader_.next(bytes);
      if (!piece) return;
      take(*piece);
    }
  } catch (const FrameError& error) {
    end_input(error.code);
  }
}

void WebSocketSession::take(const FrameReader::Piece& piece) {
  switch (piece.opcode) {
    case Opcode::binary:
      return peer_->receive(piece.payload);
    case Opcode::ping:
      if (closing()) return;
      pong_ = piece.payload;
      return schedule_flush();
    case Opcode::pong:
      return;
    case Opcode::close:
      return take_close(piece.payload);
    default:
      return end_input(CloseCode::unsupported_data);
  }
}

void WebSocketSession::take_close(std::string_view payload) {
  const CloseCode code = read_close_payload(payload);
  if (!closing()) peer_->said_goodbye();
  end_input(code);
}

void WebSocketSession::end_input(CloseCode code) {
  peer_ended_ = true;
  begin_close(code);
  schedule_flush();
}

void WebSocketSession::send(std::shared_ptr<const std::string> bytes) {
  if (closing() || closed_) return;
  waiting_bytes_ += cost(*bytes);
  waiting_.push_back(std::move(bytes));
  schedule_flush();
}

void WebSocketSession::close() {
  begin_close(server_.stopping() ? CloseCode::going_away : CloseCode::normal);
}

void WebSocketSession::begin_close(CloseCode code) {
  if (closing() || closed_) return;
  goodbye_ = code;
  close_timer_ = server_.timers().after(limits::websocket_close_grace_ms, [this] { abort(); });
  schedule_flush();
}

void WebSocketSession::abort() {
  if (closed_) return;
  closed_ = true;
  held_.set(0);
  const auto self = shared_from_this();
  close_timer_.cancel();
  peer_.reset();
  waiting_.clear();
  waiting_bytes_ = 0;
  channel_.close();
  server_.remove(self);
}

void WebSocketSession::schedule_flush() {
  if (flush_scheduled_ || writing_) return;
  flush_scheduled_ = true;
  server_.flush_later(shared_from_this());
}

// Everything leaves at once, as far as the system takes it.
void WebSocketSession::flush() {
  flush_scheduled_ = false;
  if (closed_ || writing_) return;
  if (!sending_.empty()) return send_on();
  std::string& bytes = server_.write_buffer();
  while (fill(bytes)) {
    error_code error;
    const std::size_t written = channel_.write_some(bytes, error);
    if (error && error != asio::error::would_block) return abort();
    if (written == bytes.size()) continue;
    sending_.assign(bytes, written);
    tell_held();
    return send_later();
  }
  if (said_goodbye_ && peer_ended_) channel_.shutdown_send();
}

// With what is to leave next. False when there is nothing.
bool WebSocketSession::fill(std::string& bytes) {
  bytes.clear();
  if (pong_) append_control_frame(bytes, Opcode::pong, *pong_);
  pong_.reset();
  if (!waiting_.empty()) {
    append_waiting(bytes);
  } else if (goodbye_ && !said_goodbye_) {
    append_control_frame(bytes, Opcode::close, close_payload(*goodbye_));
    said_goodbye_ = true;
  }
  return !bytes.empty();
}

// As one message, up to a bound.
void WebSocketSession::append_waiting(std::string& bytes) {
  std::size_t count = 0;
  std::size_t size = 0;
  while (count < waiting_.size() && size < limits::websocket_message_bytes) {
    size += waiting_[count++]->size();
  }
  append_frame_header(bytes, Opcode::binary, size);
  for (; count > 0; --count) {
    bytes.append(*waiting_.front());
    waiting_bytes_ -= cost(*waiting_.front());
    waiting_.pop_front();
  }
}

void WebSocketSession::send_later() {
  writing_ = true;
  channel_.wait_writable([self = shared_from_this()](const error_code& error) {
    self->writing_ = false;
    if (self->closed_) return;
    if (error) return self->abort();
    self->send_on();
  });
}

// What was queued meanwhile may belong to a turn that has not committed yet.
void WebSocketSession::send_on() {
  error_code error;
  const std::size_t written = channel_.write_some(std::string_view(sending_).substr(sent_), error);
  if (error && error != asio::error::would_block) return abort();
  if (written > 0) moved_ms_ = server_.clock().steady_ms();
  sent_ += written;
  if (sent_ < sending_.size()) return send_later();
  std::string().swap(sending_);
  sent_ = 0;
  tell_held();
  schedule_flush();
}

}  // namespace votemu::net
