#include "services/iam/pattern.h"

#include <vector>

#include "core/text.h"

namespace votemu::iam {
namespace {

constexpr int arn_colons = 5;  // before its last part

}  // namespace

void Pattern::confine_to_arn_parts(LastAsterisk last) {
  int colons = 0;
  for (std::size_t i = 0; i < symbols_.size() && colons < arn_colons; ++i) {
    if (symbols_[i] == u':') {
      ++colons;
    } else if (symbols_[i] == any_character) {
      symbols_[i] = character_in_part;
    } else if (symbols_[i] == any_text) {
      const bool ends_part = i + 1 == symbols_.size() || symbols_[i + 1] == u':';
      if (!ends_part || last == LastAsterisk::confined) symbols_[i] = text_in_part;
    }
  }
}

bool Pattern::takes(char16_t symbol, char c, Case letters) {
  if (symbol == any_text || symbol == any_character) return true;
  if (symbol == text_in_part || symbol == character_in_part) return c != ':';
  if (letters == Case::ignored) {
    return core::to_lower(static_cast<char>(symbol)) == core::to_lower(c);
  }
  return symbol == static_cast<unsigned char>(c);
}

// After what both have in common, all ways through the rest of the pattern are followed at once.
bool Pattern::matches(std::string_view text, Case letters) const {
  std::size_t common = 0;
  while (common < symbols_.size() && !is_star(symbols_[common]) && common < text.size() &&
         takes(symbols_[common], text[common], letters)) {
    ++common;
  }
  const std::u16string_view rest = std::u16string_view(symbols_).substr(common);
  text.remove_prefix(common);
  if (rest.empty()) return text.empty();
  if (!is_star(rest.front())) return false;
  if (rest.size() == 1 && rest.front() == any_text) return true;

  std::vector<char> at(rest.size() + 1);
  at[0] = 1;
  const auto skip_stars = [&](std::vector<char>& places) {
    for (std::size_t i = 0; i < rest.size(); ++i) {
      if (places[i] && is_star(rest[i])) places[i + 1] = 1;
    }
  };
  skip_stars(at);
  std::vector<char> next(at.size());
  for (const char c : text) {
    next.assign(next.size(), 0);
    for (std::size_t i = 0; i < rest.size(); ++i) {
      if (at[i] && takes(rest[i], c, letters)) next[is_star(rest[i]) ? i : i + 1] = 1;
    }
    skip_stars(next);
    at.swap(next);
  }
  return at.back() != 0;
}

std::string Pattern::text() const {
  std::string out;
  for (const char16_t symbol : symbols_) {
    const bool star = is_star(symbol);
    const bool one = symbol == any_character || symbol == character_in_part;
    out.push_back(star ? '*' : one ? '?' : static_cast<char>(symbol));
  }
  return out;
}

namespace {

void add_literal(Pattern& pattern, std::string_view text) {
  for (const char c : text) pattern.add_character(c);
}

// What stands between "${" and "}": a key, perhaps with a default in quotes, or a character that
// is to stand for itself. False when it has no value.
bool add_variable(Pattern& pattern, std::string_view inside, const RequestKeys& keys) {
  if (inside == "*" || inside == "?" || inside == "$") {
    add_literal(pattern, inside);
    return true;
  }
  const auto comma = inside.find(',');
  const auto* values = keys.find(core::trimmed(inside.substr(0, comma)));
  if (values && values->size() == 1) {
    add_literal(pattern, values->front());
    return true;
  }
  if (comma == std::string_view::npos) return false;
  const auto fallback = core::trimmed(inside.substr(comma + 1));
  if (fallback.size() < 2 || !fallback.starts_with('\'') || !fallback.ends_with('\'')) return false;
  add_literal(pattern, fallback.substr(1, fallback.size() - 2));
  return true;
}

}  // namespace

std::optional<Pattern> read_pattern(std::string_view text, const Variables& variables) {
  Pattern pattern;
  while (!text.empty()) {
    const auto end =
        variables.known && text.starts_with("${") ? text.find('}') : std::string_view::npos;
    if (end != std::string_view::npos) {
      if (!add_variable(pattern, text.substr(2, end - 2), variables.keys)) return std::nullopt;
      text.remove_prefix(end + 1);
      continue;
    }
    if (text.front() == '*') {
      pattern.add_any_text();
    } else if (text.front() == '?') {
      pattern.add_any_character();
    } else {
      pattern.add_character(text.front());
    }
    text.remove_prefix(1);
  }
  return pattern;
}

std::optional<std::string> read_text(std::string_view text, const Variables& variables) {
  if (!variables.known || text.find("${") == std::string_view::npos) return std::string(text);
  const auto pattern = read_pattern(text, variables);
  if (!pattern) return std::nullopt;
  return pattern->text();
}

}  // namespace votemu::iam
