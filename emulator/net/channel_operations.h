// What makes a Channel one of Beast's streams. Over plain TCP it is the socket's own operations.
#pragma once

#include <algorithm>
#include <boost/asio/async_result.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/beast/core/role.hpp>
#include <memory>
#include <string>
#include <utility>

#include "net/channel.h"
#include "net/limits.h"

namespace votemu::net {

template <class Buffers, class Token>
auto Channel::async_read_some(const Buffers& buffers, Token&& token) {
  const auto initiate = [](auto handler, Channel* self, const Buffers& into) {
    if (!self->tls_) return self->socket_.async_read_some(into, std::move(handler));
    const auto shared = std::make_shared<decltype(handler)>(std::move(handler));
    const auto first = std::find_if(
        boost::asio::buffer_sequence_begin(into), boost::asio::buffer_sequence_end(into),
        [](const boost::asio::mutable_buffer& buffer) { return buffer.size() > 0; });
    self->read_later(
        *first, [shared](error_code error, std::size_t size) { std::move (*shared)(error, size); });
  };
  return boost::asio::async_initiate<Token, void(error_code, std::size_t)>(initiate, token, this,
                                                                           buffers);
}

// The buffers are joined: each would otherwise become a record and a packet of its own.
template <class Buffers, class Token>
auto Channel::async_write_some(const Buffers& buffers, Token&& token) {
  const auto initiate = [](auto handler, Channel* self, const Buffers& from) {
    if (!self->tls_) return self->socket_.async_write_some(from, std::move(handler));
    const auto size = std::min(boost::asio::buffer_size(from), limits::tls_record_bytes);
    auto record = std::make_shared<std::string>(size, '\0');
    boost::asio::buffer_copy(boost::asio::buffer(*record), from);
    const auto shared = std::make_shared<decltype(handler)>(std::move(handler));
    self->write_record(std::move(record), [shared](error_code error, std::size_t written) {
      std::move (*shared)(error, written);
    });
  };
  return boost::asio::async_initiate<Token, void(error_code, std::size_t)>(initiate, token, this,
                                                                           buffers);
}

// Beast ends the WebSocket's transport: what the peer still sends is dropped until it ends, too.
template <class Token>
auto async_teardown(boost::beast::role_type, Channel& channel, Token&& token) {
  const auto initiate = [](auto handler, Channel* self) {
    const auto shared = std::make_shared<decltype(handler)>(std::move(handler));
    self->shutdown_send();
    self->drop_input([shared](boost::system::error_code error) { std::move (*shared)(error); });
  };
  return boost::asio::async_initiate<Token, void(boost::system::error_code)>(initiate, token,
                                                                             &channel);
}

inline void beast_close_socket(Channel& channel) {
  channel.close();
}

}  // namespace votemu::net
