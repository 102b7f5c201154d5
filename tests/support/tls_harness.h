// A server that serves TLS too, and a client that speaks it, step by step in the test's own thread.
#pragma once

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <memory>
#include <optional>
#include <string>

#include "certificates/authority.h"
#include "tests/support/net_harness.h"

namespace votemu::test {

struct TlsTest : NetTest {
  certificates::Authority authority = certificates::Authority::in_memory(t.clock.now_ms());
  int identities = 0;  // that the server has asked for

  void SetUp() override {
    NetTest::SetUp();
    server.serve_tls([this] {
      ++identities;
      return authority.issue({"localhost"}, t.clock.now_ms());
    });
  }
};

// How a client differs from one that trusts the authority and takes what there is.
struct TlsOptions {
  int lowest_version = TLS1_2_VERSION;
  int highest_version = TLS1_3_VERSION;
  std::string protocols = "";    // of ALPN, each with its length before it
  std::size_t sent_at_once = 0;  // bytes; 0: as they are
  SSL_SESSION* session = nullptr;
};

class TlsClient final : public HttpClient {
 public:
  explicit TlsClient(TlsTest& test, const TlsOptions& options = {})
      : HttpClient(test),
        tcp_(test),
        sent_at_once_(options.sent_at_once),
        context_(SSL_CTX_new(TLS_client_method())) {
    SSL_CTX_set_security_level(context_.get(), 0);  // TLS 1.1 may at least be asked for
    SSL_CTX_set_min_proto_version(context_.get(), options.lowest_version);
    SSL_CTX_set_max_proto_version(context_.get(), options.highest_version);
    SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
    for (const auto& trusted : certificates::certificates_of(test.authority.certificate()))
      X509_STORE_add_cert(SSL_CTX_get_cert_store(context_.get()), trusted.get());
    ssl_.reset(SSL_new(context_.get()));
    SSL_set1_host(ssl_.get(), "localhost");
    X509_VERIFY_PARAM_set_time(SSL_get0_param(ssl_.get()), test.t.clock.now_ms() / 1000);
    if (!options.protocols.empty()) {
      SSL_set_alpn_protos(ssl_.get(),
                          reinterpret_cast<const unsigned char*>(options.protocols.data()),
                          static_cast<unsigned>(options.protocols.size()));
    }
    if (options.session) SSL_set_session(ssl_.get(), options.session);
    SSL_set_bio(ssl_.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
    SSL_set_connect_state(ssl_.get());
  }

  // False when it failed; alert() says why.
  bool handshake() {
    begin_handshake();
    test_.until([this] {
      receive();
      return SSL_is_init_finished(ssl_.get()) == 1 || ended_;
    });
    return SSL_is_init_finished(ssl_.get()) == 1;
  }
  // Sends the ClientHello and no more.
  void begin_handshake() {
    SSL_do_handshake(ssl_.get());
    send_records();
  }

  void send(std::string_view bytes) override {
    queue(bytes);
    send_records();
  }
  // In a record of its own, sent with whatever is sent next.
  void queue(std::string_view bytes) {
    if (SSL_is_init_finished(ssl_.get()) == 0) {
      EXPECT_TRUE(handshake());
    }
    SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size()));
  }
  void send_records() {
    char* bytes = nullptr;
    const auto size = static_cast<std::size_t>(BIO_get_mem_data(SSL_get_wbio(ssl_.get()), &bytes));
    std::string records(bytes, size);
    (void)BIO_reset(SSL_get_wbio(ssl_.get()));
    const std::size_t piece = sent_at_once_ == 0 ? records.size() : sent_at_once_;
    for (std::size_t at = 0; at < records.size(); at += piece) tcp_.send(records.substr(at, piece));
  }
  void close_notify() {
    SSL_shutdown(ssl_.get());
    send_records();
  }

  // The server has said that it will send no more.
  bool was_notified() { return (SSL_get_shutdown(ssl_.get()) & SSL_RECEIVED_SHUTDOWN) != 0; }
  // The alert with which the server refused, as OpenSSL's reason; 0 when there was none.
  int alert() const { return alert_; }
  SSL* ssl() { return ssl_.get(); }
  Client& tcp() { return tcp_; }

 private:
  void receive() override {
    const auto records = tcp_.take(tcp_.received().size());
    BIO_write(SSL_get_rbio(ssl_.get()), records.data(), static_cast<int>(records.size()));
    char buffer[16'384];
    ERR_clear_error();
    int size = 0;
    while ((size = SSL_read(ssl_.get(), buffer, sizeof buffer)) > 0)
      input_.append(buffer, static_cast<std::size_t>(size));
    if (SSL_get_error(ssl_.get(), size) == SSL_ERROR_SSL) alert_ = ERR_GET_REASON(ERR_peek_error());
    send_records();
    ended_ = tcp_.ended() && tcp_.received().empty();
  }

  Client tcp_;
  std::size_t sent_at_once_;
  std::unique_ptr<SSL_CTX, certificates::Release<SSL_CTX_free>> context_;
  std::unique_ptr<SSL, certificates::Release<SSL_free>> ssl_;
  int alert_ = 0;
};

}  // namespace votemu::test
