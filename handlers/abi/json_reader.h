// JSON text read from front to back without building anything of it: what is wanted is taken, the
// rest is passed over. RFC 8259. simdjson's On-Demand parser behind what the rooms need of it.
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

#include <functional>
#include <memory>
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

  explicit JsonReader(std::string_view text);
  ~JsonReader();
  JsonReader(const JsonReader&) = delete;
  JsonReader& operator=(const JsonReader&) = delete;

  // The kind of the value that comes next.
  Kind next();

  // Each takes one value. `member` is called with the name of each member, in the text's order, and
  // takes or skips its value; a name is good until then.
  template <class Member>
  void object(Member member) {
    each_member(std::ref(member));
  }
  // `element` is called for each element and takes or skips it.
  template <class Element>
  void array(Element element) {
    each_element(std::ref(element));
  }
  std::string string();
  std::string_view number();  // as it is written
  bool boolean();
  void null();
  // A value of any kind; of one that is passed over only the brackets and the strings' ends are
  // looked at.
  void skip();

  // Makes sure that nothing follows.
  void end();

  // How many objects and arrays are open.
  int depth() const;

 private:
  struct State;

  static std::unique_ptr<State>& spare();
  void each_member(const std::function<void(std::string_view)>& member);
  void each_element(const std::function<void()>& element);

  std::unique_ptr<State> state_;
};

}  // namespace votemu::abi
