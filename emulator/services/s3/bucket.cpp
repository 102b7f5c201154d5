#include "services/s3/bucket.h"

#include <algorithm>

#include "core/digest.h"
#include "core/members.h"
#include "services/s3/errors.h"
#include "services/s3/limits.h"

namespace votemu::s3 {
namespace {

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

bool is_letter_or_digit(char c) {
  return is_name_character(c) && c != '-' && c != '.';
}

bool looks_like_ip_address(std::string_view name) {
  return std::ranges::count(name, '.') == 3 &&
         name.find_first_not_of("0123456789.") == std::string_view::npos;
}

bool has_reserved_part(std::string_view name) {
  constexpr std::string_view prefixes[] = {"xn--", "sthree-", "amzn-s3-demo-"};
  constexpr std::string_view suffixes[] = {"-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"};
  return std::ranges::any_of(prefixes, [&](auto part) { return name.starts_with(part); }) ||
         std::ranges::any_of(suffixes, [&](auto part) { return name.ends_with(part); });
}

Bucket from_row(const std::string& account, std::string name, std::string_view row) {
  const auto json = core::parse_own_json(row);
  return {account, std::move(name), json.at("Region").get<std::string>(),
          json.at("CreatedMs").get<std::int64_t>(), json.at("Settings")};
}

}  // namespace

Versioning Bucket::versioning() const {
  const auto setting = settings.find("Versioning");
  if (setting == settings.end()) return Versioning::never;
  const auto status = core::string_member(*setting, "Status");
  if (!status) return Versioning::never;
  return *status == "Enabled" ? Versioning::enabled : Versioning::suspended;
}

bool is_bucket_name(std::string_view name) {
  if (name.size() < limits::min_bucket_name_length ||
      name.size() > limits::max_bucket_name_length) {
    return false;
  }
  return std::ranges::all_of(name, is_name_character) && is_letter_or_digit(name.front()) &&
         is_letter_or_digit(name.back()) && name.find("..") == std::string_view::npos &&
         !looks_like_ip_address(name) && !has_reserved_part(name);
}

core::Key key_in(core::Table table, const std::string& account) {
  return core::Key(table, {account, "aws-global"});
}

core::Key key_in(core::Table table, const Bucket& bucket) {
  auto key = key_in(table, bucket.account);
  key.text(bucket.name);
  return key;
}

std::optional<Bucket> Buckets::find(const std::string& account, const std::string& name) const {
  auto key = key_in(core::Table::s3_bucket, account);
  const auto row = store_.get(key.text(name));
  if (!row) return std::nullopt;
  return from_row(account, name, *row);
}

Bucket Buckets::require(const core::RequestContext& context, const core::Json& request) const {
  const auto name = core::string_member(request, "Bucket").value_or("");
  auto bucket = find(context.scope.account, name);
  if (!bucket) throw no_such_bucket(name);
  return std::move(*bucket);
}

void Buckets::save(const Bucket& bucket) {
  const core::Json row = {
      {"Region", bucket.region}, {"CreatedMs", bucket.created_ms}, {"Settings", bucket.settings}};
  store_.put(key_in(core::Table::s3_bucket, bucket), core::dump_json(row));
}

void Buckets::erase(const Bucket& bucket) {
  store_.erase(key_in(core::Table::s3_bucket, bucket));
}

std::vector<Bucket> Buckets::all(const std::string& account) const {
  std::vector<Bucket> found;
  const auto prefix = key_in(core::Table::s3_bucket, account);
  for (auto row = store_.scan(prefix); row.valid(); row.next()) {
    core::KeyReader key(row.key());
    static_cast<void>(key.text());
    static_cast<void>(key.text());
    found.push_back(from_row(account, key.text(), row.value()));
  }
  return found;
}

core::Json owner(const std::string& account) {
  return {{"ID", core::hex(core::sha256("votemu canonical user " + account))}};
}

}  // namespace votemu::s3
