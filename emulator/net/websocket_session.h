// One WebSocket after its handshake, on Beast.
#pragma once

#include <memory>
#include <string>

#include "net/application.h"
#include "net/channel.h"
#include "net/connection.h"

namespace votemu::net {

class Server;

class WebSocketSession final : public Connection,
                               public WebSocket,
                               public std::enable_shared_from_this<WebSocketSession> {
 public:
  WebSocketSession(Server& server, Channel channel);
  ~WebSocketSession() override;

  // Answers the handshake; reads begin after it.
  void accept(wire::HttpRequest request, const std::string& subprotocol);

  void send(std::shared_ptr<const std::string> bytes) override;
  void close() override;
  std::size_t unsent_bytes() const override;

  void stop() override;
  void abort() override;

 private:
  struct Stream;  // Beast's types stay in the .cpp
  void read();
  void schedule_flush();
  void flush();
  void say_goodbye();

  Server& server_;
  std::unique_ptr<Stream> stream_;
};

}  // namespace votemu::net
