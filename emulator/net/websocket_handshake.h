// WebSocket's opening handshake (RFC 6455, section 4.2), the server's side.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "wire/http.h"

namespace votemu::net {

// Why a request for an upgrade to WebSocket cannot have it; empty when it can.
std::optional<wire::HttpResponse> refuse_handshake(const wire::HttpRequest& request);

// The bytes that accept it, with this subprotocol, "" for none.
std::string accept_handshake(const wire::HttpRequest& request, std::string_view subprotocol);

}  // namespace votemu::net
