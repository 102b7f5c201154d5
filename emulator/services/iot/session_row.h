// A session as the store keeps it, apart from its messages.
#pragma once

#include <string>
#include <string_view>

#include "services/iot/stored_sessions.h"

namespace votemu::iot {

// Without its client identifier, which is in the key.
std::string encode_session_row(const StoredSession& session);
// Throws mqtt::ProtocolError when the row is none.
StoredSession decode_session_row(std::string client_id, std::string_view row);

}  // namespace votemu::iot
