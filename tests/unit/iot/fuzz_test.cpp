// Valid conversations with random damage: whatever arrives, the broker neither fails nor grows.
#include <gtest/gtest.h>

#include "services/iot/limits.h"
#include "tests/unit/iot/broker_fixture.h"

namespace votemu::iot::test {
namespace {

constexpr int conversations = 4'000;

class FuzzTest : public BrokerTest {
 protected:
  Properties some_properties() {
    Properties properties;
    properties.add(PropertyId::content_type, std::string("text/plain"));
    if (chance.below(2) == 0)
      properties.add(PropertyId::topic_alias, 1 + static_cast<std::uint32_t>(chance.below(8)));
    if (chance.below(2) == 0) properties.add_user("name", "value");
    return properties;
  }

  std::string valid_packet(Version version) {
    const auto qos = static_cast<std::uint8_t>(chance.below(2));
    const std::string topic = chance.below(2) == 0 ? "votes" : "a/b/c";
    switch (chance.below(7)) {
      case 0:
        return subscribe_packet({to(chance.below(2) == 0 ? "votes" : "a/+/#", qos)}, version);
      case 1:
        return unsubscribe_packet({topic}, version);
      case 2:
        return pingreq_packet();
      case 3:
        return puback_packet(static_cast<std::uint16_t>(1 + chance.below(20)));
      case 4:
        return disconnect_packet();
      default: {
        Message message{topic, chance.hex(chance.below(200)), qos, chance.below(4) == 0, {}};
        if (version == Version::v5) message.properties = some_properties();
        return publish_packet(message, version);
      }
    }
  }

  std::string conversation(Version version) {
    ConnectOptions options{.version = version, .clean_start = chance.below(2) == 0};
    options.client_id = "client" + std::to_string(chance.below(20));
    if (chance.below(2) == 0) options.will = mqtt::Will{{"votes", "gone", 0, false, {}}, 0};
    std::string stream = connect_packet(options);
    for (std::uint64_t i = chance.below(10); i > 0; --i) stream += valid_packet(version);
    return stream;
  }

  // A byte changed, removed, added, or a piece repeated.
  void damage(std::string& stream) {
    const auto at = static_cast<std::size_t>(chance.below(stream.size()));
    switch (chance.below(5)) {
      case 0:
        stream[at] = static_cast<char>(chance.below(256));
        break;
      case 1:
        stream[at] = static_cast<char>(stream[at] ^ 1 << chance.below(8));
        break;
      case 2:
        stream.erase(at, 1 + static_cast<std::size_t>(chance.below(4)));
        break;
      case 3:
        stream.insert(at, 1, static_cast<char>(chance.below(256)));
        break;
      default:
        stream.insert(at, stream.substr(at, static_cast<std::size_t>(chance.below(50))));
    }
    if (stream.empty()) stream = "\x10";
  }

  void send_in_fragments(TestClient& to_broker, std::string_view stream) {
    while (!stream.empty()) {
      const auto size =
          std::min<std::size_t>(stream.size(), 1 + static_cast<std::size_t>(chance.below(60)));
      to_broker.send_to_broker(stream.substr(0, size));
      stream.remove_prefix(size);
    }
  }

  core::SeededRandom chance{20'250'601};
};

// A transport that has not spoken yet.
std::unique_ptr<TestClient> silent_client(Broker& broker) {
  return std::make_unique<TestClient>(broker, "");
}

TEST_F(FuzzTest, DamagedConversations) {
  std::vector<std::unique_ptr<TestClient>> clients(8);
  for (int i = 0; i < conversations; ++i) {
    constexpr Version versions[] = {Version::v3_1, Version::v3_1_1, Version::v5};
    std::string stream = conversation(versions[chance.below(3)]);
    for (std::uint64_t hits = chance.below(4); hits > 0; --hits) damage(stream);
    auto& slot = clients[static_cast<std::size_t>(chance.below(clients.size()))];
    slot = silent_client(broker);
    send_in_fragments(*slot, stream);
    slot->received.clear();
    runtime.finish_turn();
    if (chance.below(10) == 0) runtime.advance(static_cast<std::int64_t>(chance.below(60'000)));
    ASSERT_LE(broker.connection_count(), clients.size());
  }
  clients.clear();
  runtime.finish_turn();
  EXPECT_EQ(broker.connection_count(), 0U);
  runtime.advance(std::int64_t{limits::max_session_expiry_s} * 1'000);
  EXPECT_EQ(runtime.timers.next_due_ms(), std::nullopt);
}

TEST_F(FuzzTest, NoiseIsDroppedAtOnce) {
  for (int i = 0; i < conversations; ++i) {
    auto noisy = silent_client(broker);
    std::string noise(1 + static_cast<std::size_t>(chance.below(300)), '\0');
    for (char& byte : noise) byte = static_cast<char>(chance.below(256));
    send_in_fragments(*noisy, noise);
  }
  EXPECT_EQ(broker.connection_count(), 0U);
}

TEST_F(FuzzTest, ASessionBuffersOneIncompletePacketAtMost) {
  mqtt::Framer framer;
  std::string header = "\x30";
  mqtt::Writer length;
  length.variable_integer(limits::max_packet_bytes - 4);
  header += length.bytes();
  std::string_view first = header;
  framer.next(first);
  for (int i = 0; i < 1'000; ++i) {
    const std::string chunk(1'024, 'x');
    std::string_view rest = chunk;
    try {
      while (framer.next(rest)) {
      }
    } catch (const mqtt::ProtocolError&) {
      break;
    }
    ASSERT_LE(framer.buffered_bytes(), limits::max_packet_bytes);
  }
}

}  // namespace
}  // namespace votemu::iot::test
