// A target with a fault. Fuzzing must find it, and replaying must notice it: otherwise neither
// would find anything elsewhere.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "tests/fuzz/require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  bool fault = input.size() >= 3;
  fault = fault && input[0] == 'V';
  fault = fault && input[1] == '5';
  fault = fault && input[2] == '!';
  votemu::fuzz::require(!fault, "the canary lives");
  return 0;
}
