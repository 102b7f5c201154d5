// ListExports, ListImports
#include "cloudformation/exports.h"

#include "cloudformation/api/operations.h"
#include "cloudformation/api/request.h"

namespace votemu::cloudformation::api {

Json list_exports(const Engine& engine, const RequestContext& context, const Json& request) {
  const auto exports = load_exports(engine.runtime.store, context.scope);
  const Page page = page_of(request, exports.size());
  Json list = Json::array();
  std::size_t number = 0;
  for (const auto& [name, exported] : exports) {
    if (number >= page.begin && number < page.end) {
      list.push_back(
          {{"ExportingStackId", exported.stack_id}, {"Name", name}, {"Value", exported.value}});
    }
    ++number;
  }
  return paged("Exports", std::move(list), page.next_token);
}

Json list_imports(const Engine& engine, const RequestContext& context, const Json& request) {
  const std::string name = required_text(request, "ExportName");
  auto& store = engine.runtime.store;
  if (!load_exports(store, context.scope).contains(name)) {
    throw invalid("Export '" + name + "' does not exist.");
  }
  const auto importers = importers_of(store, context.scope, name);
  if (importers.empty()) throw invalid("Export '" + name + "' is not imported by any stack.");
  const Page page = page_of(request, importers.size());
  Json list = Json::array();
  for (std::size_t i = page.begin; i < page.end; ++i) list.push_back(importers[i]);
  return paged("Imports", std::move(list), page.next_token);
}

}  // namespace votemu::cloudformation::api
