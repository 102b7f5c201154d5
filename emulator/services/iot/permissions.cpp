#include "services/iot/permissions.h"

#include "services/iot/limits.h"

namespace votemu::iot {

bool Permissions::may_connect(const std::string& client_id) {
  client_id_ = client_id;
  return allows("iot:Connect", "client/", client_id);
}

bool Permissions::may_publish(const std::string& topic, bool retain) const {
  return allows("iot:Publish", "topic/", topic) &&
         (!retain || allows("iot:RetainPublish", "topic/", topic));
}

bool Permissions::may_subscribe(const std::string& filter) const {
  return allows("iot:Subscribe", "topicfilter/", filter);
}

bool Permissions::remembered_receive(const std::string& topic) {
  const std::int64_t now_ms = clock_.steady_ms();
  if (now_ms - remembered_since_ms_ >= limits::receive_decision_ms ||
      may_receive_.size() >= limits::max_receive_decisions) {
    may_receive_.clear();
    remembered_since_ms_ = now_ms;
  }
  const auto known = may_receive_.find(topic);
  if (known != may_receive_.end()) return known->second;
  return may_receive_[topic] = allows("iot:Receive", "topic/", topic);
}

bool Permissions::allows(std::string_view action, std::string_view kind,
                         const std::string& name) const {
  if (!authorizer_) return true;
  const core::Arn resource = core::Arn::in(scope_, "iot", std::string(kind) + name);
  const core::Access access{std::string(action), resource.text(), {{"iot:ClientId", {client_id_}}}};
  return !authorizer_->denial(access);
}

}  // namespace votemu::iot
