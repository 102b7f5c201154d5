// The secret with which this votemu signs what it hands out and later wants to know again: session
// tokens and OpenID tokens, which are kept nowhere.
#pragma once

#include <string>
#include <string_view>

#include "core/random.h"
#include "core/store.h"

namespace votemu::core {

class SigningKey {
 public:
  // Made once per store. As good as `random`, which is enough to tell one's own tokens from others'
  // on a developer's machine.
  SigningKey(Store& store, Random& random);

  // A message authentication code of 32 bytes. What is signed for one purpose does not verify for
  // another.
  std::string sign(std::string_view purpose, std::string_view bytes) const;
  bool verify(std::string_view purpose, std::string_view bytes, std::string_view code) const;

 private:
  std::string key_;
};

}  // namespace votemu::core
