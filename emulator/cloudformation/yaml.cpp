// YAML text to a document, by yaml-cpp's events: no graph is built and an alias never expands.
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <array>
#include <charconv>
#include <istream>
#include <streambuf>

#include "cloudformation/document_builder.h"

namespace votemu::cloudformation {
namespace {

constexpr std::array<std::string_view, 19> functions{
    "And",    "Base64", "Cidr",        "Equals",       "FindInMap", "ForEach", "GetAtt",
    "GetAZs", "If",     "ImportValue", "Join",         "Length",    "Not",     "Or",
    "Select", "Split",  "Sub",         "ToJsonString", "Transform"};

constexpr std::string_view yaml_tag_prefix = "tag:yaml.org,2002:";

int line_of(const YAML::Mark& mark) {
  return mark.line + 1;
}

// The long name of a short tag; empty for YAML's own tags.
std::string long_name(const std::string& tag, int line) {
  if (tag.empty() || tag == "?" || tag == "!" || tag.starts_with(yaml_tag_prefix)) return {};
  const std::string name = tag.substr(1);
  if (tag.front() == '!' && (name == "Ref" || name == "Condition")) return name;
  if (tag.front() == '!' &&
      std::find(functions.begin(), functions.end(), name) != functions.end()) {
    return "Fn::" + name;
  }
  throw NotWellFormed("Template format error: YAML not well-formed. Unknown tag " + tag, line);
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

// Digits as a person writes a number. What begins with a zero (an account id) stays text.
std::optional<core::Json> number(const std::string& text) {
  const std::string_view digits = std::string_view(text).substr(text.starts_with('-') ? 1 : 0);
  if (digits.empty() || digits.front() < '0' || digits.front() > '9') return std::nullopt;
  if (digits.size() > 1 && digits[0] == '0' && digits[1] != '.') return std::nullopt;
  const char* const end = text.data() + text.size();
  std::int64_t whole = 0;
  const auto [whole_end, whole_error] = std::from_chars(text.data(), end, whole);
  if (whole_error == std::errc() && whole_end == end) return whole;
  if (text.find_first_not_of("-+.0123456789eE") != std::string::npos) return std::nullopt;
  if (text.find_first_of(".eE") == std::string::npos) return std::nullopt;
  double real = 0;
  const auto [real_end, real_error] = std::from_chars(text.data(), end, real);
  if (real_error == std::errc() && real_end == end) return real;
  return std::nullopt;
}

core::Json plain_scalar(const std::string& text) {
  if (is_one_of(text, {"true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"})) return true;
  if (is_one_of(text, {"false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"})) {
    return false;
  }
  if (is_one_of(text, {"null", "Null", "NULL", "~", ""})) return nullptr;
  return number(text).value_or(core::Json(text));
}

class Handler final : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override {
    scalar(nullptr, "", line_of(mark), {});
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    throw NotWellFormed("Template error: YAML aliases are not allowed in CloudFormation templates",
                        line_of(mark));
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                const std::string& text) override {
    const int line = line_of(mark);
    scalar(tag == "?" ? plain_scalar(text) : core::Json(text), text, line, long_name(tag, line));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    builder_.begin_array(begin(mark), long_name(tag, line_of(mark)));
  }
  void OnSequenceEnd() override { end(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {
    builder_.begin_object(begin(mark), long_name(tag, line_of(mark)));
    expects_key_ = true;
  }
  void OnMapEnd() override { end(); }

  bool done() const { return builder_.done(); }
  Document take() { return builder_.take(); }

 private:
  void scalar(core::Json json, const std::string& text, int line, const std::string& wrapper) {
    if (builder_.inside_object() && expects_key_) {
      if (builder_.has(text)) {
        throw NotWellFormed("Template format error: YAML not well-formed. Duplicate key " + text +
                                " (line " + std::to_string(line) + ")",
                            line);
      }
      builder_.key(text);
      key_line_ = line;
      expects_key_ = false;
      return;
    }
    builder_.value(std::move(json), line_for(line), wrapper);
    expects_key_ = builder_.inside_object();
  }

  // The line of a list or map that begins here.
  int begin(const YAML::Mark& mark) {
    if (builder_.inside_object() && expects_key_) {
      throw NotWellFormed("Template format error: YAML not well-formed. A key must be text",
                          line_of(mark));
    }
    return line_for(line_of(mark));
  }

  // A member's line is its key's: that is where a person looks for it.
  int line_for(int own_line) const { return builder_.inside_object() ? key_line_ : own_line; }

  void end() {
    builder_.end();
    expects_key_ = builder_.inside_object();
  }

  DocumentBuilder builder_;
  bool expects_key_ = false;
  int key_line_ = 0;
};

class ViewBuffer : public std::streambuf {
 public:
  explicit ViewBuffer(std::string_view text) {
    char* const begin = const_cast<char*>(text.data());  // the get area is never written to
    setg(begin, begin, begin + text.size());
  }
};

}  // namespace

Document parse_yaml(std::string_view text) {
  ViewBuffer buffer(text);
  std::istream stream(&buffer);
  Handler handler;
  try {
    YAML::Parser parser(stream);
    parser.HandleNextDocument(handler);
  } catch (const YAML::Exception& error) {
    throw NotWellFormed("Template format error: YAML not well-formed. (line " +
                            std::to_string(error.mark.line + 1) + ", column " +
                            std::to_string(error.mark.column + 1) + ")",
                        error.mark.line + 1);
  }
  if (!handler.done()) throw NotWellFormed("Template format error: unsupported structure.", 0);
  return handler.take();
}

}  // namespace votemu::cloudformation
