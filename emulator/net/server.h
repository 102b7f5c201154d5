// The listener and its connections.
#pragma once

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

#include "core/timers.h"
#include "core/tls_identity.h"
#include "core/turn.h"
#include "net/application.h"
#include "net/channel.h"
#include "net/connection.h"
#include "net/descriptors.h"
#include "net/limits.h"

namespace votemu::net {

class Server {
 public:
  Server(boost::asio::io_context& io, core::Turn& turn, core::Timers& timers,
         const core::Clock& clock, Application& application,
         std::size_t max_connections = connections_within(raise_descriptor_limit()));
  ~Server();

  // Listens on every address with the same port; 0 takes a free one. Returns the port. An address
  // that this machine does not have is skipped as long as one remains. Throws std::runtime_error.
  std::uint16_t listen(const std::vector<std::string>& addresses, std::uint16_t port);

  // From now on TLS is served on the same port, beside plain HTTP. The identity is asked for when a
  // client first needs it, and again when it should be renewed; what it throws ends the process.
  void serve_tls(std::function<core::TlsIdentity()> identity) { identity_ = std::move(identity); }

  // Begins to accept connections: what the backlog holds is served from now on.
  void start();

  // Accepts nothing more, lets what is in flight finish, then calls `stopped`.
  void stop(std::function<void()> stopped);

  std::size_t connection_count() const { return connections_.size(); }
  std::size_t held_bytes() const { return held_bytes_; }

  // For its connections.
  boost::asio::io_context& io() { return io_; }
  core::Turn& turn() { return turn_; }
  core::Timers& timers() { return timers_; }
  const core::Clock& clock() const { return clock_; }
  Application& application() { return application_; }
  std::array<char, limits::read_chunk_bytes>& read_buffer() { return read_buffer_; }
  void add(const std::shared_ptr<Connection>& connection);
  void remove(const std::shared_ptr<Connection>& connection);
  // Calls the connection's flush() after this turn's commit.
  void flush_later(std::shared_ptr<Connection> connection);
  // To put together what is written at once.
  std::string& write_buffer() { return write_buffer_; }
  bool stopping() const { return stopping_; }
  // What its connections hold together, which they tell; HeldBytes does.
  std::size_t& held_total() { return held_bytes_; }
  // For an answer; after the turn there is.
  bool has_room() const { return held_bytes_ < limits::max_held_bytes; }
  // Sees to it, when what has come leaves none.
  void make_room_later();
  // The Date of answers; made once a second.
  const std::string& date();

 private:
  using tcp = boost::asio::ip::tcp;
  void accept(tcp::acceptor& acceptor);
  void serve(tcp::socket socket);
  void finish_turn();
  void finish_stop();
  // The connections for which this holds, those first that have not moved for longest.
  template <class Condition>
  std::vector<std::shared_ptr<Connection>> by_rest(Condition condition) const;
  void give_way();
  void make_room();
  void finish_turn_later();
  std::shared_ptr<const TlsContext> tls_context();

  boost::asio::io_context& io_;
  core::Turn& turn_;
  core::Timers& timers_;
  const core::Clock& clock_;
  Application& application_;
  const std::size_t max_connections_;
  std::vector<std::unique_ptr<tcp::acceptor>> acceptors_;
  std::vector<core::Timer> accept_retries_;
  std::unordered_set<std::shared_ptr<Connection>> connections_;
  std::size_t held_bytes_ = 0;
  std::array<char, limits::read_chunk_bytes> read_buffer_{};
  std::string write_buffer_;
  std::vector<std::shared_ptr<Connection>> to_flush_;
  std::vector<std::shared_ptr<Connection>> flushing_;  // only during finish_turn()
  bool finishes_turn_ = false;
  std::int64_t date_second_ = -1;
  std::string date_;
  bool stopping_ = false;
  core::Timer stop_timer_;
  std::function<void()> stopped_;
  std::function<core::TlsIdentity()> identity_;
  std::shared_ptr<const TlsContext> tls_context_;
  std::int64_t tls_renew_at_ms_ = 0;
  const Channel::Context channel_context_ = [this] { return tls_context(); };
};

}  // namespace votemu::net
