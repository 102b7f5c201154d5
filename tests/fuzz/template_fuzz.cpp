// Templates, from text to the plan of what is to be deployed and the values of every property. A
// template is taken or told what is wrong with it; what was read is the same as its JSON.
#include <map>
#include <string>

#include "cloudformation/evaluate.h"
#include "cloudformation/limits.h"
#include "cloudformation/outputs.h"
#include "cloudformation/prepared_template.h"
#include "core/json.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/require.h"
#include "tests/support/test_runtime.h"

namespace votemu::cloudformation {
namespace {

using core::Json;
using fuzz::require;

// Every resource is there and has every attribute.
class MadeUp final : public References {
 public:
  explicit MadeUp(const Template& parts) : parts_(parts) {}

  std::optional<Json> ref(const std::string& id) const override {
    return parts_.resources.contains(id) ? std::optional<Json>("ref-" + id) : std::nullopt;
  }
  std::optional<Json> attribute(const std::string& id, const std::string& name) const override {
    return parts_.resources.contains(id) ? std::optional<Json>(id + "-" + name) : std::nullopt;
  }

 private:
  const Template& parts_;
};

std::size_t depth_of(const Json& value) {
  std::size_t deepest = 0;
  if (!value.is_structured()) return 0;
  for (const auto& member : value) deepest = std::max(deepest, depth_of(member));
  return deepest + 1;
}

void check_document(const Json& root) {
  require(depth_of(root) <= 2 * limits::max_template_depth, "documents are of bounded depth");
  const auto json = core::dump_json(root);
  if (Json::parse(json, nullptr, false) != root) return;  // its text was not all UTF-8
  try {
    require(parse_document(json).root == root, "a template survives JSON");
  } catch (const NotWellFormed&) {  // what short tags hold is a level deeper in JSON
    require(depth_of(root) > limits::max_template_depth, "a template's JSON is well-formed");
  }
}

void check_plan(const PreparedTemplate& prepared, std::string_view text) {
  static const auto* const runtime = new test::TestRuntime;
  const StackIdentity stack{{"000000000000", "us-east-1"}, "stack", "arn:stack"};
  const auto plan = make_plan(prepared, runtime->store, stack, {std::string(text), {}}, {});
  const auto& parts = prepared.parts();
  const MadeUp references(parts);
  std::map<std::string, std::size_t> places;
  for (const auto& id : plan.order) {
    require(places.emplace(id, places.size()).second, "each resource is made once");
    const auto& resource = parts.resources.at(id);
    for (const auto& other : resource.depends_on) {
      require(places.contains(other) || !parts.resources.contains(other) ||
                  std::ranges::count(plan.order, other) == 0,
              "a resource is made after what it depends on");
    }
    evaluate(resource.properties, plan.environment, references, {"Resources", id, "Properties"});
  }
  evaluate_outputs(parts, plan.environment, references);
}

void check(std::string_view text) {
  static const auto* const types = new ResourceTypes;
  PreparedTemplate prepared(text);
  check_document(prepared.original());
  prepared.read();
  iam_capabilities(prepared.parts());
  prepared.transform();
  prepared.line_of({"Resources", "A", "Properties"});
  prepared.check_types(*types);
  check_plan(prepared, text);
}

}  // namespace
}  // namespace votemu::cloudformation

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace votemu;
  try {
    cloudformation::check(fuzz::Input(data, size).rest());
  } catch (const cloudformation::Problem& problem) {
    fuzz::require(*problem.what() != '\0', "who wrote the template is told what is wrong");
  }
  return 0;
}
