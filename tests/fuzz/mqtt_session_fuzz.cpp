// A whole broker with a few clients, driven by the input: packets good and bad, time, broken
// connections, peers that do not read, restarts. Whatever happens, what the broker sends is well
// formed, its bounds hold, and in the end nothing is left.
#include <array>
#include <memory>
#include <set>
#include <string>

#include "core/aws_error.h"
#include "core/keys.h"
#include "services/iot/broker.h"
#include "services/iot/limits.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/mqtt_program.h"
#include "tests/fuzz/require.h"
#include "tests/support/mqtt_packets.h"
#include "tests/support/test_runtime.h"

namespace votemu::iot {
namespace {

using namespace mqtt::test;
using fuzz::Input;
using fuzz::require;
using fuzz::Step;
using mqtt::Version;

constexpr std::array filters{"votes",   "votes/#",     "+/a",           "#",
                             "votes/a", "$share/g/#",  "$aws/events/#", "$share/g/votes",
                             "$SYS/#",  "votes/#/bad", "$aws/rules/r",  "votes/+"};
constexpr std::array topics{"votes",         "votes/a", "other/a", "$aws/rules/r/votes",
                            "$aws/things/x", "votes/+"};

// A client's end of a connection. Reads what it is sent as a real one would.
class Peer final : public Output {
 public:
  Peer(Broker& broker, Version version)
      : version_(version), connection_(broker.connect({{}, "127.0.0.1"}, *this)) {}

  void send(std::shared_ptr<const std::string> bytes) override {
    require(!closed_, "nothing is sent after close()");
    if (stalled_) unsent_ += bytes->size();
    require(unsent_ <= limits::max_unsent_bytes + limits::max_packet_bytes,
            "what waits for a peer is bounded");
    for (const OwnedFrame& frame : frames_of(*bytes)) read(frame);
  }
  void close() override { closed_ = true; }
  std::size_t unsent_bytes() const override { return unsent_; }

  // A packet at a time, so that it is known which acknowledgement the broker has seen when.
  void write(std::string_view bytes) {
    while (!bytes.empty()) {
      const std::string_view before = bytes;
      try {
        const auto frame = framer_.next(bytes);
        if (frame && frame->type == mqtt::PacketType::puback && frame->body.size() >= 2) {
          mqtt::Reader body(frame->body);
          in_flight_.erase(body.two_bytes());
        }
      } catch (const mqtt::ProtocolError&) {
        bytes = {};
      }
      connection_->receive(before.substr(0, before.size() - bytes.size()));
    }
  }
  void acknowledge(std::size_t which) {
    if (in_flight_.empty()) return;
    auto packet_id = in_flight_.begin();
    std::advance(packet_id, static_cast<std::ptrdiff_t>(which % in_flight_.size()));
    write(puback_packet(*packet_id));
  }
  void stall(std::size_t already_unsent) {
    stalled_ = !stalled_;
    unsent_ = stalled_ ? already_unsent : 0;
  }
  Version version() const { return version_; }

 private:
  void read(const OwnedFrame& frame) {
    if (frame.type != mqtt::PacketType::publish) return;
    const mqtt::Publish publish = mqtt::decode_publish(frame.view(), version_);
    require(publish.message.qos <= 1, "QoS 2 is not served");
    if (publish.message.qos == 0) return;
    require(in_flight_.insert(publish.packet_id).second, "packet identifiers are unique");
    require(in_flight_.size() <= limits::max_in_flight, "what is in flight is bounded");
  }

  Version version_;
  mqtt::Framer framer_;
  std::set<std::uint16_t> in_flight_;
  std::size_t unsent_ = 0;
  bool stalled_ = false;
  bool closed_ = false;
  std::unique_ptr<Broker::Connection> connection_;
};

// One for many inputs: opening a store takes longer than everything else.
struct World {
  votemu::test::TestRuntime runtime;
  std::array<std::unique_ptr<Peer>, 4> peers;
  std::unique_ptr<Broker> broker = std::make_unique<Broker>(runtime.runtime);

  void take_step(Input& input) {
    const auto step = static_cast<Step>(input.below(fuzz::step_count));
    const std::uint8_t number = input.byte();
    std::unique_ptr<Peer>& peer = peers[number % peers.size()];
    switch (step) {
      case Step::connect:
        return connect(peer, input);
      case Step::pass_time:
        return runtime.advance(std::int64_t{input.byte()} * 1'000 << 2 * (number % 4));
      case Step::http_publish:
        return http_publish(input);
      case Step::finish_turn:
        return runtime.finish_turn();
      case Step::restart:
        return restart();
      case Step::drop:
        return peer.reset();
      default:
        if (peer) drive(*peer, step, input);
    }
  }

  static void drive(Peer& peer, Step step, Input& input) {
    switch (step) {
      case Step::raw:
        return peer.write(input.bytes(input.byte()));
      case Step::subscribe: {
        mqtt::Subscription subscription = to(filters[input.below(filters.size())]);
        const std::uint8_t options = input.byte();
        subscription.options.qos = options & 3;
        if (peer.version() == Version::v5) {
          subscription.options.no_local = (options & 4) != 0;
          subscription.options.retain_as_published = (options & 8) != 0;
          subscription.options.retain_handling =
              static_cast<mqtt::RetainHandling>(options >> 4 & 3);
        }
        return peer.write(subscribe_packet({subscription}, peer.version()));
      }
      case Step::unsubscribe:
        return peer.write(
            unsubscribe_packet({filters[input.below(filters.size())]}, peer.version()));
      case Step::publish:
        return peer.write(publish_packet(message(input), peer.version()));
      case Step::acknowledge:
        return peer.acknowledge(input.byte());
      case Step::stall:
        return peer.stall(std::size_t{input.byte()} << 15);
      default:
        return peer.write(disconnect_packet());
    }
  }

  static mqtt::Message message(Input& input) {
    mqtt::Message message;
    message.topic = topics[input.below(topics.size())];
    const std::uint8_t flags = input.byte();
    const std::size_t size = fuzz::payload_bytes(input.byte());
    message.payload.assign((flags & fuzz::PublishFlags::empty) != 0 ? 0 : size, 'x');
    message.qos = flags & fuzz::PublishFlags::qos_1;
    message.retain = (flags & fuzz::PublishFlags::retain) != 0;
    if ((flags & fuzz::PublishFlags::expires) != 0) {
      message.properties.add(mqtt::PropertyId::message_expiry_interval, 30U);
    }
    return message;
  }

  void connect(std::unique_ptr<Peer>& peer, Input& input) {
    using Flags = fuzz::ConnectFlags;
    const std::uint8_t flags = input.byte();
    const auto has = [flags](std::uint8_t flag) { return (flags & flag) != 0; };
    ConnectOptions options;
    options.version = has(Flags::v5)     ? Version::v5
                      : has(Flags::v3_1) ? Version::v3_1
                                         : Version::v3_1_1;
    options.client_id = std::string(1, static_cast<char>('a' + input.below(4)));
    options.clean_start = !has(Flags::keep_state);
    if (has(Flags::will)) {
      options.will = mqtt::Will{{"votes", "gone", 1, false, {}}, 0};
      if (has(Flags::delayed_will) && has(Flags::v5)) options.will->delay_s = 100;
    }
    if (has(Flags::session_expires_late)) {
      options.properties.add(mqtt::PropertyId::session_expiry_interval, 1'000U);
    }
    if (has(Flags::receives_one)) {
      options.properties.add(mqtt::PropertyId::receive_maximum, 1U);
    }
    if (has(Flags::takes_small_packets)) {
      options.properties.add(mqtt::PropertyId::maximum_packet_size, 1'000U);
    }
    peer.reset();
    peer = std::make_unique<Peer>(*broker, options.version);
    peer->write(connect_packet(options));
  }

  void http_publish(Input& input) {
    mqtt::Message sent = message(input);
    try {
      broker->publish({}, {sent.topic, sent.payload, sent.qos, sent.retain, sent.properties});
    } catch (const core::AwsError&) {
    }
  }

  void restart() {
    for (auto& peer : peers) peer.reset();
    runtime.finish_turn();
    broker.reset();
    broker = std::make_unique<Broker>(runtime.runtime);
    runtime.finish_turn();
  }

  void check() const {
    require(broker->connection_count() <= peers.size(), "those who left are not counted");
  }

  void end() {
    for (auto& peer : peers) peer.reset();
    runtime.finish_turn();
    require(broker->connection_count() == 0, "nobody is left");
    runtime.advance(std::int64_t{limits::max_session_expiry_s} * 1'000);
    require(!runtime.timers.next_due_ms(), "no timer is left");
    for (const auto table :
         {core::Table::iot_session, core::Table::iot_session_message, core::Table::iot_message}) {
      require(!runtime.store.scan(core::Key(table)).valid(), "no row is left");
    }
    runtime.store.erase_prefix(core::Key(core::Table::iot_retained_message));
    runtime.finish_turn();
    broker = std::make_unique<Broker>(runtime.runtime);
  }
};

}  // namespace
}  // namespace votemu::iot

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr int inputs_for_each_world = 20;  // what was erased makes a store slow in the end
  // Never destroyed at the end: the store's library has gone by then.
  static votemu::iot::World* world = nullptr;
  static int inputs = 0;
  if (inputs++ % inputs_for_each_world == 0) {
    delete world;
    world = new votemu::iot::World;
  }
  votemu::fuzz::Input input(data, size);
  while (!input.empty()) {
    world->take_step(input);
    world->check();
  }
  world->end();
  return 0;
}
