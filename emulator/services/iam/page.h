// Marker and MaxItems of the operations that list.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/json.h"
#include "services/iam/request.h"

namespace votemu::iam {

class Page {
 public:
  // Violated constraints are told by request.done().
  explicit Page(const Request& request);

  // What is listed, each with what it is ordered by, which is unique.
  using Items = std::vector<std::pair<std::string, core::Json>>;

  // The part of `items`, which are in order, that the request asks for. Throws AwsError
  // ValidationError for a marker that IAM has not given.
  core::Json answer(std::string_view member, const Items& items) const;

 private:
  std::string marker_;
  std::size_t size_;
};

}  // namespace votemu::iam
