// TLS on a non-blocking TCP socket, the server's side, on OpenSSL.
#pragma once

#include <openssl/ssl.h>

#include <boost/system/error_code.hpp>
#include <cstddef>
#include <memory>
#include <string_view>

#include "net/tls_context.h"

namespace votemu::net {

// The handshake happens within the first reads. A call that the socket keeps from going on fails
// with would_block; it is to be made again, a write with the same bytes in front.
class TlsStream {
 public:
  // The socket stays its owner's, who closes it when this is gone.
  TlsStream(std::shared_ptr<const TlsContext> context, int socket);
  ~TlsStream();
  TlsStream(const TlsStream&) = delete;
  TlsStream& operator=(const TlsStream&) = delete;

  // As many bytes as there are. eof when the peer has said that no more come; an end without that
  // is an error like any other, after which the connection is good for nothing.
  std::size_t read_some(char* bytes, std::size_t size, boost::system::error_code& error);
  // As many of the bytes as the socket takes; with an error, those before it.
  std::size_t write_some(std::string_view bytes, boost::system::error_code& error);

  bool handshaking() const;
  // A read would not need the socket.
  bool readable() const;
  // What the socket must be for a read, or a write, that failed with would_block to go on.
  bool read_needs_writable() const { return read_needs_writable_; }
  bool write_needs_readable() const { return write_needs_readable_; }

  // Tells the peer that no more will be written, unless a write is half done.
  void close_notify();

 private:
  struct Transport;  // OpenSSL's view of the socket
  boost::system::error_code outcome(int result);

  const std::shared_ptr<const TlsContext> context_;
  std::unique_ptr<Transport> transport_;
  SSL* ssl_ = nullptr;
  bool read_blocked_ = false;
  bool read_ended_ = false;
  bool read_needs_writable_ = false;
  bool write_blocked_ = false;
  bool write_needs_readable_ = false;
  bool failed_ = false;
};

}  // namespace votemu::net
