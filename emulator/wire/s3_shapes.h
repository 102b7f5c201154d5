// Shapes that both buckets' and objects' operations have, in namespace-scope constants as routes
// need them.
#pragma once

#include "wire/query_shape_builders.h"
#include "wire/rest_xml.h"

namespace votemu::wire {

// <Name><Element>…</Element></Name>
constexpr Shape list_of(const Shape& element, std::string_view element_name) {
  return {.kind = ShapeKind::list, .element = &element, .element_name = element_name};
}

inline constexpr Member s3_tag_members[] = {{"Key", &text}, {"Value", &text}};
inline constexpr Shape s3_tag = structure(s3_tag_members);
inline constexpr Shape s3_tag_set = list_of(s3_tag, "Tag");
inline constexpr Member s3_tagging_members[] = {{"TagSet", &s3_tag_set}};
inline constexpr Shape s3_tagging = structure(s3_tagging_members);

inline constexpr Member s3_owner_members[] = {{"ID", &text}};
inline constexpr Shape s3_owner = structure(s3_owner_members);

// A grantee's type is an attribute in XML; all that there are here have this one.
inline constexpr Member s3_grantee_members[] = {{"ID", &text}};
inline constexpr Shape s3_grantee = structure(s3_grantee_members);
inline constexpr Member s3_grant_members[] = {
    {"Grantee", &s3_grantee,
     "Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"CanonicalUser\""},
    {"Permission", &text}};
inline constexpr Shape s3_grant = structure(s3_grant_members);
inline constexpr Shape s3_grants = list_of(s3_grant, "Grant");
inline constexpr Member s3_acl_members[] = {{"Owner", &s3_owner},
                                            {"Grants", &s3_grants, "AccessControlList"}};
inline constexpr Shape s3_acl = structure(s3_acl_members);

// A response's or request's members in XML, and one member that is a structure in XML.
constexpr XmlBody members_as(std::string_view root, const Shape& shape) {
  return {.root = root, .shape = &shape};
}
constexpr XmlBody member_as(std::string_view member, std::string_view root, const Shape& shape) {
  return {.root = root, .shape = &shape, .member = member};
}
constexpr XmlBody bytes_of(std::string_view member) {
  return {.member = member};
}

}  // namespace votemu::wire
