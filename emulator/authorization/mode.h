// Whether signatures and policies decide.
#pragma once

namespace votemu::authorization {

enum class Mode {
  off,      // nobody is asked
  warn,     // everything is let through; what would be denied is logged
  enforce,  // what is denied is answered as AWS does
};

}  // namespace votemu::authorization
