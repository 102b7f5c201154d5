// An open file of the operating system's.
#pragma once

#include <unistd.h>

namespace votemu::core {

// Closes it when it is destroyed; negative, as open() tells a failure, is none.
class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  ~Descriptor() {
    if (value_ >= 0) close(value_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return value_; }

 private:
  int value_;
};

}  // namespace votemu::core
