// The fields of a URL's query string.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace votemu::wire {

// Decoded, in the order in which they came.
class QueryFields {
 public:
  explicit QueryFields(std::string_view query);

  std::string get(std::string_view name) const;  // the first one's; "" when there is none
  bool has(std::string_view name) const;
  const auto& all() const { return fields_; }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

}  // namespace votemu::wire
