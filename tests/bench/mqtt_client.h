// A minimal MQTT client, over WebSocket or TCP, for generators of load: what arrives is only
// counted, so that it costs little beside the broker.
#pragma once

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace bench {

// Of a packet whose remaining length fits one byte.
inline std::string packet(char first, const std::string& rest) {
  return std::string(1, first) + static_cast<char>(rest.size()) + rest;
}

inline std::string text(std::string_view value) {
  return std::string{'\0', static_cast<char>(value.size())} + std::string(value);
}

// A client's frame is masked; the mask may be zero.
inline std::string frame(const std::string& message) {
  return std::string{'\x82', static_cast<char>(0x80 | message.size()), '\0', '\0', '\0', '\0'} +
         message;
}

// What frames carry, however they are cut.
class FrameReader {
 public:
  // Hands each piece of a payload to the sink.
  template <class Sink>
  void take(std::string_view bytes, Sink&& sink) {
    while (!bytes.empty()) {
      if (left_ == 0) {
        header_.push_back(bytes.front());
        bytes.remove_prefix(1);
        begin_payload();
        continue;
      }
      const auto taken = std::min<std::uint64_t>(left_, bytes.size());
      sink(bytes.substr(0, taken));
      left_ -= taken;
      bytes.remove_prefix(taken);
    }
  }

 private:
  void begin_payload() {
    if (header_.size() < 2) return;
    const auto byte = [this](std::size_t i) { return static_cast<unsigned char>(header_[i]); };
    const unsigned length = byte(1) & 0x7FU;
    const std::size_t extended = length == 126 ? 2 : length == 127 ? 8 : 0;
    if (header_.size() < 2 + extended) return;
    left_ = extended == 0 ? length : 0;
    for (std::size_t i = 0; i < extended; ++i) left_ = left_ << 8 | byte(2 + i);
    header_.clear();
  }

  std::string header_;
  std::uint64_t left_ = 0;
};

enum class Transport { tcp, websocket };

class MqttClient {
 public:
  MqttClient(boost::asio::io_context& io, const boost::asio::ip::tcp::endpoint& broker,
             Transport transport, int number, std::string_view path = "/mqtt")
      : socket_(io), transport_(transport) {
    socket_.connect(broker);
    socket_.set_option(boost::asio::ip::tcp::no_delay(true));
    if (transport == Transport::websocket) upgrade(path);
    // MQTT 3.1.1, a clean session, kept alive for 1,200 s without a ping: longer than any
    // measurement.
    const std::string connect = text("MQTT") + std::string{'\x04', '\x02', '\x04', '\xB0'} +
                                text("bench-" + std::to_string(number));
    send(packet(0x10, connect));
    await(4);  // CONNACK
  }

  void subscribe(std::string_view topic) {
    send(packet('\x82', std::string{'\0', '\x01'} + text(topic) + '\0'));
    await(5);  // SUBACK
  }

  // A packet as it goes over the wire.
  std::string wrapped(const std::string& packet) const {
    return transport_ == Transport::websocket ? frame(packet) : packet;
  }

  void send(const std::string& packet) { write(wrapped(packet)); }

  void write(const std::string& wrapped) {
    boost::asio::write(socket_, boost::asio::buffer(wrapped));
  }

  // Blocks until packets of so many bytes have come.
  void await(std::uint64_t bytes) {
    std::uint64_t got = 0;
    while (got < bytes) {
      const auto size = socket_.read_some(boost::asio::buffer(chunk_));
      got += carried({chunk_.data(), size});
    }
  }

  // Calls `arrived(bytes)`, how many have come, for ever.
  template <class Arrived>
  void listen(Arrived& arrived) {
    const auto on_read = [this, &arrived](const boost::system::error_code& error,
                                          std::size_t size) {
      if (error) return;
      arrived(carried({chunk_.data(), size}));
      listen(arrived);
    };
    socket_.async_read_some(boost::asio::buffer(chunk_), on_read);
  }

  // Calls `came(text)` with each piece of what comes, for ever.
  template <class Came>
  void follow(Came& came) {
    const auto on_read = [this, &came](const boost::system::error_code& error, std::size_t size) {
      if (error) return;
      unwrap({chunk_.data(), size}, came);
      follow(came);
    };
    socket_.async_read_some(boost::asio::buffer(chunk_), on_read);
  }

 private:
  void upgrade(std::string_view path) {
    write("GET " + std::string(path) +
          " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
          "Sec-WebSocket-Protocol: mqtt\r\n\r\n");
    std::string head;
    const auto size =
        boost::asio::read_until(socket_, boost::asio::dynamic_buffer(head), "\r\n\r\n");
    if (!head.starts_with("HTTP/1.1 101")) throw std::runtime_error("no upgrade: " + head);
    carried(std::string_view(head).substr(size));
  }

  template <class Sink>
  void unwrap(std::string_view bytes, Sink&& sink) {
    if (transport_ == Transport::websocket) {
      frames_.take(bytes, sink);
    } else {
      sink(bytes);
    }
  }

  std::uint64_t carried(std::string_view bytes) {
    std::uint64_t size = 0;
    unwrap(bytes, [&size](std::string_view piece) { size += piece.size(); });
    return size;
  }

  boost::asio::ip::tcp::socket socket_;
  const Transport transport_;
  FrameReader frames_;
  std::array<char, 65'536> chunk_{};
};

}  // namespace bench
