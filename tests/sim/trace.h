// What a history did, as a hash, and line by line on stderr when somebody wants to read it.
#pragma once

#include <cstdint>
#include <iostream>
#include <string_view>

namespace votemu::sim {

class Trace {
 public:
  explicit Trace(bool tells) : tells_(tells) {}

  void note(std::string_view what, std::string_view more = {}) {
    mix(what);
    mix(more);
    if (tells_) std::cerr << what << (more.empty() ? "" : ": ") << more << '\n';
  }
  // What need not be the same each time.
  void tell(std::string_view what) const {
    if (tells_) std::cerr << what << '\n';
  }
  std::uint64_t hash() const { return hash_; }

 private:
  // FNV-1a, with an end after each text.
  void mix(std::string_view text) {
    for (const char byte : text) mix_byte(static_cast<unsigned char>(byte));
    mix_byte(0x100);
  }
  void mix_byte(std::uint64_t byte) { hash_ = (hash_ ^ byte) * 1'099'511'628'211U; }

  bool tells_;
  std::uint64_t hash_ = 14'695'981'039'346'656'037U;
};

}  // namespace votemu::sim
