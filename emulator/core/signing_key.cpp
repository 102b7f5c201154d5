#include "core/signing_key.h"

#include "core/hmac.h"
#include "core/keys.h"

namespace votemu::core {
namespace {

constexpr std::size_t key_digits = 64;

}  // namespace

SigningKey::SigningKey(Store& store, Random& random) {
  const Key row(Table::signing_key);
  if (auto kept = store.get(row)) {
    key_ = std::move(*kept);
    return;
  }
  key_ = random.hex(key_digits);
  store.put(row, key_);
}

std::string SigningKey::sign(std::string_view purpose, std::string_view bytes) const {
  return hmac_sha256(hmac_sha256(key_, purpose), bytes);
}

bool SigningKey::verify(std::string_view purpose, std::string_view bytes,
                        std::string_view code) const {
  return equal_in_constant_time(sign(purpose, bytes), code);
}

}  // namespace votemu::core
