#include "core/operation.h"

namespace votemu::core {

Json call(Store& store, const OperationTable& operations, std::string_view name,
          const RequestContext& context, const Json& request) {
  const auto found = operations.find(name);
  if (found == operations.end()) throw std::logic_error("no operation " + std::string(name));
  if (const auto* text = std::get_if<TextOperation>(&found->second)) {
    const auto answer = store.atomically([&] { return text->run(context, dump_json(request)); });
    return parse_own_json(answer);
  }
  const auto& run = std::get<ImmediateOperation>(found->second);
  return store.atomically([&] { return run(context, request); });
}

}  // namespace votemu::core
