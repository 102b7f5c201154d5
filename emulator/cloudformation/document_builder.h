// Puts a document together from what a parser reports, innermost values first.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cloudformation/document.h"

namespace votemu::cloudformation {

class DocumentBuilder {
 public:
  // `wrapper` is the long name of a short tag ("Fn::Sub"), or empty.
  void begin_object(int line, std::string wrapper = {}) {
    open(core::Json::object(), line, std::move(wrapper));
  }
  void begin_array(int line, std::string wrapper = {}) {
    open(core::Json::array(), line, std::move(wrapper));
  }
  void end();
  void key(std::string name) { open_.back().key = std::move(name); }
  // Whether the object that is open has such a member already.
  bool has(const std::string& name) const { return open_.back().json.contains(name); }
  void value(core::Json json, int line, const std::string& wrapper = {});

  bool done() const { return open_.empty() && done_; }
  bool inside_object() const { return !open_.empty() && open_.back().json.is_object(); }
  Document take() { return std::move(document_); }

 private:
  struct Open {
    core::Json json;
    Lines lines;
    std::string wrapper;
    std::string key;  // of the member that comes next
  };

  void open(core::Json json, int line, std::string wrapper);
  void add(core::Json json, Lines lines);

  std::vector<Open> open_;
  Document document_;
  bool done_ = false;
};

// The parsers behind parse_document.
Document parse_yaml(std::string_view text);
Document parse_json_document(std::string_view text);

}  // namespace votemu::cloudformation
