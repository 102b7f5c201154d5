#include "handlers/scan_dynamodb/handler.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <utility>
#include <vector>

#include "handlers/abi/document_json.h"
#include "handlers/vote/vote.h"

namespace votemu::vote {
namespace {

// Where an item wants to stand, if it says so in an `order` attribute.
std::optional<double> order_of(const abi::Item& item) {
  const auto found = item.find("order");
  const auto* number = found == item.end() ? nullptr : found->second.get_if<abi::Number>();
  if (!number) return std::nullopt;
  return std::strtod(number->text.c_str(), nullptr);
}

abi::Task<std::vector<abi::Item>> scan_all(abi::Context& context) {
  std::vector<abi::Item> items;
  std::optional<abi::Item> start_key;
  do {
    abi::ScanRequest request;
    request.table_name = context.environment("DDB_TABLE_NAME");
    request.exclusive_start_key = std::move(start_key);
    auto scanning = context.dynamodb().scan(std::move(request));
    auto page = co_await std::move(scanning);
    std::move(page.items.begin(), page.items.end(), std::back_inserter(items));
    start_key = std::move(page.last_evaluated_key);
  } while (start_key);
  co_return items;
}

// Items without an order keep their places behind those that have one.
void sort_by_order(std::vector<abi::Item>& items) {
  std::stable_sort(items.begin(), items.end(), [](const abi::Item& a, const abi::Item& b) {
    const auto first = order_of(a);
    const auto second = order_of(b);
    return first && (!second || *first < *second);
  });
}

}  // namespace

abi::Task<std::string> scan_dynamodb(std::string_view event, abi::Context& context) {
  const auto request = abi::decode_proxy_request(event);
  if (request.http_method != "GET") co_return "{}";
  try {
    auto scanning = scan_all(context);
    auto items = co_await std::move(scanning);
    sort_by_order(items);
    context.log("Scan DynamoDB Success");
    co_return answer(200, "GET", abi::documents_to_json(items));
  } catch (const abi::AwsError& error) {
    context.log("Scan DynamoDB Error: " + error.code() + ": " + error.message());
  }
  co_return answer(500, "GET", message_body("The totals could not be read"));
}

}  // namespace votemu::vote
