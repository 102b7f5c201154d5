// Bytes that are too many to be held at once: they are asked for piece by piece.
#pragma once

#include <string>

namespace votemu::core {

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // The next bytes, "" when there are no more. Throws when they cannot be had any longer.
  virtual std::string next() = 0;
};

}  // namespace votemu::core
