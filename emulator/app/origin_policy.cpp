#include "app/origin_policy.h"

#include <algorithm>

#include "core/json.h"
#include "core/text.h"

namespace votemu::app {
namespace {

using wire::HttpRequest;
using wire::HttpResponse;

constexpr std::string_view every = "*";
constexpr std::string_view opaque = "null";

// Of files, as WebViews and older Chromiums send it with WebSockets.
constexpr std::string_view of_files = "file://";

HttpResponse refusal(int status, const std::string& message) {
  HttpResponse response{status, {}, core::dump_json({{"message", message}})};
  response.headers.add("Content-Type", "application/json");
  response.headers.add("X-Content-Type-Options", "nosniff");
  response.headers.add("Vary", "Origin");
  return response;
}

bool is_under(std::string_view host, std::string_view name) {
  if (!name.starts_with("*.")) return host == name;
  name.remove_prefix(1);
  return host.size() > name.size() && host.ends_with(name);
}

// Browsers of today tell Sec-Fetch-Site only to hosts that they trust: loopback's, and those with
// TLS. Requests without Origin cannot carry another User-Agent than the browser's.
bool is_of_browser(const HttpRequest& request) {
  return request.headers.get("User-Agent").starts_with("Mozilla/");
}

std::string why_refused(const std::optional<std::string_view>& origin) {
  if (origin == opaque || origin == of_files) {
    return "Pages without an origin of their own, those of files and of everybody's sandboxed "
           "frames, may not call votemu unless it is started with --cors-allow-origin null";
  }
  if (origin && parse_origin(*origin)) {
    const std::string text(*origin);
    return "Pages of the origin " + text +
           " may not call votemu. If it is yours, start votemu with --cors-allow-origin " + text;
  }
  return "A browser may not send this request to votemu without telling which page of yours it is "
         "for: by Origin or, where it only reads, by Referer";
}

}  // namespace

bool is_origin_option(std::string_view text) {
  return text == every || text == opaque || parse_origin(text);
}

OriginPolicy::OriginPolicy(const std::vector<std::string>& names,
                           const std::vector<std::string>& origins, core::Log& log)
    : report_(log, "origin") {
  for (const auto& name : names) {
    names_.emplace_back();
    std::ranges::transform(name, std::back_inserter(names_.back()), core::to_lower);
  }
  for (const auto& origin : origins) {
    every_origin_ |= origin == every;
    opaque_origins_ |= origin == opaque;
    if (auto parsed = parse_origin(origin)) origins_.push_back(std::move(*parsed));
  }
}

// Who sends none is no browser.
std::optional<HttpResponse> OriginPolicy::refuse_host(const HttpRequest& request) {
  const auto host = request.headers.find("Host");
  if (!host || *host == last_served_) return std::nullopt;
  if (serves(*host)) {
    last_served_ = *host;
    return std::nullopt;
  }
  const auto authority = parse_authority(*host);
  std::string message = "votemu does not serve the host that the request names.";
  if (authority) {
    message = "votemu does not serve the host " + authority->host +
              ". If it is yours, start votemu with --hostname " + authority->host;
  }
  report_.tell(message);
  return refusal(421, message);
}

bool OriginPolicy::serves(std::string_view host) const {
  const auto authority = parse_authority(host);
  if (!authority) return false;
  // No name leads here that could be given another address: nothing can be rebound.
  if (authority->is_address) return true;
  return std::ranges::any_of(names_,
                             [&](const auto& name) { return is_under(authority->host, name); });
}

std::optional<HttpResponse> OriginPolicy::refuse_page(const HttpRequest& request,
                                                      bool acts_by_url) {
  if (admits(request, acts_by_url)) return std::nullopt;
  const auto message = why_refused(foreign_origin(request));
  report_.tell(message);
  return refusal(403, message);
}

bool OriginPolicy::admits(const HttpRequest& request, bool acts_by_url) const {
  if (every_origin_) return true;
  if (foreign_origin(request)) return false;
  return request.headers.find("Origin") || admits_unnamed(request, acts_by_url);
}

std::optional<std::string_view> OriginPolicy::foreign_origin(const HttpRequest& request) const {
  for (const auto [name, value] : request.headers) {
    if (!core::equals_ignoring_case(name, "Origin")) continue;
    if (!allows(value, request.headers.get("Host"))) return value;
  }
  return std::nullopt;
}

// The page of an image or a link, which has no Origin, may be told by Referer. It is not enough for
// what acts: where one of this machine's pages was redirected by another's server, it is the first.
bool OriginPolicy::admits_unnamed(const HttpRequest& request, bool acts_by_url) const {
  const auto site = request.headers.find("Sec-Fetch-Site");
  if (!site) return !(acts_by_url && is_of_browser(request));
  if (*site == "same-origin") return true;
  if (*site == "none") return !acts_by_url;     // typed, or a link in somebody's mail
  const bool same_site = *site == "same-site";  // redirects on the way included
  if (same_site && !acts_by_url) return true;
  const auto page = origin_of_url(request.headers.get("Referer"));
  if (!page || !allows(*page, request.headers.get("Host"))) return false;
  return same_site || !acts_by_url;
}

bool OriginPolicy::allows(std::string_view origin, std::string_view host) const {
  if (origin == opaque || origin == of_files) return opaque_origins_;
  const auto parsed = parse_origin(origin);
  return parsed && allows(*parsed, host);
}

// Another port of this machine, or of the host that is called, is this person's as well.
bool OriginPolicy::allows(const WebOrigin& origin, std::string_view host) const {
  if (std::ranges::find(origins_, origin) != origins_.end()) return true;
  if (!origin.is_web()) return false;
  if (origin.authority.is_this_machine()) return true;
  const auto called = parse_authority(host);
  return called && called->host == origin.authority.host;
}

}  // namespace votemu::app
