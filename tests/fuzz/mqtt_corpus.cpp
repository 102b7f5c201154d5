// MQTT packets, and what clients, the network and the clock do to a broker.
#include <string>

#include "services/iot/mqtt/acknowledgement.h"
#include "services/iot/mqtt/disconnect.h"
#include "tests/fuzz/corpus.h"
#include "tests/fuzz/mqtt_program.h"
#include "tests/support/mqtt_packets.h"

namespace {

using namespace votemu::iot::mqtt::test;
using namespace votemu::iot::mqtt;
using votemu::fuzz::ConnectFlags;
using votemu::fuzz::Corpus;
using votemu::fuzz::PublishFlags;
using votemu::fuzz::Step;

Properties some_properties() {
  Properties properties;
  properties.add(PropertyId::content_type, std::string("text/plain"))
      .add(PropertyId::message_expiry_interval, 60U)
      .add(PropertyId::correlation_data, std::string("\0\1", 2))
      .add_user("name", "value");
  return properties;
}

std::string connect_of(Version version) {
  ConnectOptions options{.version = version, .client_id = "client", .clean_start = false};
  options.will = Will{{"wills", "gone", 1, true, {}}, 0};
  if (version == Version::v5) {
    options.will->delay_s = 5;
    options.properties.add(PropertyId::session_expiry_interval, 600U)
        .add(PropertyId::receive_maximum, 10U);
  }
  return connect_packet(options);
}

void write_codec(const std::filesystem::path& folder) {
  Corpus corpus(folder / "mqtt_codec");
  for (const auto& [name, version] :
       {std::pair{"v3_1", Version::v3_1}, {"v3_1_1", Version::v3_1_1}, {"v5", Version::v5}}) {
    const std::string prefix = std::string(name) + "_";
    const bool v5 = version == Version::v5;
    const auto add = [&](const std::string& what, const std::string& packets) {
      corpus.add(prefix + what, '\x04' + packets);
    };
    Message message{"votes/dogs", "42", 1, true, v5 ? some_properties() : Properties{}};
    Subscription options = to("votes/#", 1);
    if (v5) options.options.no_local = options.options.retain_as_published = true;
    const std::string subscribe = subscribe_packet({to("votes"), options}, version);
    add("connect", connect_of(version));
    add("publish", publish_packet(message, version, 7));
    add("subscribe", subscribe);
    add("unsubscribe", unsubscribe_packet({"votes", "votes/#"}, version));
    add("conversation", connect_of(version) + subscribe + publish_packet(message, version, 8) +
                            puback_packet(1) + pingreq_packet() + disconnect_packet());
  }
  corpus.add("puback_reason", '\1' + encode_puback(3, ReasonCode::not_authorized, Version::v5));
  corpus.add("disconnect_reason", '\1' + encode_disconnect(ReasonCode::session_taken_over));
  corpus.add("long_length", std::string("\1\x30\xFF\xFF\xFF\xFF\x01", 7));
  corpus.add("odd_flags", std::string("\1\x83\0", 3));
}

class Program {
 public:
  Program& step(Step step, std::uint8_t client = 0, std::initializer_list<int> what = {}) {
    bytes_.push_back(static_cast<char>(step));
    bytes_.push_back(static_cast<char>(client));
    for (const int value : what) bytes_.push_back(static_cast<char>(value));
    return *this;
  }
  Program& raw(std::uint8_t client, const std::string& packet) {
    step(Step::raw, client, {static_cast<int>(packet.size())});
    bytes_ += packet;
    return *this;
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

constexpr int persistent_v5 =
    ConnectFlags::v5 | ConnectFlags::keep_state | ConnectFlags::session_expires_late;

// Filters and topics are numbers into the target's lists: 0 is "votes" in both.
void write_sessions(const std::filesystem::path& folder) {
  Corpus corpus(folder / "mqtt_session");
  corpus.add("fan_out", Program()
                            .step(Step::connect, 0, {0, 0})
                            .step(Step::connect, 1, {ConnectFlags::v5, 1})
                            .step(Step::subscribe, 0, {0, 1})
                            .step(Step::subscribe, 1, {1, 0})
                            .step(Step::publish, 1, {0, PublishFlags::qos_1, 1})
                            .step(Step::acknowledge, 0, {0})
                            .step(Step::http_publish, 0, {1, PublishFlags::retain, 1})
                            .bytes());
  for (const int flags : {int{ConnectFlags::keep_state}, persistent_v5}) {
    corpus.add(flags == persistent_v5 ? "restart_v5" : "restart_v3",
               Program()
                   .step(Step::connect, 0, {flags, 0})
                   .step(Step::subscribe, 0, {0, 1})
                   .step(Step::http_publish, 0, {0, PublishFlags::qos_1, 1})
                   .step(Step::drop, 0)
                   .step(Step::http_publish, 0, {0, PublishFlags::qos_1, 2})
                   .step(Step::restart)
                   .step(Step::pass_time, 0, {60})
                   .step(Step::connect, 0, {flags, 0})
                   .step(Step::acknowledge, 0, {1})
                   .bytes());
  }
  corpus.add("delayed_will",
             Program()
                 .step(Step::connect, 1, {0, 1})
                 .step(Step::subscribe, 1, {0, 1})
                 .step(Step::connect, 0,
                       {persistent_v5 | ConnectFlags::will | ConnectFlags::delayed_will, 0})
                 .step(Step::drop, 0)
                 .step(Step::pass_time, 0, {50})
                 .step(Step::restart)
                 .step(Step::pass_time, 0, {60})
                 .bytes());
  corpus.add("lifecycle", Program()
                              .step(Step::connect, 0, {0, 0})
                              .step(Step::subscribe, 0, {6, 1})
                              .step(Step::connect, 1, {ConnectFlags::v5, 1})
                              .step(Step::connect, 2, {ConnectFlags::v5, 1})
                              .step(Step::finish_turn)
                              .step(Step::disconnect, 2)
                              .bytes());
  Program slow;
  slow.step(Step::connect, 0, {0, 0}).step(Step::subscribe, 0, {0, 1}).step(Step::stall, 0, {255});
  for (int i = 0; i < 4; ++i) slow.step(Step::http_publish, 0, {0, i % 2, 255});
  corpus.add("slow_reader", slow.bytes());
  corpus.add("one_at_a_time",
             Program()
                 .step(Step::connect, 0, {ConnectFlags::v5 | ConnectFlags::receives_one, 0})
                 .step(Step::subscribe, 0, {5, 1})
                 .step(Step::http_publish, 0, {0, PublishFlags::qos_1, 1})
                 .step(Step::http_publish, 0, {0, PublishFlags::qos_1 | PublishFlags::expires, 1})
                 .step(Step::pass_time, 0, {31})
                 .step(Step::acknowledge, 0, {0})
                 .bytes());
  corpus.add("raw_packets", Program()
                                .step(Step::connect, 0, {ConnectFlags::v5, 0})
                                .raw(0, subscribe_packet({to("votes/#", 1)}, Version::v5))
                                .raw(0, publish_packet({"votes", "x", 1, false, some_properties()},
                                                       Version::v5, 3))
                                .raw(0, pingreq_packet() + disconnect_packet())
                                .bytes());
  corpus.add("refusals", Program()
                             .step(Step::connect, 0, {ConnectFlags::v5, 0})
                             .step(Step::subscribe, 0, {8, 0})
                             .step(Step::subscribe, 0, {9, 0})
                             .step(Step::publish, 0, {4, PublishFlags::qos_1, 0})
                             .step(Step::publish, 0, {3, PublishFlags::qos_1, 0})
                             .step(Step::publish, 0, {5, 0, 0})
                             .bytes());
}

}  // namespace

void votemu::fuzz::write_mqtt(const std::filesystem::path& folder) {
  write_codec(folder);
  write_sessions(folder);
}
