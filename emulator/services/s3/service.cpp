#include "services/s3/service.h"

#include "core/members.h"
#include "services/s3/get_object.h"
#include "services/s3/operations.h"

namespace votemu::s3 {

struct Service::Parts {
  explicit Parts(const core::Runtime& runtime) : shelf(runtime) {}
  Shelf shelf;
};

Service::Service(core::Runtime& runtime) : parts_(std::make_unique<Parts>(runtime)) {}
Service::~Service() = default;

core::OperationTable Service::operations() {
  core::OperationTable table;
  Shelf& shelf = parts_->shelf;
  add_bucket_operations(table, shelf);
  add_setting_operations(table, shelf);
  add_acl_operations(table, shelf);
  add_put_operations(table, shelf);
  add_get_operations(table, shelf);
  add_copy_operations(table, shelf);
  add_delete_operations(table, shelf);
  add_tagging_operations(table, shelf);
  add_list_operations(table, shelf);
  add_list_versions_operation(table, shelf);
  add_upload_operations(table, shelf);
  add_complete_upload_operation(table, shelf);
  add_list_upload_operations(table, shelf);
  return table;
}

OpenObject Service::open(const core::RequestContext& context, const core::Json& request) const {
  const Shelf& shelf = parts_->shelf;
  auto reading = read_object(shelf, context, request);
  return {std::move(reading.answer), reading.range.size,
          shelf.objects.blobs().open(std::move(reading.blobs), reading.range)};
}

std::string Service::bucket_policy(const core::Scope& scope, const std::string& bucket) const {
  const auto found = parts_->shelf.buckets.find(scope.account, bucket);
  const core::Json* setting = found ? core::find_member(found->settings, "Policy") : nullptr;
  return setting ? core::string_member(*setting, "Policy").value_or("") : "";
}

bool Service::has_bucket(const core::Scope& scope, const std::string& bucket) const {
  return parts_->shelf.buckets.find(scope.account, bucket).has_value();
}

}  // namespace votemu::s3
