// What is known of a request, by condition key.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition.html
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/access.h"
#include "core/text.h"

namespace votemu::iam {

using Keys = std::span<const core::ConditionKey>;

// From several sources, the first of which counts. Refers to them.
class RequestKeys {
 public:
  RequestKeys(Keys first, Keys second, Keys third) : sources_{first, second, third} {}

  // Names differ in more than case. nullptr when the request does not have the key.
  const std::vector<std::string>* find(std::string_view name) const {
    for (const Keys source : sources_) {
      for (const auto& key : source) {
        if (core::equals_ignoring_case(key.name, name)) return &key.values;
      }
    }
    return nullptr;
  }

 private:
  std::array<Keys, 3> sources_;
};

}  // namespace votemu::iam
