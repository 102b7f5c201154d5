// A zip archive of one file, as CloudFormation makes one from the source text in a template.
// https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
#pragma once

#include <string>
#include <string_view>

namespace votemu::cloudformation {

// Not compressed, and the same bytes for the same content: they are code whose digest is compared.
std::string zip_archive(std::string_view file_name, std::string_view content);

}  // namespace votemu::cloudformation
