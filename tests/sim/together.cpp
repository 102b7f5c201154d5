#include "tests/sim/together.h"

#include <algorithm>
#include <utility>

#include "core/json.h"
#include "handlers/abi/base64.h"
#include "tests/sim/jobs.h"
#include "tests/sim/requests.h"
#include "tests/sim/violation.h"

namespace votemu::sim {

using core::Json;

namespace {

const std::string function = "/2015-03-31/functions/voting-service-scan-dynamodb-function";
const std::string bucket = "/together-bucket";
const std::string queue_url = std::string("http://localhost:4566/000000000000/") + Jobs::queue;

Json item_with(std::uint64_t number) {
  return {{"TableName", "together"},
          {"Item", {{"PK", {{"S", "item"}}}, {"number", {{"N", std::to_string(number)}}}}}};
}

// The number, over and over: torn and mixed objects show.
std::string object_with(std::uint64_t number, std::uint64_t repeated) {
  std::string body;
  const std::string line = std::to_string(number) + "\n";
  for (std::uint64_t i = 0; i < repeated; ++i) body += line;
  return body;
}

std::uint64_t number_in_object(const std::string& body) {
  const auto number = std::stoull(body);
  if (body != object_with(number, body.size() / body.find('\n') + 1).substr(0, body.size())) {
    throw Violation("the object is a mixture");
  }
  return number;
}

}  // namespace

void Together::Write::apply(Values& values) const {
  for (std::size_t place = 0; place < places; ++place) {
    if (to.at(place)) values.at(place) = number;
  }
}

void Together::set_up() {
  const Json table{{"TableName", "together"},
                   {"BillingMode", "PAY_PER_REQUEST"},
                   {"AttributeDefinitions", {{{"AttributeName", "PK"}, {"AttributeType", "S"}}}},
                   {"KeySchema", {{{"AttributeName", "PK"}, {"KeyType", "HASH"}}}}};
  machine_.send(json_call("DynamoDB_20120810.CreateTable", table), [](const auto*) {});
  machine_.send(rest_call("s3", "PUT", bucket), [](const auto*) {});
  machine_.finish_turns();
}

void Together::write() {
  Write write{++last_number_};
  for (std::size_t place = 0; place < places; ++place) write.to.at(place) = random_.below(2) == 0;
  write.to.at(random_.below(places)) = true;
  writes_.push_back(write);
  for (std::size_t place = 0; place < places; ++place) {
    if (write.to.at(place)) write_to(static_cast<Place>(place), write.number);
    if (random_.below(6) == 0) write_what_is_refused();
  }
}

void Together::write_to(Place place, std::uint64_t number) {
  const auto on_answer = [this, number](const wire::HttpResponse* answer) {
    if (!answer) return;
    if (answer->status >= 300) throw Violation("a write is refused: " + answer->body);
    const auto found = std::ranges::find(writes_, number, &Write::number);
    least_ = std::max(least_, static_cast<std::size_t>(found - writes_.begin()) + 1);
    coverage_.add(Happened::write_together);
  };
  const auto text = std::to_string(number);
  switch (place) {
    case item:
      return machine_.send(json_call("DynamoDB_20120810.PutItem", item_with(number)), on_answer);
    case object: {
      const auto repeated = 1 + random_.below(random_.below(20) == 0 ? 300'000 : 2'000);
      return machine_.send(
          rest_call("s3", "PUT", bucket + "/object", object_with(number, repeated)), on_answer);
    }
    case tag:
      return machine_.send(
          json_call("AmazonSQS.TagQueue", {{"QueueUrl", queue_url}, {"Tags", {{"number", text}}}}),
          on_answer);
    case retained:
      return machine_.send(rest_call("iotdata", "POST", "/topics/together?qos=1&retain=true", text),
                           on_answer);
    default:
      return machine_.send(rest_call("lambda", "PUT", function + "/configuration",
                                     Json{{"Description", text}}.dump()),
                           on_answer);
  }
}

void Together::write_what_is_refused() {
  const auto must_be_refused = [this](const wire::HttpResponse* answer) {
    if (!answer) return;
    if (answer->status < 400) throw Violation("a write is not refused: " + answer->body);
    coverage_.add(Happened::write_refused);
  };
  Json members = item_with(~std::uint64_t{0});
  members["ConditionExpression"] = "attribute_exists(nothing)";
  machine_.send(json_call("DynamoDB_20120810.PutItem", members), must_be_refused);
  auto put = rest_call("s3", "PUT", bucket + "/object", object_with(~std::uint64_t{0}, 100));
  put.headers.add("Content-MD5", "1B2M2Y8AsgTpgAmY7PhCfg==");  // of nothing
  machine_.send(std::move(put), must_be_refused);
}

std::optional<std::uint64_t> Together::read(Place place) {
  static const std::string key = R"({"TableName":"together","Key":{"PK":{"S":"item"}}})";
  auto request = place == item     ? json_call("DynamoDB_20120810.GetItem", Json::parse(key))
                 : place == object ? rest_call("s3", "GET", bucket + "/object")
                 : place == tag    ? json_call("AmazonSQS.ListQueueTags", {{"QueueUrl", queue_url}})
                 : place == retained ? rest_call("iotdata", "GET", "/retainedMessage/together")
                                     : rest_call("lambda", "GET", function + "/configuration");
  std::optional<std::uint64_t> number;
  machine_.send(std::move(request), [this, place, &number](const wire::HttpResponse* answer) {
    if (!answer) return;
    if (answer->status == 404) {
      number = 0;
      return;
    }
    std::string body = answer->body;
    if (answer->rest) {
      for (auto piece = answer->rest->next(); !piece.empty(); piece = answer->rest->next()) {
        body += piece;
      }
    }
    if (answer->status != 200) throw Violation("a read is refused: " + body);
    number = number_in(place, body);
  });
  machine_.finish_turns();
  return number;
}

std::uint64_t Together::number_in(Place place, const std::string& body) const {
  if (place == object) return number_in_object(body);
  const Json answer = core::parse_json(body);
  switch (place) {
    case item:
      return answer.contains("Item") ? std::stoull(answer["Item"]["number"]["N"].get<std::string>())
                                     : 0;
    case tag:
      return answer.contains("Tags") && answer["Tags"].contains("number")
                 ? std::stoull(answer["Tags"]["number"].get<std::string>())
                 : 0;
    case retained:
      return std::stoull(abi::base64_decode(answer["payload"].get<std::string>()));
    default: {
      const auto text = answer.value("Description", "");
      return text.empty() ? 0 : std::stoull(text);
    }
  }
}

void Together::check(bool lost) {
  Values found{};
  for (std::size_t place = 0; place < places; ++place) {
    const auto number = read(static_cast<Place>(place));
    if (!number) return;
    found.at(place) = *number;
  }
  if (lost) least_ = 0;
  Values expected{};
  std::size_t there = 0;
  for (; there < least_ || (expected != found && there < writes_.size()); ++there) {
    writes_[there].apply(expected);
  }
  if (expected != found) {
    std::string numbers;
    for (const auto number : found) numbers += " " + std::to_string(number);
    throw Violation("a turn was torn apart or lost: there is" + numbers + " after " +
                    std::to_string(last_number_) + " writes");
  }
  writes_.resize(there);
  least_ = there;
}

}  // namespace votemu::sim
