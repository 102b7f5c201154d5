// Trees of XML to and from Json, as shapes tell.
#pragma once

#include <string>
#include <string_view>

#include "core/json.h"
#include "wire/aws_query.h"
#include "wire/xml_reader.h"

namespace votemu::wire {

// Elements that the shape does not know are left out. Throws AwsError MalformedXML for a value that
// is not of its type.
core::Json decode_xml(const Shape& shape, const XmlElement& element);

// A document with that root, in S3's namespace.
std::string encode_xml(std::string_view root, const Shape& shape, const core::Json& value);

}  // namespace votemu::wire
