#include "cloudformation/evaluate.h"

#include "cloudformation/functions.h"
#include "cloudformation/limits.h"
#include "cloudformation/substitution.h"
#include "cloudformation/values.h"

namespace votemu::cloudformation {
namespace {

using core::Json;

std::size_t weight(const Json& value) {
  std::size_t bytes = sizeof(Json);
  if (value.is_string()) bytes += value.get_ref<const std::string&>().size();
  if (value.is_structured()) {
    for (const auto& member : value) bytes += weight(member);
  }
  return bytes;
}

class Evaluator {
 public:
  Evaluator(const Environment& environment, const References& references, Path path)
      : environment_(environment), references_(references), path_(std::move(path)) {}

  std::optional<Json> value(const Json& from) {
    if (from.is_array()) return array(from);
    if (!from.is_object()) return from;
    const auto call = function_call(from);
    if (!call || *call->name == "Condition") return object(from);
    path_.push_back(*call->name);
    auto result = function(*call->name, *call->argument);
    path_.pop_back();
    if (result) charge(*result);
    return result;
  }

 private:
  Json object(const Json& from) {
    Json result = Json::object();
    for (const auto& [name, member] : from.items()) {
      path_.push_back(name);
      if (auto evaluated = value(member)) result[name] = std::move(*evaluated);
      path_.pop_back();
    }
    return result;
  }

  Json array(const Json& from) {
    Json result = Json::array();
    for (std::size_t i = 0; i < from.size(); ++i) {
      path_.push_back(std::to_string(i));
      if (auto evaluated = value(from[i])) result.push_back(std::move(*evaluated));
      path_.pop_back();
    }
    return result;
  }

  std::optional<Json> function(const std::string& name, const Json& argument) {
    if (name == "Ref") return ref(argument);
    if (name == "Fn::GetAtt") return attribute(argument);
    if (name == "Fn::If") return conditional(argument);
    if (name == "Fn::Sub") return substitute(argument);
    const auto evaluated = value(argument);
    try {
      return call_function(name, evaluated.value_or(Json()), environment_);
    } catch (const Problem& problem) {
      throw at_path(problem.what());
    }
  }

  std::optional<Json> ref(const Json& argument) {
    if (!argument.is_string()) {
      throw at_path("Template format error: Every Ref object must have a single String value.");
    }
    const auto& name = argument.get_ref<const std::string&>();
    if (name == "AWS::NoValue") return std::nullopt;
    return named(name);
  }

  Json named(const std::string& name) {
    const auto parameter = environment_.parameters.find(name);
    if (parameter != environment_.parameters.end()) return parameter->second;
    if (auto resource = references_.ref(name)) return std::move(*resource);
    throw unresolved(name);
  }

  Json attribute(const Json& argument) {
    const auto parts = attribute_parts(argument);
    if (!parts) {
      throw at_path(
          "Template error: every Fn::GetAtt object requires two non-empty parameters, the resource "
          "name and the resource attribute");
    }
    const auto name = value(parts->second);
    if (!name || !name->is_string()) {
      throw at_path("Template error: the attribute name of Fn::GetAtt must be a string");
    }
    return attribute(parts->first, name->get<std::string>());
  }

  Json attribute(const std::string& logical_id, const std::string& name) {
    if (auto found = references_.attribute(logical_id, name)) return std::move(*found);
    if (!references_.ref(logical_id)) throw unresolved(logical_id);
    throw at_path("Template error: resource " + logical_id + " does not support attribute type " +
                  name + " in Fn::GetAtt");
  }

  std::optional<Json> conditional(const Json& argument) {
    if (!argument.is_array() || argument.size() != 3 || !argument[0].is_string()) {
      throw at_path(
          "Template error: Fn::If requires a list argument with the first element being a "
          "condition");
    }
    const auto& name = argument[0].get_ref<const std::string&>();
    const auto condition = environment_.conditions.find(name);
    if (condition == environment_.conditions.end()) {
      throw at_path("Template error: unresolved condition dependency " + name + " in Fn::If");
    }
    const std::size_t chosen = condition->second ? 1 : 2;
    path_.push_back(std::to_string(chosen));
    auto result = value(argument[chosen]);
    path_.pop_back();
    return result;
  }

  Json substitute(const Json& argument) {
    const auto form = substitution_form(argument);
    if (!form) throw at_path(substitution_form_rule);
    std::map<std::string, std::string> own;
    for (const auto& [name, member] : form->variables.items()) {
      const auto evaluated = value(member);
      own[name] = text_of(evaluated.value_or(Json()), name);
    }
    std::string result;
    for (const auto& part : parse_substitution(form->text)) {
      if (part.kind == SubstitutionPart::literal) {
        result += part.text;
      } else if (const auto variable = own.find(part.text); variable != own.end()) {
        result += variable->second;
      } else {
        result += text_of(variable_value(part), part.text);
      }
      if (result.size() > limits::max_evaluated_bytes) charge(result);
    }
    return result;
  }

  Json variable_value(const SubstitutionPart& part) {
    if (part.kind == SubstitutionPart::invalid) {
      throw at_path(
          "Template error: variable names in Fn::Sub syntax must contain only alphanumeric "
          "characters, underscores, periods, and colons");
    }
    const auto dot = part.text.find('.');
    if (dot == std::string::npos) return named(part.text);
    return attribute(part.text.substr(0, dot), part.text.substr(dot + 1));
  }

  std::string text_of(const Json& from, const std::string& name) {
    if (auto text = scalar_text(from)) return std::move(*text);
    throw at_path("Template error: Fn::Sub variable " + name + " does not resolve to a string");
  }

  void charge(const Json& result) {
    const std::size_t bytes = weight(result);
    if (bytes > budget_) {
      throw at_path("Template error: the functions produce more than " +
                    std::to_string(limits::max_evaluated_bytes) + " bytes");
    }
    budget_ -= bytes;
  }

  Problem at_path(const std::string& message) const { return Problem(message, path_); }

  UnresolvedReference unresolved(const std::string& name) const {
    const std::string block = path_.empty() ? "Resources" : path_.front();
    return {name,
            "Template format error: Unresolved resource dependencies [" + name + "] in the " +
                block + " block of the template",
            path_};
  }

  const Environment& environment_;
  const References& references_;
  Path path_;
  std::size_t budget_ = limits::max_evaluated_bytes;
};

}  // namespace

std::optional<Json> evaluate(const Json& value, const Environment& environment,
                             const References& references, const Path& path) {
  return Evaluator(environment, references, path).value(value);
}

}  // namespace votemu::cloudformation
