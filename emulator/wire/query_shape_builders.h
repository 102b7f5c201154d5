// What the shape tables of Query services are put together from.
#pragma once

#include "wire/aws_query.h"

namespace votemu::wire {

inline constexpr Shape text;
inline constexpr Shape integer{.kind = ShapeKind::integer};
inline constexpr Shape boolean{.kind = ShapeKind::boolean};

constexpr Shape structure(std::span<const Member> members) {
  return {.kind = ShapeKind::structure, .members = members};
}

// "Name.member.1" and <Name><member>…</member></Name>
constexpr Shape list(const Shape& element) {
  return {.kind = ShapeKind::list, .element = &element};
}

// "Name.1" and repeated <Name> elements
constexpr Shape flat_list(const Shape& element) {
  return {.kind = ShapeKind::list, .element = &element, .flattened = true};
}

constexpr Shape flat_map(const Shape& value, std::string_view key_name,
                         std::string_view value_name) {
  return {.kind = ShapeKind::map,
          .element = &value,
          .flattened = true,
          .key_name = key_name,
          .value_name = value_name};
}

// Of an operation whose request or result has no members; the result's element is still written.
inline constexpr Shape no_members{.kind = ShapeKind::structure};

}  // namespace votemu::wire
