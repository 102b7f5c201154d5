// The ceiling that votemu is measured against: a bare Beast HTTP server on one thread that parses a
// request, does nothing and answers a constant. One coroutine a connection, the response's bytes
// made by hand, the write tried before waiting.
#include <array>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr std::string_view answer =
    "HTTP/1.1 200 OK\r\n"
    "Content-Type: application/json\r\n"
    "Content-Length: 2\r\n"
    "\r\n"
    "{}";

using Parser = http::request_parser<http::string_body>;

// How many requests end in the input, which is taken; what follows the last one stays.
std::size_t take_requests(std::optional<Parser>& parser, std::string& input, error_code& error) {
  std::size_t requests = 0;
  while (!input.empty()) {
    if (!parser) parser.emplace().eager(true);
    const auto used = parser->put(asio::buffer(input), error);
    input.erase(0, used);
    if (error == http::error::need_more) error = {};
    if (error || (used == 0 && !parser->is_done())) break;
    if (!parser->is_done()) continue;
    parser.reset();
    ++requests;
  }
  return requests;
}

asio::awaitable<void> serve(tcp::socket socket) {
  socket.set_option(tcp::no_delay(true));
  socket.non_blocking(true);
  std::array<char, 16'384> chunk;
  std::optional<Parser> parser;
  std::string input;
  std::string output;
  while (true) {
    error_code error;
    auto reading = asio::redirect_error(asio::use_awaitable, error);
    const std::size_t size = co_await socket.async_read_some(asio::buffer(chunk), reading);
    if (error) co_return;
    input.append(chunk.data(), size);
    std::size_t requests = take_requests(parser, input, error);
    if (error) co_return;
    for (; requests > 0; --requests) output.append(answer);
    if (output.empty()) continue;
    const std::size_t written = socket.write_some(asio::buffer(output), error);
    if (error && error != asio::error::would_block) co_return;
    output.erase(0, written);
    if (output.empty()) continue;
    auto writing = asio::redirect_error(asio::use_awaitable, error);
    co_await asio::async_write(socket, asio::buffer(output), writing);
    if (error) co_return;
    output.clear();
  }
}

asio::awaitable<void> accept(tcp::acceptor& acceptor) {
  while (true) {
    tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
    asio::co_spawn(acceptor.get_executor(), serve(std::move(socket)), asio::detached);
  }
}

}  // namespace

int main(int argc, char** argv) {
  asio::io_context io(1);
  const auto port = static_cast<unsigned short>(argc > 1 ? std::atoi(argv[1]) : 0);
  tcp::acceptor acceptor(io, {asio::ip::make_address("127.0.0.1"), port});
  std::printf("%d\n", acceptor.local_endpoint().port());
  std::fflush(stdout);
  asio::co_spawn(io, accept(acceptor), asio::detached);
  io.run();
}
