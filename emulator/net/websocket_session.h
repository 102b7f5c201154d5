// One WebSocket: its frames, what waits to be sent, and how it ends.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "core/timers.h"
#include "net/application.h"
#include "net/channel.h"
#include "net/connection.h"
#include "net/websocket_frames.h"

namespace votemu::net {

class Server;

class WebSocketSession final : public Connection,
                               public WebSocket,
                               public std::enable_shared_from_this<WebSocketSession> {
 public:
  WebSocketSession(Server& server, Channel channel);

  // Accepts the handshake, which is in order.
  void accept(const wire::HttpRequest& request, std::string_view subprotocol);

  void send(std::shared_ptr<const std::string> bytes) override;
  void close() override;
  std::size_t unsent_bytes() const override { return waiting_bytes_ + sending_.size() - sent_; }

  Standing standing() const override { return {moved_ms_, held_.get(), false}; }
  void stop() override { close(); }
  void abort() override;
  void flush() override;

 private:
  void wait_readable();
  void read();
  void consume(std::span<char> bytes);
  void take(const FrameReader::Piece& piece);
  void take_close(std::string_view payload);
  void end_input(CloseCode code);
  void begin_close(CloseCode code);
  bool closing() const { return goodbye_.has_value(); }  // nothing more is taken to be sent
  void schedule_flush();
  bool fill(std::string& bytes);
  void append_waiting(std::string& bytes);
  void tell_held();
  void send_later();
  void send_on();

  Server& server_;
  Channel channel_;
  FrameReader reader_;
  std::unique_ptr<WebSocketPeer> peer_;
  HeldBytes held_;
  std::int64_t moved_ms_;
  std::deque<std::shared_ptr<const std::string>> waiting_;
  std::size_t waiting_bytes_ = 0;     // with what it takes to keep them
  std::optional<std::string> pong_;   // to the ping that came last
  std::string sending_;               // let out; the system has not taken all of it
  std::size_t sent_ = 0;              // of `sending_`
  std::optional<CloseCode> goodbye_;  // to be said after what waits
  core::Timer close_timer_;
  bool flush_scheduled_ = false;
  bool writing_ = false;       // waits until the system takes more
  bool said_goodbye_ = false;  // all that will ever be written has been
  bool peer_ended_ = false;    // what the client still sends means nothing
  bool closed_ = false;
};

}  // namespace votemu::net
