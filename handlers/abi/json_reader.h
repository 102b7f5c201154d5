// JSON text read from front to back without building anything of it: what is wanted is taken, all
// the rest is checked and passed over. RFC 8259.
//
//   JsonReader reader(text);
//   reader.object([&](std::string_view name) {
//     if (name == "id" && reader.next() == JsonReader::Kind::string) {
//       id = reader.string();
//     } else {
//       reader.skip();
//     }
//   });
//   reader.end();
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace votemu::abi {

// The text is not JSON, or its next value is of another kind than the one that was asked for.
class JsonError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The text nests deeper than JsonReader::max_depth.
class JsonTooDeep : public JsonError {
 public:
  using JsonError::JsonError;
};

// All members but depth() throw JsonError, after which the reader is of no further use.
class JsonReader {
 public:
  static constexpr int max_depth = 1'024;

  enum class Kind { object, array, string, number, boolean, null };

  // The text outlives the reader.
  explicit JsonReader(std::string_view text) : at_(text.data()), end_(at_ + text.size()) {}

  // The kind of the value that comes next.
  Kind next();

  // Each takes one value. `member` is called with the name of each member, in the text's order, and
  // takes or skips its value; a name is good until then.
  template <class Member>
  void object(Member member) {
    bool more = enter('{', '}');
    while (more) {
      member(this->name());
      more = leave_or_continue('}');
    }
  }
  // `element` is called for each element and takes or skips it.
  template <class Element>
  void array(Element element) {
    bool more = enter('[', ']');
    while (more) {
      element();
      more = leave_or_continue(']');
    }
  }
  std::string string();
  std::string_view number();  // as it is written
  bool boolean();
  void null();
  void skip();  // a value of any kind

  // Makes sure that nothing follows.
  void end();

  // How many objects and arrays are open.
  int depth() const { return depth_; }

 private:
  char peek();
  bool enter(char open, char close);
  bool leave_or_continue(char close);
  std::string_view name();
  void expect(char character);
  void word(std::string_view text);
  void digits();
  // The rest of a string whose opening quote has been taken.
  void append_rest(std::string& out);
  void skip_rest();
  // Take what follows a backslash, and one sequence of UTF-8, and append it to `out`.
  char* escape(char* out);
  char* unicode_escape(char* out);
  unsigned code_unit();
  char* sequence(char* out);

  const char* at_;
  const char* end_;
  int depth_ = 0;
  std::string name_;  // one that is written with escapes
};

}  // namespace votemu::abi
