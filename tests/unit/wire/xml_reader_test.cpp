#include "wire/xml_reader.h"

#include <gtest/gtest.h>

#include "core/aws_error.h"
#include "wire/limits.h"

namespace votemu::wire {
namespace {

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

std::string error_of(std::string_view text) {
  try {
    read_xml(text);
  } catch (const core::AwsError& error) {
    return error.code();
  }
  return "";
}

TEST(XmlReader, ReadsElementsAndTheirText) {
  const auto root = read_xml(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
      "<s3:Delete xmlns:s3=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
      "<Object><Key>a &amp; b&#10;&lt;c&gt;</Key></Object><!-- no --><Quiet>true</Quiet>"
      "</s3:Delete>");
  EXPECT_EQ(root.name, "Delete");
  ASSERT_EQ(root.children.size(), 2U);
  EXPECT_EQ(root.children[0].children[0].text, "a & b\n<c>");
  EXPECT_EQ(root.children[1].text, "true");
}

TEST(XmlReader, RefusesWhatIsNoXml) {
  for (const auto* text : {"", "text", "<a>", "<a></b>", "<a/><b/>", "<a>\xff</a>", "<a>&b;</a>"}) {
    EXPECT_EQ(error_of(text), "MalformedXML") << text;
  }
}

TEST(XmlReader, RefusesDocumentTypes) {
  EXPECT_EQ(error_of("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>"), "MalformedXML");
}

TEST(XmlReader, HasBounds) {
  EXPECT_EQ(
      error_of(repeated("<a>", limits::max_xml_depth) + repeated("</a>", limits::max_xml_depth)),
      "");
  EXPECT_EQ(error_of(repeated("<a>", limits::max_xml_depth + 1) +
                     repeated("</a>", limits::max_xml_depth + 1)),
            "MalformedXML");
  EXPECT_EQ(error_of(repeated("<a>", 1'000'000)), "MalformedXML");
  EXPECT_EQ(error_of("<a>" + repeated("<b/>", limits::max_xml_elements) + "</a>"), "MalformedXML");
  EXPECT_EQ(error_of("<a>" + std::string(limits::max_xml_bytes, ' ') + "</a>"), "MalformedXML");
}

}  // namespace
}  // namespace votemu::wire
