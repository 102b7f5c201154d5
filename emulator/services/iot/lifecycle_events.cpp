#include "services/iot/lifecycle_events.h"

#include <utility>

namespace votemu::iot {
namespace {

// Who connects without credentials, as only votemu lets anybody do.
constexpr std::string_view nobody = "anonymous";

std::string_view reason_text(mqtt::EndReason reason) {
  using mqtt::EndReason;
  switch (reason) {
    case EndReason::client_initiated:
      return "CLIENT_INITIATED_DISCONNECT";
    case EndReason::client_error:
      return "CLIENT_ERROR";
    case EndReason::connection_lost:
      return "CONNECTION_LOST";
    case EndReason::duplicate_client_id:
      return "DUPLICATE_CLIENTID";
    case EndReason::keep_alive_timeout:
      return "MQTT_KEEP_ALIVE_TIMEOUT";
    case EndReason::server_initiated:
      return "SERVER_INITIATED_DISCONNECT";
    case EndReason::not_authorized:
      return "AUTH_ERROR";
    case EndReason::connected_too_long:
      return "WEBSOCKET_TTL_EXPIRATION";
  }
  return "UNKNOWN";
}

}  // namespace

LifecycleEvents::LifecycleEvents(core::Runtime& runtime, std::shared_ptr<Space> space,
                                 std::string principal, std::string ip_address)
    : runtime_(runtime),
      space_(std::move(space)),
      principal_(principal.empty() ? std::string(nobody) : std::move(principal)),
      ip_address_(std::move(ip_address)) {}

void LifecycleEvents::connect_failed(const std::string& client_id) {
  client_id_ = client_id;
  session_identifier_ = runtime_.random.uuid();
  tell("presence", "connect_failed", [&](core::Json& event) {
    event["connectFailureReason"] = "AUTHORIZATION_FAILED";
    event["ipAddress"] = ip_address_;
  });
}

void LifecycleEvents::connected(const std::string& client_id,
                                const std::string& session_identifier) {
  client_id_ = client_id;
  session_identifier_ = session_identifier;
  version_ = space_->connection_versions().connected(client_id, runtime_.clock.steady_ms());
  tell("presence", "connected", [&](core::Json& event) {
    event["ipAddress"] = ip_address_;
    event["versionNumber"] = version_;
  });
}

void LifecycleEvents::subscribed(const std::vector<std::string>& filters) {
  tell("subscriptions", "subscribed", [&](core::Json& event) { event["topics"] = filters; });
}

void LifecycleEvents::unsubscribed(const std::vector<std::string>& filters) {
  tell("subscriptions", "unsubscribed", [&](core::Json& event) { event["topics"] = filters; });
}

void LifecycleEvents::disconnected(mqtt::EndReason reason) {
  space_->connection_versions().left(client_id_, version_, runtime_.clock.steady_ms());
  tell("presence", "disconnected", [&](core::Json& event) {
    event["clientInitiatedDisconnect"] = reason == mqtt::EndReason::client_initiated;
    event["disconnectReason"] = reason_text(reason);
    event["versionNumber"] = version_;
  });
}

void LifecycleEvents::tell(const std::string& kind, const std::string& type,
                           const std::function<void(core::Json&)>& add_members) {
  // They would be wildcards in the topic: AWS is silent about such clients.
  if (client_id_.find_first_of("+#") != client_id_.npos) return;
  std::string topic = "$aws/events/" + kind + "/" + type + "/" + client_id_;
  if (!space_->has_listeners(topic)) return;
  core::Json event = {{"clientId", client_id_},
                      {"timestamp", runtime_.clock.now_ms()},
                      {"eventType", type},
                      {"sessionIdentifier", session_identifier_},
                      {"principalIdentifier", principal_}};
  add_members(event);
  space_->publish_later({std::move(topic), core::dump_json(event), 1, false, {}});
}

}  // namespace votemu::iot
