// What the caller of one connection may do, as the policies of its credentials say.
// https://docs.aws.amazon.com/iot/latest/developerguide/iot-policy-actions.html
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "core/access.h"
#include "core/clock.h"
#include "core/ids.h"

namespace votemu::iot {

class Permissions {
 public:
  // Everything is allowed where there is nobody to ask.
  Permissions(const core::Clock& clock, core::Scope scope,
              std::shared_ptr<const core::Authorizer> authorizer)
      : clock_(clock), scope_(std::move(scope)), authorizer_(std::move(authorizer)) {}

  // Comes before the others: policies may speak of the client identifier.
  bool may_connect(const std::string& client_id);
  bool may_publish(const std::string& topic, bool retain) const;
  // With `$share/GROUP/`, if that is how it is subscribed to.
  bool may_subscribe(const std::string& filter) const;
  // This is asked for each message and subscriber: decisions are remembered for a while.
  bool may_receive(const std::string& topic) { return !authorizer_ || remembered_receive(topic); }

 private:
  bool remembered_receive(const std::string& topic);
  bool allows(std::string_view action, std::string_view kind, const std::string& name) const;

  const core::Clock& clock_;
  core::Scope scope_;
  std::shared_ptr<const core::Authorizer> authorizer_;
  std::string client_id_;
  std::map<std::string, bool, std::less<>> may_receive_;
  std::int64_t remembered_since_ms_ = 0;
};

}  // namespace votemu::iot
