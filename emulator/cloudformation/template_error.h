// Why a template cannot be deployed, as one line for the person who wrote it.
#pragma once

#include <stdexcept>

namespace votemu::cloudformation {

// what() is `FILE:LINE: LOGICALID: message`; LINE and LOGICALID are left out where there is none.
class TemplateError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace votemu::cloudformation
