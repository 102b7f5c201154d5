#include "app/web_origin.h"

#include <algorithm>

#include "certificates/host_names.h"
#include "core/text.h"

namespace votemu::app {
namespace {

constexpr std::size_t max_port_digits = 5;

std::string lower(std::string_view text) {
  std::string lowered(text);
  std::ranges::transform(lowered, lowered.begin(), core::to_lower);
  return lowered;
}

bool is_port(std::string_view text) {
  return text.size() <= max_port_digits && std::ranges::all_of(text, core::is_digit);
}

// RFC 3986, section 3.1.
bool is_scheme(std::string_view text) {
  return !text.empty() && core::is_letter(text.front()) && std::ranges::all_of(text, [](char c) {
    return core::is_alphanumeric(c) || c == '+' || c == '-' || c == '.';
  });
}

// The address in "[::1]:4566" and what follows it.
std::optional<Authority> parse_bracketed(std::string_view text) {
  const auto end = text.find(']');
  if (end == text.npos) return std::nullopt;
  const auto address = text.substr(1, end - 1);
  auto rest = text.substr(end + 1);
  if (address.find(':') == address.npos || !certificates::is_ip_address(address)) {
    return std::nullopt;
  }
  if (!rest.empty() && rest.front() != ':') return std::nullopt;
  rest.remove_prefix(rest.empty() ? 0 : 1);
  if (!is_port(rest)) return std::nullopt;
  return Authority{lower(address), std::string(rest), true};
}

bool is_default_port(std::string_view scheme, std::string_view port) {
  return (scheme == "http" && port == "80") || (scheme == "https" && port == "443");
}

}  // namespace

bool Authority::is_this_machine() const {
  if (is_address) {
    return host.starts_with("127.") || host == "::1" || host == "0.0.0.0" || host == "::";
  }
  return host == "localhost" || host.ends_with(".localhost");
}

std::optional<Authority> parse_authority(std::string_view text) {
  if (text.starts_with('[')) return parse_bracketed(text);
  const auto colon = text.find(':');
  auto host = text.substr(0, colon);
  const auto port = colon == text.npos ? std::string_view() : text.substr(colon + 1);
  if (host.ends_with('.')) host.remove_suffix(1);
  if (host.starts_with('*') || !certificates::is_host_name(host) || !is_port(port)) {
    return std::nullopt;
  }
  return Authority{lower(host), std::string(port), certificates::is_ip_address(host)};
}

std::optional<WebOrigin> parse_origin(std::string_view text) {
  constexpr std::string_view mark = "://";
  const auto scheme_end = text.find(mark);
  if (scheme_end == text.npos || !is_scheme(text.substr(0, scheme_end))) return std::nullopt;
  if (text.ends_with('/')) text.remove_suffix(1);  // as some WebSocket libraries write it
  if (text.size() < scheme_end + mark.size()) return std::nullopt;
  auto authority = parse_authority(text.substr(scheme_end + mark.size()));
  if (!authority) return std::nullopt;
  WebOrigin origin{lower(text.substr(0, scheme_end)), std::move(*authority)};
  if (is_default_port(origin.scheme, origin.authority.port)) origin.authority.port.clear();
  return origin;
}

std::optional<WebOrigin> origin_of_url(std::string_view url) {
  const auto authority = url.find("://");
  if (authority == url.npos) return std::nullopt;
  return parse_origin(url.substr(0, url.find_first_of("/?#", authority + 3)));
}

}  // namespace votemu::app
