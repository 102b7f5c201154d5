#include "cloudformation/graph.h"

#include <algorithm>
#include <set>

#include "cloudformation/substitution.h"
#include "cloudformation/values.h"

namespace votemu::cloudformation {
namespace {

using core::Json;

class Collector {
 public:
  Collector(Path path, const std::map<std::string, bool>* conditions)
      : path_(std::move(path)), conditions_(conditions) {}

  void walk(const Json& value) {
    const auto call = function_call(value);
    if (call && *call->name != "Condition") {
      path_.push_back(*call->name);
      function(*call->name, *call->argument);
      path_.pop_back();
    } else if (value.is_object()) {
      for (const auto& [name, member] : value.items()) step(name, member);
    } else if (value.is_array()) {
      for (std::size_t i = 0; i < value.size(); ++i) step(std::to_string(i), value[i]);
    }
  }

  std::vector<Reference> take() { return std::move(found_); }

 private:
  void step(const std::string& name, const Json& member) {
    path_.push_back(name);
    walk(member);
    path_.pop_back();
  }

  void add(const std::string& name) { found_.push_back({name, path_}); }

  void function(const std::string& name, const Json& argument) {
    if (name == "Ref") {
      if (argument.is_string()) add(argument.get<std::string>());
    } else if (name == "Fn::GetAtt") {
      if (const auto parts = attribute_parts(argument)) {
        add(parts->first);
        walk(parts->second);
      }
    } else if (name == "Fn::Sub") {
      substitution(argument);
    } else if (name == "Fn::If" && conditions_ != nullptr) {
      chosen_branch(argument);
    } else {
      walk(argument);
    }
  }

  void substitution(const Json& argument) {
    const auto form = substitution_form(argument);
    if (!form) return;
    for (const auto& part : parse_substitution(form->text)) {
      if (part.kind != SubstitutionPart::variable || form->variables.contains(part.text)) continue;
      add(part.text.substr(0, part.text.find('.')));
    }
    for (const auto& [name, member] : form->variables.items()) walk(member);
  }

  void chosen_branch(const Json& argument) {
    if (!argument.is_array() || argument.size() != 3 || !argument[0].is_string()) return;
    const auto condition = conditions_->find(argument[0].get<std::string>());
    if (condition == conditions_->end()) return;
    const std::size_t chosen = condition->second ? 1 : 2;
    step(std::to_string(chosen), argument[chosen]);
  }

  Path path_;
  const std::map<std::string, bool>* conditions_;
  std::vector<Reference> found_;
};

using Graph = std::map<std::string, std::set<std::string>>;  // a resource to what it needs

std::string joined(const std::set<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

// Gathers what is named but not there, to tell it all at once.
class Unresolved {
 public:
  explicit Unresolved(std::string block) : block_(std::move(block)) {}

  void add(const std::string& name, const Path& path) {
    if (names_.empty()) first_ = path;
    names_.insert(name);
  }
  void refuse() const {
    if (names_.empty()) return;
    const std::string owner = block_ == "Resources" && first_.size() > 1 ? first_[1] : "";
    throw Problem("Template format error: Unresolved resource dependencies [" + joined(names_) +
                      "] in the " + block_ + " block of the template",
                  first_, owner);
  }

 private:
  std::string block_;
  std::set<std::string> names_;
  Path first_;
};

bool is_parameter(const std::string& name, const Environment& environment) {
  return name == "AWS::NoValue" || environment.parameters.contains(name);
}

void check_outputs(const Template& from, const Environment& environment, const Graph& graph) {
  Unresolved unresolved("Outputs");
  for (const auto& [name, output] : from.outputs.items()) {
    const Path path{"Outputs", name};
    const auto condition = output.find("Condition");
    const bool made = condition == output.end() || !condition->is_string() ||
                      holds(condition->get<std::string>(), environment, path);
    if (!made) continue;
    for (const auto& reference : references_in(output, path, &environment.conditions)) {
      if (!is_parameter(reference.name, environment) && !graph.contains(reference.name)) {
        unresolved.add(reference.name, reference.path);
      }
    }
  }
  unresolved.refuse();
}

void check_all_branches(const Template& from, const Environment& environment) {
  Unresolved unresolved("Resources");
  for (const auto& [id, resource] : from.resources) {
    const Path path{"Resources", id, "Properties"};
    for (const auto& reference : references_in(resource.properties, path, nullptr)) {
      if (!is_parameter(reference.name, environment) && !from.resources.contains(reference.name)) {
        unresolved.add(reference.name, reference.path);
      }
    }
    for (const auto& needed : resource.depends_on) {
      if (!from.resources.contains(needed)) {
        unresolved.add(needed, {"Resources", id, "DependsOn"});
      }
    }
  }
  unresolved.refuse();
}

Graph dependency_graph(const Template& from, const Environment& environment) {
  Graph graph;
  for (const auto& [id, resource] : from.resources) {
    if (holds(resource.condition, environment, {"Resources", id})) graph[id];
  }
  Unresolved unresolved("Resources");
  for (auto& [id, needs] : graph) {
    const auto& resource = from.resources.at(id);
    const Path path{"Resources", id, "Properties"};
    for (const auto& reference :
         references_in(resource.properties, path, &environment.conditions)) {
      if (is_parameter(reference.name, environment)) continue;
      if (graph.contains(reference.name)) {
        needs.insert(reference.name);
      } else {
        unresolved.add(reference.name, reference.path);
      }
    }
    // A dependency on a resource whose condition does not hold is none.
    for (const auto& needed : resource.depends_on) {
      if (graph.contains(needed)) needs.insert(needed);
    }
  }
  unresolved.refuse();
  return graph;
}

// Takes out, again and again, what needs nothing that is left.
std::vector<std::string> take_free(Graph& graph) {
  Graph needed_by;
  for (const auto& [id, needs] : graph) {
    for (const auto& needed : needs) needed_by[needed].insert(id);
  }
  std::set<std::string> free;
  for (const auto& [id, needs] : graph) {
    if (needs.empty()) free.insert(id);
  }
  std::vector<std::string> order;
  while (!free.empty()) {
    const std::string id = *free.begin();
    free.erase(free.begin());
    order.push_back(id);
    graph.erase(id);
    for (const auto& dependent : needed_by[id]) {
      auto& needs = graph.at(dependent);
      needs.erase(id);
      if (needs.empty()) free.insert(dependent);
    }
  }
  return order;
}

Graph reversed(const Graph& graph) {
  Graph result;
  for (const auto& [id, needs] : graph) {
    result[id];
    for (const auto& needed : needs) result[needed].insert(id);
  }
  return result;
}

}  // namespace

std::vector<Reference> references_in(const Json& value, const Path& path,
                                     const std::map<std::string, bool>* conditions) {
  Collector collector(path, conditions);
  collector.walk(value);
  return collector.take();
}

bool holds(const std::string& condition, const Environment& environment, const Path& path) {
  if (condition.empty()) return true;
  const auto found = environment.conditions.find(condition);
  if (found == environment.conditions.end()) {
    throw Problem("Template format error: Unresolved condition dependency " + condition +
                      " in the " + path.front() + " block of the template",
                  path, path.front() == "Resources" ? path[1] : "");
  }
  return found->second;
}

std::vector<std::string> creation_order(const Template& from, const Environment& environment) {
  check_all_branches(from, environment);
  Graph graph = dependency_graph(from, environment);
  check_outputs(from, environment, graph);
  auto order = take_free(graph);
  if (!graph.empty()) {
    // What is left leads into a cycle; what only leads into it, and is not part of one, goes too.
    Graph cycle = reversed(graph);
    take_free(cycle);
    std::set<std::string> names;
    for (const auto& [id, needs] : cycle) names.insert(id);
    throw Problem("Circular dependency between resources: [" + joined(names) + "]",
                  {"Resources", *names.begin()});
  }
  return order;
}

}  // namespace votemu::cloudformation
