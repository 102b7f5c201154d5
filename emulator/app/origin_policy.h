// Who may talk to this process. Whoever reaches the port is trusted, but for web pages: a page that
// the person at this machine happens to visit can make their browser send requests here, and must
// neither cause nor read anything. Browsers tell on pages: the host they were loaded from, or think
// that they talk to, is in Host; the page's origin is in Origin; and Sec-Fetch-Site says how the
// two stand to each other. https://fetch.spec.whatwg.org/#origin-header
// https://www.w3.org/TR/fetch-metadata/
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/web_origin.h"
#include "authorization/report.h"
#include "core/log.h"
#include "wire/http.h"

namespace votemu::app {

class OriginPolicy {
 public:
  // `names` are the hosts that are served beside IP addresses, "*.NAME" for all below one;
  // `origins` those whose pages may call beside this machine's own, each as is_origin_option().
  OriginPolicy(const std::vector<std::string>& names, const std::vector<std::string>& origins,
               core::Log& log);

  // Before anything else: why nothing is served under the host that the request names. Without it
  // an attacker's name that leads here (DNS rebinding) would make a page's requests same-origin.
  std::optional<wire::HttpResponse> refuse_host(const wire::HttpRequest& request);

  // Before an AWS call, a control call and a WebSocket; a deployed API is open to all origins, as
  // on AWS. `acts_by_url`: the address alone makes something happen, as with a Query call.
  std::optional<wire::HttpResponse> refuse_page(const wire::HttpRequest& request, bool acts_by_url);

  // The rules. `host` is the Host field's value.
  bool serves(std::string_view host) const;
  bool admits(const wire::HttpRequest& request, bool acts_by_url) const;

 private:
  std::optional<std::string_view> foreign_origin(const wire::HttpRequest& request) const;
  bool admits_unnamed(const wire::HttpRequest& request, bool acts_by_url) const;
  bool allows(std::string_view origin, std::string_view host) const;
  bool allows(const WebOrigin& origin, std::string_view host) const;

  std::vector<std::string> names_;
  std::vector<WebOrigin> origins_;
  bool every_origin_ = false;
  bool opaque_origins_ = false;  // "null"
  std::string last_served_;      // most clients always send the same host
  authorization::Report report_;
};

// Whether the text is an origin, "null" or "*", as --cors-allow-origin takes it.
bool is_origin_option(std::string_view text);

}  // namespace votemu::app
