#include "wire/http.h"

#include <algorithm>
#include <charconv>

#include "core/text.h"

namespace votemu::wire {
namespace {

// Room for most messages' fields at once.
constexpr std::size_t usual_header_bytes = 1'000;
constexpr std::size_t usual_header_fields = 16;

// How a message ends and whether the connection does is told here, not by a response's author.
bool frames_message(std::string_view name) {
  return core::equals_ignoring_case(name, "Content-Length") ||
         core::equals_ignoring_case(name, "Transfer-Encoding") ||
         core::equals_ignoring_case(name, "Connection");
}

constexpr std::string_view breaks("\r\n\0", 3);

// A line break in a field would begin a field, or a response, of its own.
std::string without_breaks(std::string_view text) {
  std::string line(text);
  std::ranges::replace_if(
      line, [](char c) { return breaks.find(c) != breaks.npos; }, ' ');
  return line;
}

void append_number(std::string& out, std::size_t number) {
  char digits[20];
  const auto end = std::to_chars(std::begin(digits), std::end(digits), number).ptr;
  out.append(digits, end);
}

}  // namespace

Headers::Headers(std::initializer_list<Field> fields) {
  for (const auto& [name, value] : fields) add(name, value);
}

void Headers::add(std::string_view name, std::string_view value) {
  if (places_.empty()) {
    text_.reserve(usual_header_bytes);
    places_.reserve(usual_header_fields);
  }
  places_.push_back({text_.size(), name.size(), value.size()});
  text_.append(name).append(value);
}

void Headers::set(std::string_view name, std::string_view value) {
  std::erase_if(places_, [&](const Place& place) {
    return core::equals_ignoring_case(field(place).name, name);
  });
  add(name, value);
}

void Headers::clear() {
  text_.clear();
  places_.clear();
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
  for (const auto& place : places_) {
    if (place.name_size != name.size()) continue;
    const auto found = field(place);
    if (core::equals_ignoring_case(found.name, name)) return found.value;
  }
  return std::nullopt;
}

bool Headers::has_token(std::string_view name, std::string_view token) const {
  std::string_view rest = get(name);
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    if (core::equals_ignoring_case(core::trimmed(rest.substr(0, comma)), token)) return true;
    if (comma == std::string_view::npos) break;
    rest.remove_prefix(comma + 1);
  }
  return false;
}

bool Headers::may_break() const {
  return std::ranges::any_of(breaks, [this](char c) { return text_.find(c) != text_.npos; });
}

std::string_view HttpRequest::path() const {
  return std::string_view(target).substr(0, target.find('?'));
}

std::string_view HttpRequest::query() const {
  const auto mark = target.find('?');
  return mark == std::string::npos ? std::string_view() : std::string_view(target).substr(mark + 1);
}

std::string_view reason_phrase(int status) {
  switch (status) {
    case 100:
      return "Continue";
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 206:
      return "Partial Content";
    case 301:
      return "Moved Permanently";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 411:
      return "Length Required";
    case 412:
      return "Precondition Failed";
    case 413:
      return "Payload Too Large";
    case 416:
      return "Requested Range Not Satisfiable";
    case 421:
      return "Misdirected Request";
    case 426:
      return "Upgrade Required";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 502:
      return "Bad Gateway";
    case 503:
      return "Service Unavailable";
    case 504:
      return "Gateway Timeout";
    default:
      return "Unknown";
  }
}

void append_response(std::string& out, const HttpResponse& response, bool keep_alive,
                     bool head_request, std::string_view date) {
  out.reserve(out.size() + response.body.size() + 512);
  out.append("HTTP/1.1 ");
  append_number(out, static_cast<std::size_t>(response.status));
  out.append(" ").append(reason_phrase(response.status)).append("\r\n");
  const bool may_break = response.headers.may_break();
  for (const auto [name, value] : response.headers) {
    if (frames_message(name)) continue;
    if (!date.empty() && core::equals_ignoring_case(name, "Date")) continue;
    if (may_break) {
      out.append(without_breaks(name)).append(": ").append(without_breaks(value)).append("\r\n");
    } else {
      out.append(name).append(": ").append(value).append("\r\n");
    }
  }
  if (response.status != 204 && response.status != 304) {
    out.append("Content-Length: ");
    append_number(out, response.body.size() + response.rest_size);
    out.append("\r\n");
  }
  if (!date.empty()) out.append("Date: ").append(date).append("\r\n");
  out.append(keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n");
  if (!head_request && response.status != 204 && response.status != 304) out.append(response.body);
}

}  // namespace votemu::wire
