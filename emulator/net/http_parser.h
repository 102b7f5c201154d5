// Bytes to requests, on Beast's parser, which only this room's .cpp files see.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "wire/http.h"

namespace votemu::net {

// Reads one request after another from a byte stream, however it is cut.
class HttpParser {
 public:
  HttpParser();
  ~HttpParser();

  // What went wrong, as the status that answers it: 400, 413 or 431; 408 is for whoever looks at
  // the time.
  enum class Problem { none, malformed, body_too_large, header_too_large, too_slow };

  // Takes as many of the bytes as belong to the current request and says how many. Bytes that it
  // left must be offered again with more behind them.
  std::size_t feed(std::string_view bytes);

  bool idle() const;  // nothing of a request has come yet
  bool done() const;
  Problem problem() const { return problem_; }
  // The header is there, the body is not, and the client waits for 100 Continue. True once a
  // request.
  bool take_expectation();
  bool upgrade() const;  // a WebSocket handshake
  bool keep_alive() const;

  // The request, or what there is of it: of one whose body is too large, all but the body.
  wire::HttpRequest& request();
  const wire::HttpRequest& request() const;
  // The request is not needed any more: begins anew.
  void next();

 private:
  struct State;
  std::unique_ptr<State> state_;
  Problem problem_ = Problem::none;
};

}  // namespace votemu::net
