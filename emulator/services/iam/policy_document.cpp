#include "services/iam/policy_document.h"

#include <algorithm>

#include "core/json.h"
#include "core/text.h"
#include "services/iam/conditions.h"
#include "services/iam/errors.h"
#include "services/iam/policy_rules.h"

namespace votemu::iam {
namespace {

using core::AwsError;
using core::Json;

bool is_white_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// Reads the grammar. A trust policy's errors are told one by one, all others alike.
class Parser {
 public:
  explicit Parser(PolicyUse use) : use_(use) {}

  PolicyDocument document(std::string_view text) const {
    const Json json = parsed(text);
    if (!json.is_object()) throw wrong("This policy contains invalid Json");
    PolicyDocument read;
    for (const auto& [name, value] : json.items()) {
      if (name == "Version") {
        read.version = version(value);
      } else if (name == "Id") {
        read.id = string(value, name);
      } else if (name != "Statement") {
        throw wrong("Unknown field " + name);
      }
    }
    read.statements = statements(json);
    return read;
  }

 private:
  AwsError wrong(const std::string& in_trust_policy) const {
    return malformed_policy(use_ == PolicyUse::trust ? in_trust_policy
                                                     : "Syntax errors in policy.");
  }

  Json parsed(std::string_view text) const {
    try {
      return core::parse_json(text);
    } catch (const AwsError&) {
      throw wrong("This policy contains invalid Json");
    }
  }

  std::string string(const Json& value, const std::string& name) const {
    if (!value.is_string()) throw wrong("Syntax error in field " + name);
    return value.get<std::string>();
  }

  std::string version(const Json& value) const {
    if (value != "2012-10-17" && value != "2008-10-17") {
      throw wrong("The policy must contain a valid version string");
    }
    return value.get<std::string>();
  }

  // A text or a list of texts.
  std::vector<std::string> strings(const Json& value, const std::string& name) const {
    if (!value.is_array()) return {string(value, name)};
    std::vector<std::string> read;
    for (const auto& element : value) read.push_back(string(element, name));
    return read;
  }

  std::vector<Statement> statements(const Json& json) const {
    const auto found = json.find("Statement");
    if (found == json.end()) throw wrong("Missing required field Statement");
    std::vector<Statement> read;
    if (found->is_object()) {
      read.push_back(statement(*found));
    } else if (found->is_array()) {
      for (const auto& one : *found) read.push_back(statement(one));
    }
    if (read.empty()) throw wrong("Missing required field Statement");
    return read;
  }

  Statement statement(const Json& json) const {
    if (!json.is_object()) throw wrong("Syntax error in field Statement");
    Statement read;
    for (const auto& [name, value] : json.items()) member(read, name, value);
    if (!json.contains("Effect")) throw wrong("Missing required field Effect");
    return read;
  }

  void member(Statement& to, const std::string& name, const Json& value) const {
    if (name == "Sid") {
      to.sid = string(value, name);
    } else if (name == "Effect") {
      to.effect = effect(string(value, name));
    } else if (name == "Action" || name == "NotAction") {
      patterns(to.actions, name, value);
    } else if (name == "Resource" || name == "NotResource") {
      if (use_ == PolicyUse::trust) throw wrong("Has prohibited field " + name);
      patterns(to.resources, name, value);
    } else if (name == "Principal" || name == "NotPrincipal") {
      if (use_ != PolicyUse::trust && use_ != PolicyUse::resource) {
        throw malformed_policy("Policy document should not specify a principal.");
      }
      if (to.principals_given) throw wrong("Has prohibited field " + name);
      to.principals = principals(value);
      to.principals_given = true;
      to.principals_negated = name == "NotPrincipal";
    } else if (name == "Condition") {
      to.conditions = conditions(value);
    } else {
      throw wrong("Unknown field " + name);
    }
  }

  Effect effect(const std::string& text) const {
    if (text == "Allow") return Effect::allow;
    if (text == "Deny") return Effect::deny;
    if (use_ != PolicyUse::trust &&
        (core::equals_ignoring_case(text, "allow") || core::equals_ignoring_case(text, "deny"))) {
      throw malformed_policy("The policy failed legacy parsing");
    }
    throw wrong("Invalid effect: " + text);
  }

  void patterns(Patterns& to, const std::string& name, const Json& value) const {
    if (to.given) throw wrong("Has prohibited field " + name);
    to = {strings(value, name), name.starts_with("Not"), true};
  }

  std::vector<Principal> principals(const Json& value) const {
    if (value.is_string()) return {{"", value.get<std::string>()}};
    if (!value.is_object()) throw wrong("Syntax error in field Principal");
    std::vector<Principal> read;
    for (const auto& [type, names] : value.items()) {
      for (auto& name : strings(names, "Principal")) read.push_back({type, std::move(name)});
    }
    return read;
  }

  std::vector<Condition> conditions(const Json& value) const {
    if (!value.is_object()) throw wrong("Syntax error in field Condition");
    std::vector<Condition> read;
    for (const auto& [test, keys] : value.items()) {
      if (!keys.is_object()) throw wrong("Syntax error in field Condition");
      if (!keys.empty() && !is_condition_test(test))
        throw wrong("Invalid Condition type : " + test);
      for (const auto& [key, values] : keys.items()) {
        read.push_back({test, key, condition_values(values)});
      }
    }
    return read;
  }

  std::vector<std::string> condition_values(const Json& value) const {
    if (!value.is_array()) return {scalar(value)};
    std::vector<std::string> read;
    for (const auto& element : value) read.push_back(scalar(element));
    return read;
  }

  std::string scalar(const Json& value) const {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_boolean() || value.is_number()) return core::dump_json(value);
    throw wrong("Syntax error in field Condition");
  }

  PolicyUse use_;
};

}  // namespace

PolicyDocument parse_policy_document(std::string_view text, PolicyUse use) {
  PolicyDocument document = Parser(use).document(text);
  check_policy_rules(document, use);
  return document;
}

std::size_t policy_size(std::string_view text) {
  return text.size() - static_cast<std::size_t>(std::ranges::count_if(text, is_white_space));
}

}  // namespace votemu::iam
