// The framer and every decoder on arbitrary bytes. What is decoded and encoded again decodes to
// the same, and the framer finds the same packets however the bytes are fragmented.
#include <optional>
#include <string>
#include <vector>

#include "services/iot/limits.h"
#include "services/iot/mqtt/acknowledgement.h"
#include "services/iot/mqtt/disconnect.h"
#include "services/iot/mqtt/unsubscribe.h"
#include "services/iot/topic.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/require.h"
#include "tests/support/mqtt_packets.h"

namespace votemu::iot::mqtt {
namespace {

using fuzz::require;
using test::OwnedFrame;

std::vector<OwnedFrame> frames_in_pieces(std::string_view stream, std::size_t piece_size) {
  std::vector<OwnedFrame> frames;
  Framer framer;
  try {
    while (!stream.empty()) {
      std::string_view piece = stream.substr(0, piece_size);
      stream.remove_prefix(piece.size());
      while (const auto frame = framer.next(piece)) {
        frames.push_back({frame->type, frame->flags, std::string(frame->body)});
      }
      require(framer.buffered_bytes() <= limits::max_packet_bytes,
              "one packet is buffered at most");
    }
  } catch (const ProtocolError&) {
  }
  return frames;
}

void check_publish(const Frame& frame, Version version) {
  const Publish publish = decode_publish(frame, version);
  const OwnedFrame again = test::frame_of(encode_publish(publish, version));
  const Publish same = decode_publish(again.view(), version);
  require(same.message == publish.message && same.packet_id == publish.packet_id &&
              same.duplicate == publish.duplicate,
          "a PUBLISH survives encoding");
}

void check_acknowledgement(const Frame& frame, Version version) {
  const Acknowledgement acknowledgement = decode_acknowledgement(frame, version);
  const auto reason = static_cast<ReasonCode>(acknowledgement.reason);
  const OwnedFrame again =
      test::frame_of(encode_puback(acknowledgement.packet_id, reason, version));
  const Acknowledgement same = decode_acknowledgement(again.view(), version);
  require(same.packet_id == acknowledgement.packet_id && same.reason == acknowledgement.reason,
          "a PUBACK survives encoding");
}

void check_subscribe(const Frame& frame, Version version) {
  const Subscribe subscribe = decode_subscribe(frame, version);
  const OwnedFrame again = test::frame_of(
      test::subscribe_packet(subscribe.subscriptions, version, subscribe.properties));
  const Subscribe same = decode_subscribe(again.view(), version);
  require(same.properties == subscribe.properties &&
              same.subscriptions.size() == subscribe.subscriptions.size(),
          "a SUBSCRIBE survives encoding");
  for (std::size_t i = 0; i < same.subscriptions.size(); ++i) {
    require(same.subscriptions[i].filter == subscribe.subscriptions[i].filter &&
                same.subscriptions[i].options == subscribe.subscriptions[i].options,
            "a subscription survives encoding");
    parse_topic_filter(same.subscriptions[i].filter);
  }
}

void check_connect(const Frame& frame) {
  Reader body(frame.body);
  const Version version = decode_protocol_version(body);
  const Connect connect = decode_connect(body, version);
  const OwnedFrame again = test::frame_of(
      test::connect_packet({version, connect.client_id, connect.clean_start, connect.keep_alive_s,
                            connect.will, connect.properties}));
  Reader again_body(again.body);
  const Connect same = decode_connect(again_body, decode_protocol_version(again_body));
  require(same.client_id == connect.client_id && same.properties == connect.properties &&
              same.will.has_value() == connect.will.has_value(),
          "a CONNECT survives encoding");
  if (!same.will) return;
  require(
      same.will->message == connect.will->message && same.will->delay_s == connect.will->delay_s,
      "a will survives encoding");
}

void check_disconnect(const Frame& frame, Version version) {
  const Disconnect disconnect = decode_disconnect(frame, version);
  const OwnedFrame again =
      test::frame_of(encode_disconnect(static_cast<ReasonCode>(disconnect.reason)));
  require(decode_disconnect(again.view(), Version::v5).reason == disconnect.reason,
          "a DISCONNECT survives encoding");
}

void check_frame(const Frame& frame, Version version) {
  switch (frame.type) {
    case PacketType::connect:
      return check_connect(frame);
    case PacketType::publish:
      return check_publish(frame, version);
    case PacketType::subscribe:
      return check_subscribe(frame, version);
    case PacketType::unsubscribe:
      decode_unsubscribe(frame, version);
      return;
    case PacketType::disconnect:
      return check_disconnect(frame, version);
    default:
      check_acknowledgement(frame, version);
  }
}

void check_stream(std::string_view stream, std::size_t piece_size) {
  const std::vector<OwnedFrame> frames = frames_in_pieces(stream, stream.size());
  const std::vector<OwnedFrame> in_pieces = frames_in_pieces(stream, piece_size);
  require(frames.size() == in_pieces.size(), "fragments make no other packets");
  for (std::size_t i = 0; i < frames.size(); ++i) {
    require(frames[i].type == in_pieces[i].type && frames[i].body == in_pieces[i].body,
            "fragments make the same packets");
    for (const Version version : {Version::v3_1, Version::v3_1_1, Version::v5}) {
      try {
        check_frame(frames[i].view(), version);
      } catch (const ProtocolError&) {
      }
    }
  }
}

}  // namespace
}  // namespace votemu::iot::mqtt

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  votemu::fuzz::Input input(data, size);
  const std::size_t piece_size = 1 + input.below(64);
  votemu::iot::mqtt::check_stream(input.rest(), piece_size);
  return 0;
}
