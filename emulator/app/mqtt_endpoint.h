// MQTT over WebSocket at /mqtt: joins a WebSocket and a connection of the broker.
// https://docs.aws.amazon.com/iot/latest/developerguide/protocols.html
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "net/application.h"
#include "services/iot/broker.h"
#include "wire/http.h"

namespace votemu::app {

// The offered MQTT subprotocol to answer with: "mqtt" or "mqttv3.1"; "" when none was offered;
// nullopt when the request is not for the broker.
std::optional<std::string> mqtt_subprotocol(const wire::HttpRequest& request);

std::unique_ptr<net::WebSocketPeer> open_mqtt(iot::Broker& broker, iot::ClientInfo client,
                                              net::WebSocket& socket);

}  // namespace votemu::app
