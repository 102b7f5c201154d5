// The last retained message of each topic, in the store.
// https://docs.aws.amazon.com/iot/latest/developerguide/mqtt.html#mqtt-retain
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/keys.h"
#include "core/store.h"
#include "services/iot/message_row.h"

namespace votemu::iot {

// Those of one account and region. Holds nothing itself.
class RetainedMessages {
 public:
  RetainedMessages(core::Store& store, core::Scope scope)
      : store_(store), scope_(std::move(scope)) {}

  // In place of the topic's earlier one. An empty payload only removes that.
  void keep(const mqtt::Message& message, std::int64_t now_ms);

  // Not those whose message expiry interval has passed.
  std::optional<MessageRow> find(std::string_view topic, std::int64_t now_ms) const;
  // By topic, at most `count`, beginning after the topic `after` ("" for the first).
  std::vector<MessageRow> list(std::string_view after, std::size_t count,
                               std::int64_t now_ms) const;

 private:
  core::Key prefix() const { return {core::Table::iot_retained_message, scope_}; }

  core::Store& store_;
  core::Scope scope_;
};

}  // namespace votemu::iot
