// JSON text to a document. The parser reports no positions, so what it reads is counted instead.
#include <utility>

#include "cloudformation/document_builder.h"

namespace votemu::cloudformation {
namespace {

// An input iterator that counts the lines it has passed. A newline counts once something after it
// was read: the parser looks one character past a number.
struct LineCount {
  int line = 1;
  int pending = 0;
};

class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator(const char* at, LineCount* count) : at_(at), count_(count) {}
  reference operator*() const { return *at_; }
  CountingIterator& operator++() {
    count_->line += std::exchange(count_->pending, *at_ == '\n' ? 1 : 0);
    ++at_;
    return *this;
  }
  CountingIterator operator++(int) {
    CountingIterator before = *this;
    ++*this;
    return before;
  }
  bool operator==(const CountingIterator& other) const { return at_ == other.at_; }
  bool operator!=(const CountingIterator& other) const { return at_ != other.at_; }

 private:
  const char* at_;
  LineCount* count_;
};

class Handler {
 public:
  explicit Handler(const int& line) : line_(line) {}

  bool null() { return scalar(nullptr); }
  bool boolean(bool value) { return scalar(value); }
  bool number_integer(core::Json::number_integer_t value) { return scalar(value); }
  bool number_unsigned(core::Json::number_unsigned_t value) { return scalar(value); }
  bool number_float(core::Json::number_float_t value, const std::string&) { return scalar(value); }
  bool string(std::string& text) { return scalar(std::move(text)); }
  bool binary(core::Json::binary_t&) { return false; }
  bool start_object(std::size_t) {
    builder_.begin_object(line_);
    return true;
  }
  bool start_array(std::size_t) {
    builder_.begin_array(line_);
    return true;
  }
  bool key(std::string& name) {
    builder_.key(std::move(name));
    return true;
  }
  bool end_object() { return end(); }
  bool end_array() { return end(); }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) {
    return false;
  }

  Document take() { return builder_.take(); }

 private:
  bool scalar(core::Json value) {
    builder_.value(std::move(value), line_);
    return true;
  }
  bool end() {
    builder_.end();
    return true;
  }

  const int& line_;
  DocumentBuilder builder_;
};

}  // namespace

Document parse_json_document(std::string_view text) {
  LineCount count;
  Handler handler(count.line);
  const CountingIterator begin(text.data(), &count);
  const CountingIterator end(text.data() + text.size(), &count);
  if (!core::Json::sax_parse(begin, end, &handler)) {
    throw NotWellFormed(
        "Template format error: JSON not well-formed. (line " + std::to_string(count.line) + ")",
        count.line);
  }
  return handler.take();
}

}  // namespace votemu::cloudformation
