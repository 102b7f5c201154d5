#include "app/stored_code.h"

#include "services/lambda/limits.h"

namespace votemu::app {

lambda::ObjectFetch code_from(const s3::Service& s3) {
  return [&s3](const core::RequestContext& context, const std::string& bucket,
               const std::string& key, const std::string& version) {
    core::Json request = {{"Bucket", bucket}, {"Key", key}};
    if (!version.empty()) request["VersionId"] = version;
    const auto object = s3.open(context, request);
    std::string code;
    while (code.size() <= lambda::limits::max_fetched_code_bytes) {
      const std::string piece = object.body->next();
      if (piece.empty()) break;
      code += piece;
    }
    return code;
  };
}

}  // namespace votemu::app
