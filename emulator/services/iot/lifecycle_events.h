// What AWS tells of clients' comings and goings on `$aws/events/…`, to those who listen there.
// https://docs.aws.amazon.com/iot/latest/developerguide/life-cycle-events.html
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/json.h"
#include "core/runtime.h"
#include "services/iot/mqtt/session.h"
#include "services/iot/space.h"

namespace votemu::iot {

// Those of one connection. An event leaves at the end of the turn; when nobody listens it is not
// even made.
class LifecycleEvents {
 public:
  LifecycleEvents(core::Runtime& runtime, std::shared_ptr<Space> space, std::string principal,
                  std::string ip_address);

  void connect_failed(const std::string& client_id);
  // The others come after it.
  void connected(const std::string& client_id, const std::string& session_identifier);
  void subscribed(const std::vector<std::string>& filters);
  void unsubscribed(const std::vector<std::string>& filters);
  void disconnected(mqtt::EndReason reason);

 private:
  void tell(const std::string& kind, const std::string& type,
            const std::function<void(core::Json&)>& add_members);

  core::Runtime& runtime_;
  std::shared_ptr<Space> space_;
  std::string principal_;
  std::string ip_address_;
  std::string client_id_;
  std::string session_identifier_;
  std::uint64_t version_ = 0;
};

}  // namespace votemu::iot
