// Chance as an input, and the identifiers made from it.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace votemu::core {

class Random {
 public:
  virtual ~Random() = default;
  virtual std::uint64_t next() = 0;

  // Uniform in [0, bound); bound > 0.
  std::uint64_t below(std::uint64_t bound);
  // `length` characters of `alphabet`.
  std::string pick(std::string_view alphabet, std::size_t length);

  std::string uuid();                            // version 4, lower case with hyphens
  std::string hex(std::size_t length);           // lower case
  std::string alphanumeric(std::size_t length);  // lower-case letters and digits
  std::string upper_alphanumeric(std::size_t length);
};

// Seeded from the operating system. For identifiers that must not collide, not for secrets.
class SystemRandom final : public Random {
 public:
  SystemRandom();
  std::uint64_t next() override { return engine_(); }

 private:
  std::mt19937_64 engine_;
};

// The same seed gives the same sequence.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : engine_(seed) {}
  std::uint64_t next() override { return engine_(); }

 private:
  std::mt19937_64 engine_;
};

}  // namespace votemu::core
