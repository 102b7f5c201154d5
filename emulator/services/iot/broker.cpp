#include "services/iot/broker.h"

#include <algorithm>
#include <map>

#include "core/aws_error.h"
#include "services/iot/client_connection.h"
#include "services/iot/limits.h"
#include "services/iot/operations.h"

namespace votemu::iot {
namespace {

core::AwsError invalid_request(const std::string& message) {
  return {"InvalidRequestException", message, 400};
}

bool is_encodable(const mqtt::Properties::Property& property) {
  const auto fits = [](const std::string& text) {
    return text.size() <= mqtt::max_string_bytes && mqtt::is_mqtt_utf8(text);
  };
  if (const auto* user = std::get_if<mqtt::UserProperty>(&property.value)) {
    return fits(user->first) && fits(user->second);
  }
  const auto* text = std::get_if<std::string>(&property.value);
  if (text == nullptr) return true;
  const bool binary = property.id == mqtt::PropertyId::correlation_data;
  return binary ? text->size() <= mqtt::max_string_bytes : fits(*text);
}

std::size_t user_property_bytes(const mqtt::Properties& properties) {
  std::size_t bytes = 0;
  for (const auto& property : properties.all()) {
    if (const auto* user = std::get_if<mqtt::UserProperty>(&property.value)) {
      bytes += user->first.size() + user->second.size();
    }
  }
  return bytes;
}

void check(const PublishRequest& request) {
  if (!is_topic_name(request.topic)) {
    throw invalid_request(
        "Topic must be UTF-8 of at most 256 bytes with at most 7 forward slashes and no "
        "wildcards.");
  }
  if (!takes_messages(request.topic, request.retain)) {
    throw core::AwsError("ForbiddenException", "Forbidden", 403);
  }
  if (request.qos != 0 && request.qos != 1) throw invalid_request("QoS must be 0 or 1.");
  if (request.payload.size() > limits::max_payload_bytes) {
    throw invalid_request("Payload must be at most 131072 bytes.");
  }
  const std::string* response_topic = request.properties.text(mqtt::PropertyId::response_topic);
  if (response_topic != nullptr && !is_topic_name(*response_topic)) {
    throw invalid_request("ResponseTopic must be a topic name without wildcards.");
  }
  if (user_property_bytes(request.properties) > limits::max_user_property_bytes) {
    throw invalid_request("UserProperties must be at most 8192 bytes.");
  }
  if (!std::ranges::all_of(request.properties.all(), is_encodable)) {
    throw invalid_request("A property is not UTF-8 or too long.");
  }
  mqtt::Writer encoded;
  mqtt::encode_properties(encoded, request.properties);
  if (encoded.bytes().size() + limits::max_payload_bytes + limits::max_topic_bytes >
      limits::max_packet_bytes) {
    throw invalid_request("The properties are too long.");
  }
}

}  // namespace

struct Broker::State {
  explicit State(core::Runtime& runtime_in) : runtime(runtime_in) {}

  std::shared_ptr<Space> space_of(const core::Scope& scope) {
    const auto found = spaces.find(scope);
    if (found != spaces.end()) return found->second;
    // One that nobody is in or refers to holds nothing: its retained messages are in the store.
    std::erase_if(spaces, [](const auto& entry) {
      return entry.second.use_count() == 1 && entry.second->empty();
    });
    std::shared_ptr<Space>& space = spaces[scope];
    space = std::make_shared<Space>(runtime, scope, memory, [this] { relieve(); });
    return space;
  }

  void restore() {
    for (const core::Scope& scope : StoredSessions::scopes(runtime.store)) {
      space_of(scope)->restore();
    }
  }

  // The slowest goes, not the one whose message was one too many. What it has not taken may
  // stay for a moment: nobody else goes for that.
  void relieve() {
    if (memory.bytes() <= limits::max_packet_memory) leaving_bytes = 0;
    if (memory.bytes() <= limits::max_packet_memory + leaving_bytes) return;
    std::shared_ptr<Space> its_space;
    Client* slowest = nullptr;
    for (const auto& [scope, space] : spaces) {
      Client* candidate = space->slowest();
      if (candidate == nullptr) continue;
      if (slowest != nullptr && candidate->unsent_bytes() <= slowest->unsent_bytes()) continue;
      its_space = space;
      slowest = candidate;
    }
    if (slowest == nullptr) return;
    leaving_bytes += slowest->unsent_bytes();
    its_space->cut_off(*slowest);
  }

  core::Runtime& runtime;
  PacketMemory memory;
  std::map<core::Scope, std::shared_ptr<Space>> spaces;
  std::size_t leaving_bytes = 0;  // of those whom relieve() cut off, while too much is in memory
};

Broker::Broker(core::Runtime& runtime) : state_(std::make_unique<State>(runtime)) {
  state_->restore();
}
Broker::~Broker() = default;

std::unique_ptr<Broker::Connection> Broker::connect(ClientInfo client, Output& output) {
  auto space = state_->space_of(client.scope);
  return std::make_unique<ClientConnection>(state_->runtime, std::move(space), std::move(client),
                                            output);
}

void Broker::publish(const core::Scope& scope, PublishRequest request) {
  check(request);
  mqtt::Message message{std::move(request.topic), std::move(request.payload),
                        static_cast<std::uint8_t>(request.qos), request.retain,
                        std::move(request.properties)};
  state_->space_of(scope)->publish(std::move(message), nullptr);
}

core::OperationTable Broker::operations() {
  return make_operations(*this, state_->runtime);
}

std::size_t Broker::connection_count() const {
  std::size_t count = 0;
  for (const auto& [scope, space] : state_->spaces) count += space->connected_count();
  return count;
}

}  // namespace votemu::iot
