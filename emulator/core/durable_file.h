// Files outside the store, kept so that they survive a power cut.
#pragma once

#include <string>
#include <string_view>

namespace votemu::core {

enum class Readable { by_everyone, by_owner };

// Whole or not at all, should the machine stop meanwhile, and there to stay once it returned;
// nobody else can read the owner's file at any moment. Throws std::system_error.
void write_durably(const std::string& path, std::string_view bytes, Readable readable);

// What was made, renamed or removed in a directory stays so. A directory that may not be read, or
// whose file system knows no such thing, is left as it is. Throws std::system_error.
void sync_directory(const std::string& path);

}  // namespace votemu::core
