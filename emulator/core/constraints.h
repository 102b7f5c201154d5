// Checks a request's members against AWS's model and gathers what is wrong, since AWS tells it all
// in one error: "2 validation errors detected: Value 'x' at 'name' failed to satisfy constraint:
// Member must …; Value null at …".
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"

namespace votemu::core {

// The same text of one constraint alone, for what is told at once. `member` is as the text has it.
std::string violation(std::string_view value, std::string_view member, std::string_view constraint);
std::string null_violation(std::string_view member);

struct TextRule {
  std::size_t least = 0;  // characters
  std::size_t most = SIZE_MAX;
  std::string_view pattern = {};                // as the error quotes it
  bool (*matches)(std::string_view) = nullptr;  // what the pattern says
};

// Readers return what is there even when it breaks a rule: call throw_if_any before using it. A
// member of another kind throws SerializationException at once.
class Constraints {
 public:
  explicit Constraints(const Json& request) : Constraints(request, "", nullptr) {}

  std::optional<std::string> text(std::string_view member, const TextRule& rule) const;
  std::string required_text(std::string_view member, const TextRule& rule) const;
  std::optional<std::int64_t> integer(std::string_view member, std::int64_t least,
                                      std::int64_t most) const;
  std::optional<std::string> choice(std::string_view member,
                                    std::initializer_list<std::string_view> values) const;
  // A list of texts; nullptr when absent.
  const Json* texts(std::string_view member, const TextRule& rule, std::size_t least,
                    std::size_t most) const;
  const Json* choices(std::string_view member,
                      std::initializer_list<std::string_view> values) const;
  void require(std::string_view member) const;

  // The members of a structure among the members; of none when it is absent.
  Constraints within(std::string_view member) const;
  // Of one element of a list.
  Constraints at(const Json& element, std::string_view list, std::size_t index) const;

  // Of a text, a list or a map; `value` is how the error shows it.
  void length(std::string_view value, std::string_view member, std::size_t size, std::size_t least,
              std::size_t most) const;
  void fail(std::string_view value, std::string_view member, std::string_view constraint) const;

  // Throws AwsError with that code.
  void throw_if_any(const std::string& code) const;

 private:
  Constraints(const Json& object, std::string path,
              std::shared_ptr<std::vector<std::string>> found);
  std::string path_of(std::string_view member) const;
  void check(const std::string& value, std::string_view member, const TextRule& rule) const;
  void check_choice(const std::string& value, std::string_view member,
                    std::initializer_list<std::string_view> values) const;

  const Json& object_;
  std::string path_;
  std::shared_ptr<std::vector<std::string>> found_;
};

}  // namespace votemu::core
