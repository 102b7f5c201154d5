#include "pipeline/in_process_aws.h"

#include <cstdint>
#include <utility>

#include "core/aws_error.h"
#include "services/sqs/queue_id.h"

namespace votemu::pipeline {
namespace {

// Throws what the service answers to a role that may not.
void require(const Rights& rights, const core::Access& access, const char* error, int status) {
  if (!rights) return;
  if (const auto why = rights->denial(access)) throw core::AwsError(error, *why, status);
}

class DynamoDb final : public abi::DynamoDbClient {
 public:
  DynamoDb(core::Store& store, dynamodb::Service& service, const core::Scope& scope, Rights rights)
      : store_(store), service_(service), scope_(scope), rights_(std::move(rights)) {}

  abi::Task<abi::ScanResponse> scan(abi::ScanRequest request) override {
    require_on_table("dynamodb:Scan", request.table_name);
    co_return service_.scan(scope_, request);
  }

  abi::Task<void> update_item(abi::UpdateItemRequest request) override {
    require_on_table("dynamodb:UpdateItem", request.table_name);
    store_.atomically([&] { service_.update_item(scope_, std::move(request)); });
    co_return;
  }

 private:
  // A table that is named by its ARN is the account's own of that name.
  void require_on_table(const char* action, const std::string& table) const {
    if (!rights_) return;
    const std::string name = table.substr(table.rfind('/') + 1);
    const std::string arn = core::Arn::in(scope_, "dynamodb", "table/" + name).text();
    require(rights_, {action, arn}, "AccessDeniedException", 400);
  }

  core::Store& store_;
  dynamodb::Service& service_;
  const core::Scope& scope_;
  const Rights rights_;
};

class Sqs final : public abi::SqsClient {
 public:
  Sqs(core::Store& store, sqs::Service& service, const core::Scope& scope, std::string sender_id,
      Rights rights)
      : store_(store),
        service_(service),
        scope_(scope),
        sender_id_(std::move(sender_id)),
        rights_(std::move(rights)) {}

  abi::Task<abi::SendMessageResponse> send_message(abi::SendMessageRequest request) override {
    if (rights_) {
      const std::string queue = sqs::parse_queue_reference(scope_, request.queue_url).arn();
      require(rights_, {"sqs:SendMessage", queue}, "AccessDenied", 403);
    }
    co_return store_.atomically([&] { return service_.send_message(scope_, request, sender_id_); });
  }

 private:
  core::Store& store_;
  sqs::Service& service_;
  const core::Scope& scope_;
  const std::string sender_id_;
  const Rights rights_;
};

class IotData final : public abi::IotDataClient {
 public:
  IotData(core::Store& store, iot::Broker& broker, const core::Scope& scope, Rights rights)
      : store_(store), broker_(broker), scope_(scope), rights_(std::move(rights)) {}

  abi::Task<void> publish(abi::PublishRequest request) override {
    require_on_topic("iot:Publish", request.topic);
    if (request.retain) require_on_topic("iot:RetainPublish", request.topic);
    iot::PublishRequest message;
    message.topic = std::move(request.topic);
    message.payload = std::move(request.payload);
    message.qos = request.qos;
    message.retain = request.retain;
    store_.atomically([&] { broker_.publish(scope_, std::move(message)); });
    co_return;
  }

 private:
  // IoT does not say why.
  void require_on_topic(const char* action, const std::string& topic) const {
    if (!rights_) return;
    const std::string arn = core::Arn::in(scope_, "iot", "topic/" + topic).text();
    if (rights_->denial({action, arn})) {
      throw core::AwsError("ForbiddenException", "Forbidden", 403);
    }
  }

  core::Store& store_;
  iot::Broker& broker_;
  const core::Scope& scope_;
  const Rights rights_;
};

class InProcessClients final : public lambda::Clients {
 public:
  InProcessClients(core::Store& store, dynamodb::Service& dynamodb, sqs::Service& sqs,
                   iot::Broker& broker, const core::Scope& scope, std::string sender_id,
                   const Rights& rights)
      : scope_(scope),
        rights_(rights),
        dynamodb_(store, dynamodb, scope_, rights),
        sqs_(store, sqs, scope_, std::move(sender_id), rights),
        iot_data_(store, broker, scope_, rights) {}

  bool may_log(const std::string& group) const override {
    if (!rights_) return true;
    const std::string streams =
        core::Arn::in(scope_, "logs", "log-group:" + group + ":log-stream:").text();
    return !rights_->denial({"logs:CreateLogStream", streams}) &&
           !rights_->denial({"logs:PutLogEvents", streams});
  }
  abi::DynamoDbClient& dynamodb() override { return dynamodb_; }
  abi::SqsClient& sqs() override { return sqs_; }
  abi::IotDataClient& iot_data() override { return iot_data_; }

 private:
  const core::Scope scope_;
  const Rights rights_;
  DynamoDb dynamodb_;
  Sqs sqs_;
  IotData iot_data_;
};

}  // namespace

// FNV-1a over the ARN: AWS's ids are random, but a role of a template has no row of its own to keep
// one.
std::string role_unique_id(const std::string& role_arn) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::uint64_t hash = 14'695'981'039'346'656'037U;
  std::string id = "AROA";
  for (int i = 0; i < 17; ++i) {
    for (const char c : role_arn)
      hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211U;
    id.push_back(alphabet[(hash >> 32) % alphabet.size()]);
  }
  return id;
}

std::unique_ptr<lambda::Clients> in_process_clients(core::Store& store, dynamodb::Service& dynamodb,
                                                    sqs::Service& sqs, iot::Broker& broker,
                                                    const core::Scope& scope,
                                                    const std::string& function_name,
                                                    const std::string& role_arn, Rights rights) {
  return std::make_unique<InProcessClients>(store, dynamodb, sqs, broker, scope,
                                            role_unique_id(role_arn) + ":" + function_name, rights);
}

}  // namespace votemu::pipeline
