// XML request bodies, read into a tree.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/aws_error.h"

namespace votemu::wire {

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
