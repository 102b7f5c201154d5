#include "net/tls_stream.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <sys/socket.h>

#include <algorithm>
#include <boost/asio/error.hpp>
#include <cerrno>
#include <new>

#include "net/limits.h"

namespace votemu::net {
namespace asio = boost::asio;
using boost::system::error_code;

// OpenSSL's own socket BIO would raise SIGPIPE, and reads without a bound for as long as a peer
// sends what holds no data.
struct TlsStream::Transport {
  int socket;
  std::size_t may_receive;  // and no more until it is allowed anew

  static Transport& of(BIO* bio) { return *static_cast<Transport*>(BIO_get_data(bio)); }

  static int receive(BIO* bio, char* bytes, int size) {
    auto& self = of(bio);
    BIO_clear_retry_flags(bio);
    const auto wanted = std::min(static_cast<std::size_t>(size), self.may_receive);
    const auto received = wanted == 0 ? -1 : ::recv(self.socket, bytes, wanted, 0);
    if (received > 0) self.may_receive -= static_cast<std::size_t>(received);
    if (received < 0 && (wanted == 0 || BIO_sock_should_retry(-1))) BIO_set_retry_read(bio);
    return static_cast<int>(received);
  }

  static int send(BIO* bio, const char* bytes, int size) {
    BIO_clear_retry_flags(bio);
    const auto sent = ::send(of(bio).socket, bytes, static_cast<std::size_t>(size), MSG_NOSIGNAL);
    if (sent < 0 && BIO_sock_should_retry(-1)) BIO_set_retry_write(bio);
    return static_cast<int>(sent);
  }

  static long control(BIO*, int command, long, void*) { return command == BIO_CTRL_FLUSH ? 1 : 0; }

  static const BIO_METHOD* method() {
    static const auto made = [] {
      std::unique_ptr<BIO_METHOD, decltype(&BIO_meth_free)> methods(
          BIO_meth_new(BIO_TYPE_SOURCE_SINK | BIO_get_new_index(), "connection"), &BIO_meth_free);
      BIO_meth_set_read(methods.get(), receive);
      BIO_meth_set_write(methods.get(), send);
      BIO_meth_set_ctrl(methods.get(), control);
      return methods;
    }();
    return made.get();
  }
};

TlsStream::TlsStream(std::shared_ptr<const TlsContext> context, int socket)
    : context_(std::move(context)),
      transport_(std::make_unique<Transport>(Transport{socket, limits::max_handshake_bytes})),
      ssl_(SSL_new(context_->get())) {
  BIO* bio = BIO_new(Transport::method());
  if (!ssl_ || !bio) throw std::bad_alloc();
  BIO_set_data(bio, transport_.get());
  BIO_set_init(bio, 1);
  SSL_set_bio(ssl_, bio, bio);
  SSL_set_accept_state(ssl_);
}

TlsStream::~TlsStream() {
  SSL_free(ssl_);
}

bool TlsStream::handshaking() const {
  return SSL_is_init_finished(ssl_) == 0;
}

bool TlsStream::readable() const {
  return read_ended_ || (!read_blocked_ && SSL_has_pending(ssl_) == 1);
}

error_code TlsStream::outcome(int result) {
  const int kind = SSL_get_error(ssl_, result);
  ERR_clear_error();
  if (kind == SSL_ERROR_NONE) return {};
  if (kind == SSL_ERROR_ZERO_RETURN) return asio::error::eof;
  const bool too_long_a_handshake = handshaking() && transport_->may_receive == 0;
  if (kind == SSL_ERROR_WANT_READ && !too_long_a_handshake) return asio::error::would_block;
  if (kind == SSL_ERROR_WANT_WRITE) return asio::error::would_block;
  failed_ = true;
  return asio::error::connection_aborted;
}

std::size_t TlsStream::read_some(char* bytes, std::size_t size, error_code& error) {
  if (!handshaking()) transport_->may_receive = limits::tls_receive_bytes;
  std::size_t taken = 0;
  do {
    std::size_t got = 0;
    error = outcome(SSL_read_ex(ssl_, bytes + taken, size - taken, &got));
    taken += got;
  } while (!error && taken < size && SSL_has_pending(ssl_) == 1);
  read_blocked_ = error == asio::error::would_block;
  read_needs_writable_ = read_blocked_ && SSL_want_write(ssl_);
  read_ended_ = error && !read_blocked_;
  if (taken > 0) error = {};  // what ended this read ends the next one too
  return taken;
}

std::size_t TlsStream::write_some(std::string_view bytes, error_code& error) {
  std::size_t written = 0;
  error = {};
  while (written < bytes.size() && !error) {
    std::size_t taken = 0;
    const auto rest = bytes.substr(written);
    error = outcome(SSL_write_ex(ssl_, rest.data(), rest.size(), &taken));
    written += taken;
  }
  write_blocked_ = error == asio::error::would_block;
  write_needs_readable_ = write_blocked_ && SSL_want_read(ssl_);
  return written;
}

void TlsStream::close_notify() {
  if (failed_ || handshaking() || write_blocked_) return;
  SSL_shutdown(ssl_);
  ERR_clear_error();
}

}  // namespace votemu::net
