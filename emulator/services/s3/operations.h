// The operations, one file per family.
#pragma once

#include "core/operation.h"
#include "services/s3/bucket.h"
#include "services/s3/objects.h"
#include "services/s3/uploads.h"

namespace votemu::s3 {

using core::Json;
using core::RequestContext;

// What an operation works on.
struct Shelf {
  explicit Shelf(const core::Runtime& given)
      : runtime(given),
        buckets(runtime.store),
        objects(runtime),
        uploads(runtime, objects.blobs()) {}

  core::Runtime runtime;
  Buckets buckets;
  Objects objects;
  Uploads uploads;
};

using OperationFunction = Json (*)(Shelf&, const RequestContext&, const Json& request);

inline void add(core::OperationTable& table, Shelf& shelf, const char* name,
                OperationFunction run) {
  table[name] = [&shelf, run](const RequestContext& context, const Json& request) {
    return run(shelf, context, request);
  };
}

void add_bucket_operations(core::OperationTable& table, Shelf& shelf);
void add_setting_operations(core::OperationTable& table, Shelf& shelf);
void add_acl_operations(core::OperationTable& table, Shelf& shelf);
void add_put_operations(core::OperationTable& table, Shelf& shelf);
void add_get_operations(core::OperationTable& table, Shelf& shelf);
void add_copy_operations(core::OperationTable& table, Shelf& shelf);
void add_delete_operations(core::OperationTable& table, Shelf& shelf);
void add_tagging_operations(core::OperationTable& table, Shelf& shelf);
void add_list_operations(core::OperationTable& table, Shelf& shelf);
void add_list_versions_operation(core::OperationTable& table, Shelf& shelf);
void add_upload_operations(core::OperationTable& table, Shelf& shelf);
void add_complete_upload_operation(core::OperationTable& table, Shelf& shelf);
void add_list_upload_operations(core::OperationTable& table, Shelf& shelf);

}  // namespace votemu::s3
