// Hosts and origins as they stand in a request's fields, taken apart strictly: what is not of their
// form is nobody's. RFC 3986, section 3.2; https://html.spec.whatwg.org/#origin
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace votemu::app {

struct Authority {
  std::string host;  // in lower case, without an IPv6 address's brackets or a name's last dot
  std::string port;  // "" when none is said
  bool is_address = false;

  // Whether it can only mean the machine on which it is said: localhost, a name below it, an
  // address of loopback, or 0.0.0.0 and ::, which servers print where they listen on all.
  bool is_this_machine() const;
  bool operator==(const Authority&) const = default;
};

// "localhost:4566", "[::1]". nullopt when it is anything else.
std::optional<Authority> parse_authority(std::string_view text);

struct WebOrigin {
  std::string scheme;   // in lower case
  Authority authority;  // without a port that is the scheme's own

  // What pages come with that somebody serves, unlike those of extensions and applications.
  bool is_web() const { return scheme == "http" || scheme == "https"; }
  bool operator==(const WebOrigin&) const = default;
};

// "https://app.example.com:8443" and nothing behind it but a slash. nullopt when it is anything
// else, such as "null", the origin of who has none.
std::optional<WebOrigin> parse_origin(std::string_view text);

// Of the page at this address.
std::optional<WebOrigin> origin_of_url(std::string_view url);

}  // namespace votemu::app
