// votemu's own interface, /_votemu and its alias /_localstack, and the vote page.
#pragma once

#include <optional>
#include <string>

#include "app/deployed_stack.h"
#include "wire/http.h"

namespace votemu::app {

class Control {
 public:
  explicit Control(const DeployedStack& stack) : stack_(stack) {}

  wire::HttpResponse answer(const wire::HttpRequest& request) const;

  // A file of the page when the path is one.
  std::optional<wire::HttpResponse> page(const wire::HttpRequest& request) const;

 private:
  wire::HttpResponse health() const;
  wire::HttpResponse page_config(const wire::HttpRequest& request) const;

  const DeployedStack& stack_;
};

}  // namespace votemu::app
