# Writes OUTPUT, a C++ file that holds the files of ENTRIES (a list of PATH=FILE) as web::assets() returns them.
# The bytes come in through the assembler, which is instant at any size; an array of numbers takes seconds to compile.
set(types_html "text/html; charset=utf-8")
set(types_css "text/css; charset=utf-8")
set(types_js "text/javascript; charset=utf-8")
set(types_svg "image/svg+xml")

set(symbols "")
set(rows "")
set(index 0)
foreach(entry IN LISTS ENTRIES)
  string(REGEX MATCH "^([^=]*)=(.*)$" matched "${entry}")
  set(path "${CMAKE_MATCH_1}")
  set(file "${CMAKE_MATCH_2}")
  get_filename_component(extension "${file}" LAST_EXT)
  string(SUBSTRING "${extension}" 1 -1 extension)
  if(NOT DEFINED types_${extension})
    message(FATAL_ERROR "No content type is known for ${file}")
  endif()
  file(SHA256 "${file}" hash)
  string(SUBSTRING "${hash}" 0 16 hash)
  set(symbol "votemu_web_asset_${index}")
  string(APPEND symbols
         "asm(\".pushsection .rodata\\n${symbol}_begin:\\n.incbin \\\"${file}\\\"\\n${symbol}_end:\\n.popsection\");\n"
         "extern const char ${symbol}_begin[] asm(\"${symbol}_begin\");\n"
         "extern const char ${symbol}_end[] asm(\"${symbol}_end\");\n")
  string(APPEND rows
         "      {\"${path}\", \"${types_${extension}}\",\n"
         "       {${symbol}_begin, static_cast<std::size_t>(${symbol}_end - ${symbol}_begin)},\n"
         "       \"\\\"${hash}\\\"\"},\n")
  math(EXPR index "${index} + 1")
endforeach()

file(WRITE "${OUTPUT}" "#include <cstddef>

#include \"web/assets.h\"

${symbols}
namespace votemu::web {

std::span<const Asset> assets() {
  static const Asset all[] = {
${rows}  };
  return all;
}

}  // namespace votemu::web
")
