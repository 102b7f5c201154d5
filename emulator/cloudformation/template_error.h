// Why a template cannot be deployed: as the rooms' files say it, and as the person who wrote the
// template reads it.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace votemu::cloudformation {

// what() is `FILE:LINE: LOGICALID: message`; LINE and LOGICALID are left out where there is none.
class TemplateError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Where something stands in a document: member names and element numbers from the root.
using Path = std::vector<std::string>;

// A problem with a template or a stack in AWS's words, without the file that it is in. `path` leads
// as far towards it as is known; `logical_id` names the resource that it belongs to, if any.
class Problem : public std::runtime_error {
 public:
  explicit Problem(const std::string& message, Path path = {}, std::string logical_id = {})
      : std::runtime_error(message), path_(std::move(path)), logical_id_(std::move(logical_id)) {}

  const Path& path() const { return path_; }
  const std::string& logical_id() const { return logical_id_; }

  // The same problem of a resource.
  Problem of(const std::string& logical_id) const {
    return logical_id_.empty() ? Problem(what(), path_, logical_id) : *this;
  }

 private:
  Path path_;
  std::string logical_id_;
};

}  // namespace votemu::cloudformation
