// SigV4's canonical request: the one spelling of a request that both sides sign.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "wire/sigv4.h"

namespace votemu::wire {

// A query string's fields, decoded, in the order in which they came.
class QueryFields {
 public:
  explicit QueryFields(std::string_view query);

  std::string get(std::string_view name) const;  // "" when there is none
  bool has(std::string_view name) const;
  const auto& all() const { return fields_; }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

// False when x-amz-content-sha256 says another hash than the body has.
bool payload_is_as_signed(const HttpRequest& request, const Signature& signature);

std::string canonical_request(const HttpRequest& request, const Signature& signature);

}  // namespace votemu::wire
