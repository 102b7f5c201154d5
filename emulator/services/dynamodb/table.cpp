#include "services/dynamodb/table.h"

#include "core/aws_error.h"

namespace votemu::dynamodb {

std::string stream_view_name(StreamView view) {
  switch (view) {
    case StreamView::keys_only:
      return "KEYS_ONLY";
    case StreamView::new_image:
      return "NEW_IMAGE";
    case StreamView::old_image:
      return "OLD_IMAGE";
    case StreamView::new_and_old_images:
      return "NEW_AND_OLD_IMAGES";
  }
  return "";
}

std::optional<StreamView> stream_view_of(std::string_view name) {
  for (const auto view : {StreamView::keys_only, StreamView::new_image, StreamView::old_image,
                          StreamView::new_and_old_images}) {
    if (stream_view_name(view) == name) return view;
  }
  return std::nullopt;
}

Table::Table(core::Scope in_scope, TableDefinition with_definition)
    : scope(std::move(in_scope)),
      definition(std::move(with_definition)),
      item_prefix(core::Table::dynamodb_item, scope) {
  item_prefix.text(definition.name);
}

std::string Table::arn() const {
  return core::Arn::in(scope, "dynamodb", "table/" + definition.name).text();
}

const IndexDefinition& Table::index(const std::string& name) const {
  for (const auto& index : definition.local_indexes) {
    if (index.name == name) return index;
  }
  throw core::validation_error("The table does not have the specified index: " + name);
}

core::Key Table::index_prefix(const IndexDefinition& index) const {
  core::Key prefix(core::Table::dynamodb_index_item, scope);
  return prefix.text(definition.name).text(index.name);
}

}  // namespace votemu::dynamodb
