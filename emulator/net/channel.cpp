#include "net/channel.h"

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>

namespace votemu::net {
namespace asio = boost::asio;

namespace {

// With it a handshake begins (RFC 8446, 5.1), and no HTTP request.
constexpr char tls_handshake_record = 0x16;

}  // namespace

void Channel::detect(error_code& error) {
  char first = 0;
  socket_.receive(asio::buffer(&first, 1), tcp::socket::message_peek, error);
  if (error) return;
  const auto& context = *std::exchange(context_, nullptr);
  if (first != tls_handshake_record) return;
  if (auto tls = context()) {
    tls_ = std::make_unique<TlsStream>(std::move(tls), socket_.native_handle());
  }
}

std::size_t Channel::read_some(char* bytes, std::size_t size, error_code& error) {
  if (context_) {
    detect(error);
    if (error) return 0;
  }
  if (tls_) return tls_->read_some(bytes, size, error);
  return socket_.read_some(asio::buffer(bytes, size), error);
}

std::size_t Channel::write_some(std::string_view bytes, error_code& error) {
  if (tls_) return tls_->write_some(bytes, error);
  return socket_.write_some(asio::buffer(bytes), error);
}

void Channel::shutdown_send() {
  if (tls_) tls_->close_notify();
  error_code ignored;
  socket_.shutdown(tcp::socket::shutdown_send, ignored);
}

void Channel::drop_input(std::function<void(error_code)> done) {
  wait_readable([this, done = std::move(done)](error_code error) mutable {
    std::array<char, 4096> dropped{};
    if (!error) read_some(dropped.data(), dropped.size(), error);
    if (!error || error == asio::error::would_block) return drop_input(std::move(done));
    done(error == asio::error::eof ? error_code() : error);
  });
}

// The descriptor's number may be another connection's from now on.
void Channel::close() {
  tls_.reset();
  error_code ignored;
  socket_.close(ignored);
}

void Channel::read_later(asio::mutable_buffer buffer, Transferred done) {
  wait_readable([this, buffer, done = std::move(done)](error_code error) mutable {
    std::size_t size = 0;
    if (!error) size = read_some(static_cast<char*>(buffer.data()), buffer.size(), error);
    if (error == asio::error::would_block) return read_later(buffer, std::move(done));
    done(error, size);
  });
}

void Channel::write_record(std::shared_ptr<const std::string> record, Transferred done) {
  error_code error;
  const std::size_t written = write_some(*record, error);
  if (error == asio::error::would_block) return write_later(std::move(record), std::move(done));
  asio::post(get_executor(), [error, written, done = std::move(done)] { done(error, written); });
}

void Channel::write_later(std::shared_ptr<const std::string> record, Transferred done) {
  wait_writable(
      [this, record = std::move(record), done = std::move(done)](error_code error) mutable {
        std::size_t written = 0;
        if (!error) written = write_some(*record, error);
        if (error == asio::error::would_block) {
          return write_later(std::move(record), std::move(done));
        }
        done(error, written);
      });
}

}  // namespace votemu::net
