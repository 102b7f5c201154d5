#include "cloudformation/document.h"

#include <charconv>

#include "cloudformation/document_builder.h"
#include "cloudformation/limits.h"

namespace votemu::cloudformation {
namespace {

const Lines* step(const Lines& from, const std::string& name) {
  if (const auto member = from.members.find(name); member != from.members.end()) {
    return &member->second;
  }
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), index);
  if (error != std::errc() || end != name.data() + name.size()) return nullptr;
  return index < from.elements.size() ? &from.elements[index] : nullptr;
}

// CloudFormation writes `!GetAtt A.B` for {"Fn::GetAtt": ["A", "B"]}.
core::Json tagged(const std::string& wrapper, core::Json value) {
  if (wrapper == "Fn::GetAtt" && value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    const auto dot = text.find('.');
    if (dot != std::string::npos) {
      value = core::Json::array({text.substr(0, dot), text.substr(dot + 1)});
    }
  }
  core::Json call = core::Json::object();
  call[wrapper] = std::move(value);
  return call;
}

}  // namespace

int Lines::at(const Path& path) const {
  const Lines* here = this;
  for (const auto& name : path) {
    const Lines* next = step(*here, name);
    if (next == nullptr) break;
    here = next;
  }
  return here->line;
}

void DocumentBuilder::open(core::Json json, int line, std::string wrapper) {
  if (open_.size() >= limits::max_template_depth) {
    throw NotWellFormed("Template format error: the template is nested too deeply.", line);
  }
  open_.push_back({std::move(json), {line, {}, {}}, std::move(wrapper), {}});
}

void DocumentBuilder::end() {
  Open closed = std::move(open_.back());
  open_.pop_back();
  if (closed.wrapper.empty()) {
    add(std::move(closed.json), std::move(closed.lines));
    return;
  }
  Lines outer{closed.lines.line, {}, {}};
  outer.members.emplace(closed.wrapper, std::move(closed.lines));
  add(tagged(closed.wrapper, std::move(closed.json)), std::move(outer));
}

void DocumentBuilder::value(core::Json json, int line, const std::string& wrapper) {
  if (!wrapper.empty()) json = tagged(wrapper, std::move(json));
  add(std::move(json), {line, {}, {}});
}

void DocumentBuilder::add(core::Json json, Lines lines) {
  if (open_.empty()) {
    document_ = {std::move(json), std::move(lines)};
    done_ = true;
    return;
  }
  Open& parent = open_.back();
  if (parent.json.is_array()) {
    parent.json.push_back(std::move(json));
    parent.lines.elements.push_back(std::move(lines));
  } else {
    parent.json[parent.key] = std::move(json);
    parent.lines.members[parent.key] = std::move(lines);
  }
}

Document parse_document(std::string_view text) {
  if (text.size() > limits::max_template_bytes) {
    throw NotWellFormed(
        "Template may not exceed " + std::to_string(limits::max_template_bytes) + " bytes in size.",
        0);
  }
  const auto first = text.find_first_not_of(" \t\r\n");
  const bool is_json = first != std::string_view::npos && text[first] == '{';
  Document document = is_json ? parse_json_document(text) : parse_yaml(text);
  if (!document.root.is_object()) {
    throw NotWellFormed("Template format error: unsupported structure.", document.lines.line);
  }
  return document;
}

}  // namespace votemu::cloudformation
