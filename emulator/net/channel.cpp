#include "net/channel.h"

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

// The descriptor's number may be another connection's from now on.
void Channel::close() {
  tls_.reset();
  error_code ignored;
  socket_.close(ignored);
}

}  // namespace votemu::net
