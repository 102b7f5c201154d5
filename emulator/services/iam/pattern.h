// The texts of policies that stand for many: '*' is any text, '?' any character, and ${key} what
// the request says.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "services/iam/request_keys.h"

namespace votemu::iam {

enum class Case { matters, ignored };
enum class LastAsterisk { confined, free };

class Pattern {
 public:
  void add_character(char c) { symbols_.push_back(static_cast<unsigned char>(c)); }
  void add_any_text() { symbols_.push_back(any_text); }
  void add_any_character() { symbols_.push_back(any_character); }

  // In the first five parts of an ARN a wildcard ends with its part. What follows them is one part,
  // whatever it contains. A Resource's asterisk at the end of a part may go on beyond it.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
  void confine_to_arn_parts(LastAsterisk last);

  // Takes no longer than the product of both lengths.
  bool matches(std::string_view text, Case letters = Case::matters) const;

  // The text itself, where wildcards mean nothing.
  std::string text() const;

 private:
  // Beyond what a byte can be.
  static constexpr char16_t any_text = 0x100;
  static constexpr char16_t any_character = 0x101;
  static constexpr char16_t text_in_part = 0x102;
  static constexpr char16_t character_in_part = 0x103;

  static bool is_star(char16_t symbol) { return symbol == any_text || symbol == text_in_part; }
  static bool takes(char16_t symbol, char c, Case letters);

  std::u16string symbols_;
};

// Where a policy's text may have variables: in documents of version 2012-10-17.
struct Variables {
  const RequestKeys& keys;
  bool known;
};

// nullopt when a variable has no value in this request: then the text stands for nothing. What a
// variable's value contains stands for itself.
std::optional<Pattern> read_pattern(std::string_view text, const Variables& variables);
// The same without wildcards.
std::optional<std::string> read_text(std::string_view text, const Variables& variables);

}  // namespace votemu::iam
