#include "app/function_code.h"

#include "core/text.h"

namespace votemu::app {

std::optional<wire::HttpResponse> function_code(const lambda::Service& lambda,
                                                const wire::HttpRequest& request) {
  constexpr std::string_view prefix = "/_votemu/lambda/code/";
  std::string_view path = request.path();
  if (!path.starts_with(prefix) || (request.method != "GET" && request.method != "HEAD")) {
    return std::nullopt;
  }
  path.remove_prefix(prefix.size());
  const auto account_end = path.find('/');
  const auto region_end = account_end == path.npos ? path.npos : path.find('/', account_end + 1);
  if (region_end == path.npos) return std::nullopt;
  const core::Scope scope{std::string(path.substr(0, account_end)),
                          std::string(path.substr(account_end + 1, region_end - account_end - 1))};
  std::string archive = lambda.code(scope, core::percent_decode(path.substr(region_end + 1)));
  if (archive.empty()) return std::nullopt;
  return wire::HttpResponse{200, {{"Content-Type", "application/zip"}}, std::move(archive)};
}

}  // namespace votemu::app
