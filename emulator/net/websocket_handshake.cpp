#include "net/websocket_handshake.h"

#include "core/digest.h"
#include "handlers/abi/base64.h"

namespace votemu::net {
namespace {

constexpr std::string_view version = "13";
constexpr std::string_view key_suffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
constexpr std::size_t key_bytes = 24;  // of 16 random ones in base64

wire::HttpResponse bad_request(const std::string& problem) {
  return {400, {{"Content-Type", "text/plain"}}, "The WebSocket handshake " + problem};
}

}  // namespace

std::optional<wire::HttpResponse> refuse_handshake(const wire::HttpRequest& request) {
  for (const std::string name : {"Host", "Sec-WebSocket-Key", "Sec-WebSocket-Version"}) {
    if (!request.headers.find(name)) return bad_request(name + " field is missing");
  }
  if (request.headers.get("Sec-WebSocket-Key").size() > key_bytes) {
    return bad_request("Sec-WebSocket-Key field is invalid");
  }
  if (request.headers.get("Sec-WebSocket-Version") != version) {
    auto refusal = bad_request("Sec-WebSocket-Version field is invalid");
    refusal.status = 426;
    refusal.headers.add("Sec-WebSocket-Version", std::string(version));
    return refusal;
  }
  return std::nullopt;
}

std::string accept_handshake(const wire::HttpRequest& request, std::string_view subprotocol) {
  std::string key(request.headers.get("Sec-WebSocket-Key"));
  std::string answer =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n"
      "Sec-WebSocket-Accept: ";
  answer.append(abi::base64_encode(core::sha1(key.append(key_suffix)))).append("\r\n");
  if (!subprotocol.empty()) {
    answer.append("Sec-WebSocket-Protocol: ").append(subprotocol).append("\r\n");
  }
  return answer.append("\r\n");
}

}  // namespace votemu::net
