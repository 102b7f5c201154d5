// votemu's own interface, /_votemu and its alias /_localstack, and the vote page.
#pragma once

#include <optional>
#include <string>

#include "app/operations.h"
#include "app/tls_certificate.h"
#include "core/store.h"
#include "wire/http.h"

namespace votemu::app {

class Control {
 public:
  Control(core::Store& store, const Operations& operations, TlsCertificate& tls_certificate)
      : store_(store), operations_(operations), tls_certificate_(tls_certificate) {}

  wire::HttpResponse answer(const wire::HttpRequest& request) const;

  // A file of the page when the path is one.
  std::optional<wire::HttpResponse> page(const wire::HttpRequest& request) const;

 private:
  wire::HttpResponse health() const;
  wire::HttpResponse authority() const;
  wire::HttpResponse page_config(const wire::HttpRequest& request) const;

  core::Store& store_;
  const Operations& operations_;
  TlsCertificate& tls_certificate_;
};

}  // namespace votemu::app
