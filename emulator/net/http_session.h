// One HTTP/1.1 connection: keep-alive, pipelining, Expect: 100-continue, WebSocket upgrade.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/timers.h"
#include "net/application.h"
#include "net/channel.h"
#include "net/connection.h"
#include "net/http_parser.h"

namespace votemu::net {

class Server;

// Requests of a connection are answered one after another. While one is being answered the client's
// end of stream is still noticed, and withdraws it.
class HttpSession final : public Connection, public std::enable_shared_from_this<HttpSession> {
 public:
  HttpSession(Server& server, Channel channel, std::string source_ip);

  void start();
  Standing standing() const override;
  void stop() override;
  void abort() override;
  void flush() override;

 private:
  using Answering = abi::Task<wire::HttpResponse>;
  void wait_readable();
  void read();
  void begin_handshake();
  void consume(std::string_view bytes);
  void begin_request();
  void end_request(const wire::HttpResponse& response);
  void reject(HttpParser::Problem problem);
  void upgrade_to_websocket();
  void respond(const wire::HttpResponse& response, bool head_request);
  void send_rest();
  void schedule_flush();
  void send_later();
  void send_on(boost::system::error_code& error);
  bool owes() const;  // an answer, or some of one
  bool writing() const { return !sending_.empty(); }
  void after_flush();
  void consume_later();
  void tell_held();
  void expire();
  void linger();
  void watch_deadline();
  std::int64_t deadline_ms() const;
  bool may_begin_request() const;

  Server& server_;
  Channel channel_;
  const std::string source_ip_;
  HttpParser parser_;
  std::string input_;                       // received, not yet parsed
  std::string output_;                      // answered, not yet let out
  std::string sending_;                     // let out; the system has not taken all of it
  std::size_t sent_ = 0;                    // of `sending_`
  std::shared_ptr<core::ByteSource> rest_;  // of the answer that is being sent
  Answering answering_;                     // what the parser's request says
  HeldBytes held_;
  bool reading_ = false;
  bool flush_scheduled_ = false;
  bool consuming_ = false;
  bool keep_alive_ = true;
  bool lingering_ = false;
  bool closed_ = false;
  std::int64_t last_activity_ms_;
  std::int64_t request_began_ms_ = 0;  // 0: no request has begun
  core::Timer deadline_;
};

}  // namespace votemu::net
