// A connection's bytes, over TCP or over TLS on TCP: the peer's first byte says which.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/system/error_code.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "net/tls_stream.h"

namespace votemu::net {

// A non-blocking stream; `would_block` says to wait. The TLS handshake happens within its reads.
class Channel {
 public:
  using tcp = boost::asio::ip::tcp;
  using error_code = boost::system::error_code;
  using executor_type = tcp::socket::executor_type;
  // nullptr: TLS is not served.
  using Context = std::function<std::shared_ptr<const TlsContext>()>;

  // The context is asked for when the peer begins a handshake.
  Channel(tcp::socket socket, const Context& context)
      : socket_(std::move(socket)), context_(&context) {}

  executor_type get_executor() { return socket_.get_executor(); }
  bool secure() const { return tls_ != nullptr; }
  bool handshaking() const { return tls_ && tls_->handshaking(); }

  std::size_t read_some(char* bytes, std::size_t size, error_code& error);
  // All the bytes that the system takes now.
  std::size_t write_some(std::string_view bytes, error_code& error);

  // Call `handler(error_code)` later: when a read, or a write, that would block is worth another
  // try.
  template <class Handler>
  void wait_readable(Handler handler) {
    if (tls_ && tls_->readable()) {
      return boost::asio::post(get_executor(),
                               [handler = std::move(handler)]() mutable { handler(error_code()); });
    }
    const bool needs_writable = tls_ && tls_->read_needs_writable();
    socket_.async_wait(needs_writable ? tcp::socket::wait_write : tcp::socket::wait_read,
                       std::move(handler));
  }
  template <class Handler>
  void wait_writable(Handler handler) {
    const bool needs_readable = tls_ && tls_->write_needs_readable();
    socket_.async_wait(needs_readable ? tcp::socket::wait_read : tcp::socket::wait_write,
                       std::move(handler));
  }

  // Tells the peer that nothing more will be written. What it still sends can be read.
  void shutdown_send();
  void close();

 private:
  void detect(error_code& error);

  tcp::socket socket_;
  const Context* context_;  // nullptr once the peer's first byte has come
  std::unique_ptr<TlsStream> tls_;
};

}  // namespace votemu::net
