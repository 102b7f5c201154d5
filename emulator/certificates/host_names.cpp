#include "certificates/host_names.h"

#include <arpa/inet.h>

#include <algorithm>

#include "certificates/limits.h"

namespace votemu::certificates {
namespace {

bool is_label(std::string_view label) {
  const auto is_letter_or_digit = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  return !label.empty() && label.size() <= limits::max_label_length && label.front() != '-' &&
         label.back() != '-' && std::ranges::all_of(label, [&](char c) {
           return is_letter_or_digit(c) || c == '-' || c == '_';
         });
}

}  // namespace

bool is_ip_address(std::string_view text) {
  unsigned char address[sizeof(in6_addr)];
  const std::string terminated(text);
  return inet_pton(AF_INET, terminated.c_str(), address) == 1 ||
         inet_pton(AF_INET6, terminated.c_str(), address) == 1;
}

bool is_host_name(std::string_view text) {
  if (is_ip_address(text)) return true;
  if (text.size() > limits::max_host_name_length) return false;
  if (text.starts_with("*.")) text.remove_prefix(2);
  for (;;) {
    const auto dot = text.find('.');
    const auto label = text.substr(0, dot);
    if (!is_label(label)) return false;
    if (dot == std::string_view::npos) {
      return !std::ranges::all_of(label, [](char c) { return c >= '0' && c <= '9'; });
    }
    text.remove_prefix(dot + 1);
  }
}

const std::vector<std::string>& names_of_this_machine() {
  static const std::vector<std::string> names = {
      "localhost",
      "*.localhost",
      "*.execute-api.localhost",
      "*.s3.localhost",
      "localhost.localstack.cloud",
      "*.localhost.localstack.cloud",
      "*.execute-api.localhost.localstack.cloud",
      "*.s3.localhost.localstack.cloud",
      "127.0.0.1",
      "::1",
  };
  return names;
}

}  // namespace votemu::certificates
