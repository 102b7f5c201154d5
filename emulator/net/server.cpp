#include "net/server.h"

#include <malloc.h>

#include <algorithm>
#include <boost/asio/ip/v6_only.hpp>
#include <stdexcept>
#include <utility>

#include "core/calendar.h"
#include "net/http_session.h"

namespace votemu::net {
namespace asio = boost::asio;
using boost::system::error_code;

Server::Server(asio::io_context& io, core::Turn& turn, core::Timers& timers,
               const core::Clock& clock, Application& application, std::size_t max_connections)
    : io_(io),
      turn_(turn),
      timers_(timers),
      clock_(clock),
      application_(application),
      max_connections_(max_connections) {}

Server::~Server() {
  const auto connections = std::exchange(connections_, {});
  for (const auto& connection : connections) connection->abort();
}

std::uint16_t Server::listen(const std::vector<std::string>& addresses, std::uint16_t port) {
  std::string failure = "no address to listen on";
  for (const auto& address : addresses) {
    error_code error;
    const auto parsed = asio::ip::make_address(address, error);
    if (error) throw std::runtime_error("not an address: " + address);
    auto acceptor = std::make_unique<tcp::acceptor>(io_);
    const tcp::endpoint endpoint(parsed, port);
    acceptor->open(endpoint.protocol(), error);
    if (!error) acceptor->set_option(tcp::acceptor::reuse_address(true), error);
    if (!error && parsed.is_v6()) acceptor->set_option(asio::ip::v6_only(true), error);
    if (!error) acceptor->bind(endpoint, error);
    if (!error) acceptor->listen(asio::socket_base::max_listen_connections, error);
    if (error) {
      failure =
          "cannot listen on " + address + " port " + std::to_string(port) + ": " + error.message();
      if (error == asio::error::address_in_use) throw std::runtime_error(failure);
      continue;
    }
    port = acceptor->local_endpoint().port();
    acceptors_.push_back(std::move(acceptor));
  }
  if (acceptors_.empty()) throw std::runtime_error(failure);
  accept_retries_.resize(acceptors_.size());
  return port;
}

void Server::start() {
  for (const auto& acceptor : acceptors_) accept(*acceptor);
}

void Server::accept(tcp::acceptor& acceptor) {
  acceptor.async_accept([this, &acceptor](const error_code& error, tcp::socket socket) {
    if (error == asio::error::operation_aborted || stopping_) return;
    if (error) {
      for (std::size_t i = 0; i < acceptors_.size(); ++i) {
        if (acceptors_[i].get() != &acceptor) continue;
        accept_retries_[i] =
            timers_.after(limits::accept_retry_ms, [this, &acceptor] { accept(acceptor); });
      }
      return;
    }
    if (connections_.size() >= max_connections_) give_way();
    if (connections_.size() < max_connections_) serve(std::move(socket));
    accept(acceptor);
  });
}

void Server::serve(tcp::socket socket) {
  error_code error;
  socket.set_option(tcp::no_delay(true), error);
  const auto peer = socket.remote_endpoint(error);
  if (error) return;
  socket.non_blocking(true, error);
  const auto session = std::make_shared<HttpSession>(
      *this, Channel(std::move(socket), channel_context_), peer.address().to_string());
  add(session);
  session->start();
}

void Server::add(const std::shared_ptr<Connection>& connection) {
  connections_.insert(connection);
}

void Server::remove(const std::shared_ptr<Connection>& connection) {
  connections_.erase(connection);
  if (stopping_ && connections_.empty()) finish_stop();
}

template <class Condition>
std::vector<std::shared_ptr<Connection>> Server::by_rest(Condition condition) const {
  std::vector<std::shared_ptr<Connection>> found;
  for (const auto& connection : connections_) {
    if (condition(connection->standing())) found.push_back(connection);
  }
  std::ranges::sort(found, {},
                    [](const auto& connection) { return connection->standing().moved_ms; });
  return found;
}

void Server::give_way() {
  auto resting = by_rest([](const Standing& standing) { return standing.awaits_client; });
  resting.resize(std::min(resting.size(), limits::give_way_at_once));
  for (const auto& connection : resting) connection->abort();
}

void Server::make_room() {
  if (has_room()) return;
  const auto holders = by_rest([](const Standing& standing) {
    return standing.held_bytes >= limits::least_held_bytes_to_give_way;
  });
  for (const auto& connection : holders) {
    if (held_bytes_ <= limits::max_held_bytes / 4 * 3) break;
    connection->abort();
  }
  malloc_trim(0);  // many pieces of many sizes: the allocator would keep most of them
}

void Server::flush_later(std::shared_ptr<Connection> connection) {
  to_flush_.push_back(std::move(connection));
  finish_turn_later();
}

void Server::make_room_later() {
  if (!has_room()) finish_turn_later();
}

void Server::finish_turn_later() {
  if (!std::exchange(finishes_turn_, true)) turn_.hold([this] { finish_turn(); });
}

// Answers that can leave do so before anybody is closed for not taking them.
void Server::finish_turn() {
  finishes_turn_ = false;
  flushing_.swap(to_flush_);
  for (const auto& connection : flushing_) connection->flush();
  flushing_.clear();
  make_room();
}

std::shared_ptr<const TlsContext> Server::tls_context() {
  if (identity_ && clock_.now_ms() >= tls_renew_at_ms_) {
    const auto identity = identity_();
    tls_context_ = std::make_shared<const TlsContext>(identity);
    tls_renew_at_ms_ = identity.renew_at_ms;
  }
  return tls_context_;
}

const std::string& Server::date() {
  const std::int64_t second = clock_.now_ms() / 1000;
  if (second != date_second_) {
    date_second_ = second;
    date_ = core::http_date(second * 1000);
  }
  return date_;
}

void Server::stop(std::function<void()> stopped) {
  stopping_ = true;
  stopped_ = std::move(stopped);
  for (const auto& acceptor : acceptors_) acceptor->close();
  const auto connections = connections_;
  for (const auto& connection : connections) connection->stop();
  if (connections_.empty()) return finish_stop();
  stop_timer_ = timers_.after(limits::stop_grace_ms, [this] {
    const auto remaining = connections_;
    for (const auto& connection : remaining) connection->abort();
  });
}

void Server::finish_stop() {
  stop_timer_ = {};
  if (const auto stopped = std::exchange(stopped_, {})) stopped();
}

}  // namespace votemu::net
