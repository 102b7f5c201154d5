// What net serves: it moves bytes and knows HTTP and WebSocket, the application gives them meaning.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "handlers/abi/task.h"
#include "wire/http.h"

namespace votemu::net {

// One WebSocket as the application sees it. What is sent in a turn leaves after its commit, as one
// message; the receiver must treat binary messages as a byte stream.
class WebSocket {
 public:
  virtual ~WebSocket() = default;
  virtual void send(std::shared_ptr<const std::string> bytes) = 0;
  // Closes once what was sent has left, or after a short grace when the peer does not read.
  virtual void close() = 0;
  // Sent but not yet taken by the operating system, with what it takes to keep it.
  virtual std::size_t unsent_bytes() const = 0;
};

// The application's side of a WebSocket. Destroyed when the transport is gone.
class WebSocketPeer {
 public:
  virtual ~WebSocketPeer() = default;
  virtual void receive(std::string_view bytes) = 0;
  // What it keeps of input that is not complete.
  virtual std::size_t unread_bytes() const { return 0; }
  // The client closes in WebSocket's own way; the transport is gone then.
  virtual void said_goodbye() {}
};

// An upgrade to WebSocket is accepted with this subprotocol, "" for none, or refused with an
// answer.
using UpgradeAnswer = std::variant<std::string, wire::HttpResponse>;

// The answer, or who makes it once what it waits for is there: a task that must not throw and is
// destroyed when the client has gone.
using Answer = std::variant<wire::HttpResponse, abi::Task<wire::HttpResponse>>;

class Application {
 public:
  virtual ~Application() = default;

  // The request lives until it is answered. It must not throw.
  virtual Answer handle(const wire::HttpRequest& request) = 0;

  // Answers a request whose body is over the listener's bound and was not read.
  virtual wire::HttpResponse refuse_large(const wire::HttpRequest& request);

  virtual UpgradeAnswer answer_upgrade(const wire::HttpRequest& request) = 0;

  // `socket` outlives the peer.
  virtual std::unique_ptr<WebSocketPeer> open_websocket(const wire::HttpRequest& request,
                                                        WebSocket& socket) = 0;
};

}  // namespace votemu::net
