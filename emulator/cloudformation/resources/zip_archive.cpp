#include "cloudformation/resources/zip_archive.h"

#include <boost/crc.hpp>
#include <cstdint>

namespace votemu::cloudformation {
namespace {

void append_number(std::string& bytes, std::uint32_t number, int length) {
  for (int i = 0; i < length; ++i) {
    bytes += static_cast<char>(number >> (8 * i) & 0xFFU);
  }
}

void append_16(std::string& bytes, std::uint32_t number) {
  append_number(bytes, number, 2);
}
void append_32(std::string& bytes, std::uint32_t number) {
  append_number(bytes, number, 4);
}

// What a file's local and central headers share, from the version needed to the extra field's
// length. The time is zip's first one: midnight of January 1st, 1980.
std::string common_header(std::string_view file_name, std::string_view content) {
  constexpr std::uint32_t version_needed = 20;
  constexpr std::uint32_t first_date = 1U << 5 | 1U;
  boost::crc_32_type checksum;
  checksum.process_bytes(content.data(), content.size());
  const auto size = static_cast<std::uint32_t>(content.size());
  std::string header;
  append_16(header, version_needed);
  append_16(header, 0);  // flags
  append_16(header, 0);  // stored
  append_16(header, 0);  // time
  append_16(header, first_date);
  append_32(header, checksum.checksum());
  append_32(header, size);
  append_32(header, size);
  append_16(header, static_cast<std::uint32_t>(file_name.size()));
  append_16(header, 0);  // extra field
  return header;
}

}  // namespace

std::string zip_archive(std::string_view file_name, std::string_view content) {
  constexpr std::uint32_t made_on_unix = 3U << 8 | 20U;
  constexpr std::uint32_t readable_file = 0100644U << 16;
  const std::string common = common_header(file_name, content);

  std::string archive = "PK\3\4" + common;
  archive.append(file_name).append(content);
  const auto directory_at = static_cast<std::uint32_t>(archive.size());
  archive += "PK\1\2";
  append_16(archive, made_on_unix);
  archive += common;
  append_16(archive, 0);  // comment
  append_16(archive, 0);  // disk
  append_16(archive, 0);  // internal attributes
  append_32(archive, readable_file);
  append_32(archive, 0);  // where the local header is
  archive += file_name;
  const auto directory_size = static_cast<std::uint32_t>(archive.size()) - directory_at;
  archive += "PK\5\6";
  append_32(archive, 0);  // disks
  append_16(archive, 1);
  append_16(archive, 1);
  append_32(archive, directory_size);
  append_32(archive, directory_at);
  append_16(archive, 0);  // comment
  return archive;
}

}  // namespace votemu::cloudformation
