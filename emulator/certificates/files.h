// Files of certificates and keys.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "core/durable_file.h"

namespace votemu::certificates {

// One line for the person who started votemu: which file, and what is wrong with it.
class CertificateError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// nullopt when there is no such file. Throws CertificateError when it cannot be read.
std::optional<std::string> read_file(const std::string& path);

// As core::write_durably. Throws CertificateError.
void write_file(const std::string& path, std::string_view bytes, core::Readable readable);

// Takes from others the right to read a file that is the owner's.
void make_private(const std::string& path);

}  // namespace votemu::certificates
