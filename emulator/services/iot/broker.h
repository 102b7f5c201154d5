// The IoT message broker: MQTT 3.1, 3.1.1 and 5 as AWS IoT Core speaks them, and the HTTP
// operations on the same topics. Sans-I/O: transports bring bytes in and are handed bytes to send.
// https://docs.aws.amazon.com/iot/latest/developerguide/mqtt.html
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "core/access.h"
#include "core/operation.h"
#include "core/runtime.h"
#include "services/iot/mqtt/properties.h"

namespace votemu::iot {

// One client's transport, seen from the broker. Its implementer keeps it usable until it has
// destroyed the Connection, and never destroys the Connection from within these calls.
class Output {
 public:
  virtual ~Output() = default;
  // In order. The bytes leave after the turn's commit and may be shared with other outputs.
  virtual void send(std::shared_ptr<const std::string> bytes) = 0;
  // Ends the transport after what was sent. The broker sends nothing more; a transport whose peer
  // does not take the rest is the implementer's to give up on.
  virtual void close() = 0;
  // What was given to send() and has not left yet, held bytes included.
  virtual std::size_t unsent_bytes() const = 0;
};

struct ClientInfo {
  core::Scope scope;
  std::string source_ip;
  // Whose credentials the transport came with, as lifecycle events say: "AROA…:SESSION".
  std::string principal = {};
  // Asked for each connection, subscription and message; none lets everything through.
  std::shared_ptr<const core::Authorizer> authorizer = nullptr;
};

struct PublishRequest {
  std::string topic;
  std::string payload;
  int qos = 0;  // 0 or 1
  bool retain = false;
  mqtt::Properties properties;  // those of a PUBLISH that subscribers are to see
};

// Outlives its connections.
class Broker {
 public:
  explicit Broker(core::Runtime& runtime);
  ~Broker();
  Broker(const Broker&) = delete;
  Broker& operator=(const Broker&) = delete;

  // Destroying it says that the transport is gone: a last will is then due, at the end of the turn.
  class Connection {
   public:
    virtual ~Connection() = default;
    // The next bytes of the stream, in any fragmentation. WebSocket frames mean nothing to MQTT.
    virtual void receive(std::string_view bytes) = 0;
    // What it keeps of a packet that has not come whole.
    virtual std::size_t unread_bytes() const = 0;
    // The client closed its transport in good order: to AWS the same as a DISCONNECT, without a
    // last will.
    virtual void leave() = 0;
  };

  std::unique_ptr<Connection> connect(ClientInfo client, Output& output);

  // To every subscriber of the topic. Throws AwsError, having changed nothing.
  void publish(const core::Scope& scope, PublishRequest request);

  // iot-data's Publish, GetRetainedMessage and ListRetainedMessages; iot's DescribeEndpoint. A
  // Publish's `payload` is a string of raw bytes; a retained message's is base64, as its JSON
  // answer carries it.
  core::OperationTable operations();

  // Clients whose CONNECT was accepted and that have not left.
  std::size_t connection_count() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace votemu::iot
