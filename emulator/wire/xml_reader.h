// XML request bodies, read into a tree.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/aws_error.h"

namespace votemu::wire {

// A list of 10,000 parts with checksums takes about 3 MiB and 60,000 elements.
inline constexpr std::size_t max_xml_bytes = std::size_t{4} << 20;
inline constexpr std::size_t max_xml_elements = 100'000;
inline constexpr std::size_t max_xml_depth = 32;

struct XmlElement {
  std::string name;  // without a namespace's prefix
  std::string text;  // its own, entities resolved
  std::vector<XmlElement> children;
};

core::AwsError malformed_xml();

// The root element. Throws AwsError MalformedXML for text that is no XML document, has a document
// type or exceeds a bound.
XmlElement read_xml(std::string_view text);

}  // namespace votemu::wire
