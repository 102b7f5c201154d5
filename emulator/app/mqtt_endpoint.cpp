#include "app/mqtt_endpoint.h"

#include <utility>

namespace votemu::app {
namespace {

class MqttPeer final : public net::WebSocketPeer, private iot::Output {
 public:
  MqttPeer(iot::Broker& broker, iot::ClientInfo client, net::WebSocket& socket)
      : socket_(socket), connection_(broker.connect(std::move(client), *this)) {}

  void receive(std::string_view bytes) override { connection_->receive(bytes); }
  std::size_t unread_bytes() const override { return connection_->unread_bytes(); }
  void said_goodbye() override { connection_->leave(); }

 private:
  void send(std::shared_ptr<const std::string> bytes) override { socket_.send(std::move(bytes)); }
  void close() override { socket_.close(); }
  std::size_t unsent_bytes() const override { return socket_.unsent_bytes(); }

  net::WebSocket& socket_;
  std::unique_ptr<iot::Broker::Connection> connection_;
};

}  // namespace

std::optional<std::string> mqtt_subprotocol(const wire::HttpRequest& request) {
  if (request.path() != "/mqtt") return std::nullopt;
  for (const std::string_view subprotocol : {"mqtt", "mqttv3.1"}) {
    if (request.headers.has_token("Sec-WebSocket-Protocol", subprotocol)) {
      return std::string(subprotocol);
    }
  }
  return "";
}

std::unique_ptr<net::WebSocketPeer> open_mqtt(iot::Broker& broker, iot::ClientInfo client,
                                              net::WebSocket& socket) {
  return std::make_unique<MqttPeer>(broker, std::move(client), socket);
}

}  // namespace votemu::app
