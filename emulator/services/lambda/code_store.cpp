#include "services/lambda/code_store.h"

#include <algorithm>

#include "core/keys.h"
#include "services/lambda/limits.h"

namespace votemu::lambda {
namespace {

core::Key pieces_key(const core::Scope& scope, std::string_view function) {
  return std::move(core::Key(core::Table::lambda_code, scope).text(function));
}

}  // namespace

void CodeStore::put(const core::Scope& scope, std::string_view function, std::string_view archive) {
  erase(scope, function);
  for (std::uint64_t number = 0; !archive.empty(); ++number) {
    const auto piece = archive.substr(0, limits::code_piece_bytes);
    store_.put(pieces_key(scope, function).number(number), piece);
    archive.remove_prefix(piece.size());
  }
}

std::string CodeStore::get(const core::Scope& scope, std::string_view function) const {
  std::string archive;
  for (auto piece = store_.scan(pieces_key(scope, function)); piece.valid(); piece.next()) {
    archive += piece.value();
  }
  return archive;
}

void CodeStore::erase(const core::Scope& scope, std::string_view function) {
  store_.erase_prefix(pieces_key(scope, function));
}

}  // namespace votemu::lambda
