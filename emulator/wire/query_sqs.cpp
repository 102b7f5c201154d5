#include <algorithm>
#include <array>

#include "wire/query_services.h"
#include "wire/query_shape_builders.h"

namespace votemu::wire {
namespace {

using core::AwsError;

// Names and nesting as in AWS's service model.

constexpr Shape texts = flat_list(text);
constexpr Shape attribute_map = flat_map(text, "Name", "Value");
constexpr Shape tag_map = flat_map(text, "Key", "Value");

constexpr Member message_attribute_members[] = {
    {"StringValue", &text},
    {"BinaryValue", &text},
    {"StringListValues", &texts, "StringListValue"},
    {"BinaryListValues", &texts, "BinaryListValue"},
    {"DataType", &text},
};
constexpr Shape message_attribute = structure(message_attribute_members);
constexpr Shape message_attribute_map = flat_map(message_attribute, "Name", "Value");

constexpr Member queue_url_members[] = {{"QueueUrl", &text}};
constexpr Shape queue_url = structure(queue_url_members);

constexpr Member create_queue_members[] = {
    {"QueueName", &text}, {"Attributes", &attribute_map, "Attribute"}, {"tags", &tag_map, "Tag"}};
constexpr Shape create_queue_request = structure(create_queue_members);

constexpr Member get_queue_url_members[] = {{"QueueName", &text},
                                            {"QueueOwnerAWSAccountId", &text}};
constexpr Shape get_queue_url_request = structure(get_queue_url_members);

constexpr Member list_queues_members[] = {
    {"QueueNamePrefix", &text}, {"NextToken", &text}, {"MaxResults", &integer}};
constexpr Shape list_queues_request = structure(list_queues_members);
constexpr Member list_queues_result_members[] = {{"QueueUrls", &texts, "QueueUrl"},
                                                 {"NextToken", &text}};
constexpr Shape list_queues_result = structure(list_queues_result_members);

constexpr Member list_sources_members[] = {
    {"QueueUrl", &text}, {"NextToken", &text}, {"MaxResults", &integer}};
constexpr Shape list_sources_request = structure(list_sources_members);
constexpr Member list_sources_result_members[] = {{"queueUrls", &texts, "QueueUrl"},
                                                  {"NextToken", &text}};
constexpr Shape list_sources_result = structure(list_sources_result_members);

constexpr Member get_attributes_members[] = {{"QueueUrl", &text},
                                             {"AttributeNames", &texts, "AttributeName"}};
constexpr Shape get_attributes_request = structure(get_attributes_members);
constexpr Member get_attributes_result_members[] = {{"Attributes", &attribute_map, "Attribute"}};
constexpr Shape get_attributes_result = structure(get_attributes_result_members);
constexpr Member set_attributes_members[] = {{"QueueUrl", &text},
                                             {"Attributes", &attribute_map, "Attribute"}};
constexpr Shape set_attributes_request = structure(set_attributes_members);

constexpr Member tag_queue_members[] = {{"QueueUrl", &text}, {"Tags", &tag_map, "Tag"}};
constexpr Shape tag_queue_request = structure(tag_queue_members);
constexpr Member untag_queue_members[] = {{"QueueUrl", &text}, {"TagKeys", &texts, "TagKey"}};
constexpr Shape untag_queue_request = structure(untag_queue_members);
constexpr Member list_tags_result_members[] = {{"Tags", &tag_map, "Tag"}};
constexpr Shape list_tags_result = structure(list_tags_result_members);

constexpr Member add_permission_members[] = {{"QueueUrl", &text},
                                             {"Label", &text},
                                             {"AWSAccountIds", &texts, "AWSAccountId"},
                                             {"Actions", &texts, "ActionName"}};
constexpr Shape add_permission_request = structure(add_permission_members);
constexpr Member remove_permission_members[] = {{"QueueUrl", &text}, {"Label", &text}};
constexpr Shape remove_permission_request = structure(remove_permission_members);

constexpr Member send_message_members[] = {
    {"QueueUrl", &text},
    {"MessageBody", &text},
    {"DelaySeconds", &integer},
    {"MessageAttributes", &message_attribute_map, "MessageAttribute"},
    {"MessageSystemAttributes", &message_attribute_map, "MessageSystemAttribute"},
    {"MessageDeduplicationId", &text},
    {"MessageGroupId", &text},
};
constexpr Shape send_message_request = structure(send_message_members);
constexpr Member send_message_result_members[] = {
    {"MD5OfMessageBody", &text},
    {"MD5OfMessageAttributes", &text},
    {"MD5OfMessageSystemAttributes", &text},
    {"MessageId", &text},
    {"SequenceNumber", &text},
};
constexpr Shape send_message_result = structure(send_message_result_members);

constexpr Member receive_message_members[] = {
    {"QueueUrl", &text},
    {"AttributeNames", &texts, "AttributeName"},
    {"MessageAttributeNames", &texts, "MessageAttributeName"},
    {"MaxNumberOfMessages", &integer},
    {"VisibilityTimeout", &integer},
    {"WaitTimeSeconds", &integer},
    {"ReceiveRequestAttemptId", &text},
};
constexpr Shape receive_message_request = structure(receive_message_members);
constexpr Member message_members[] = {
    {"MessageId", &text},
    {"ReceiptHandle", &text},
    {"MD5OfBody", &text},
    {"Body", &text},
    {"Attributes", &attribute_map, "Attribute"},
    {"MD5OfMessageAttributes", &text},
    {"MessageAttributes", &message_attribute_map, "MessageAttribute"},
};
constexpr Shape message = structure(message_members);
constexpr Shape messages = flat_list(message);
constexpr Member receive_message_result_members[] = {{"Messages", &messages, "Message"}};
constexpr Shape receive_message_result = structure(receive_message_result_members);

constexpr Member delete_message_members[] = {{"QueueUrl", &text}, {"ReceiptHandle", &text}};
constexpr Shape delete_message_request = structure(delete_message_members);
constexpr Member change_visibility_members[] = {
    {"QueueUrl", &text}, {"ReceiptHandle", &text}, {"VisibilityTimeout", &integer}};
constexpr Shape change_visibility_request = structure(change_visibility_members);

constexpr Member failed_members[] = {
    {"Id", &text}, {"SenderFault", &boolean}, {"Code", &text}, {"Message", &text}};
constexpr Shape failed = structure(failed_members);
constexpr Shape failures = flat_list(failed);
constexpr Member id_members[] = {{"Id", &text}};
constexpr Shape id_only = structure(id_members);
constexpr Shape ids = flat_list(id_only);

constexpr Member send_entry_members[] = {
    {"Id", &text},
    {"MessageBody", &text},
    {"DelaySeconds", &integer},
    {"MessageAttributes", &message_attribute_map, "MessageAttribute"},
    {"MessageSystemAttributes", &message_attribute_map, "MessageSystemAttribute"},
    {"MessageDeduplicationId", &text},
    {"MessageGroupId", &text},
};
constexpr Shape send_entry = structure(send_entry_members);
constexpr Shape send_entries = flat_list(send_entry);
constexpr Member send_batch_members[] = {
    {"QueueUrl", &text}, {"Entries", &send_entries, "SendMessageBatchRequestEntry"}};
constexpr Shape send_batch_request = structure(send_batch_members);
constexpr Member sent_entry_members[] = {
    {"Id", &text},
    {"MessageId", &text},
    {"MD5OfMessageBody", &text},
    {"MD5OfMessageAttributes", &text},
    {"MD5OfMessageSystemAttributes", &text},
    {"SequenceNumber", &text},
};
constexpr Shape sent_entry = structure(sent_entry_members);
constexpr Shape sent_entries = flat_list(sent_entry);
constexpr Member send_batch_result_members[] = {
    {"Successful", &sent_entries, "SendMessageBatchResultEntry"},
    {"Failed", &failures, "BatchResultErrorEntry"}};
constexpr Shape send_batch_result = structure(send_batch_result_members);

constexpr Member handle_entry_members[] = {
    {"Id", &text}, {"ReceiptHandle", &text}, {"VisibilityTimeout", &integer}};
constexpr Shape handle_entry = structure(handle_entry_members);
constexpr Shape handle_entries = flat_list(handle_entry);
constexpr Member delete_batch_members[] = {
    {"QueueUrl", &text}, {"Entries", &handle_entries, "DeleteMessageBatchRequestEntry"}};
constexpr Shape delete_batch_request = structure(delete_batch_members);
constexpr Member delete_batch_result_members[] = {
    {"Successful", &ids, "DeleteMessageBatchResultEntry"},
    {"Failed", &failures, "BatchResultErrorEntry"}};
constexpr Shape delete_batch_result = structure(delete_batch_result_members);
constexpr Member change_batch_members[] = {
    {"QueueUrl", &text}, {"Entries", &handle_entries, "ChangeMessageVisibilityBatchRequestEntry"}};
constexpr Shape change_batch_request = structure(change_batch_members);
constexpr Member change_batch_result_members[] = {
    {"Successful", &ids, "ChangeMessageVisibilityBatchResultEntry"},
    {"Failed", &failures, "BatchResultErrorEntry"}};
constexpr Shape change_batch_result = structure(change_batch_result_members);

constexpr OperationShape sqs_operations[] = {
    {"AddPermission", &add_permission_request, nullptr},
    {"ChangeMessageVisibility", &change_visibility_request, nullptr},
    {"ChangeMessageVisibilityBatch", &change_batch_request, &change_batch_result},
    {"CreateQueue", &create_queue_request, &queue_url},
    {"DeleteMessage", &delete_message_request, nullptr},
    {"DeleteMessageBatch", &delete_batch_request, &delete_batch_result},
    {"DeleteQueue", &queue_url, nullptr},
    {"GetQueueAttributes", &get_attributes_request, &get_attributes_result},
    {"GetQueueUrl", &get_queue_url_request, &queue_url},
    {"ListDeadLetterSourceQueues", &list_sources_request, &list_sources_result},
    {"ListQueueTags", &queue_url, &list_tags_result},
    {"ListQueues", &list_queues_request, &list_queues_result},
    {"PurgeQueue", &queue_url, nullptr},
    {"ReceiveMessage", &receive_message_request, &receive_message_result},
    {"RemovePermission", &remove_permission_request, nullptr},
    {"SendMessage", &send_message_request, &send_message_result},
    {"SendMessageBatch", &send_batch_request, &send_batch_result},
    {"SetQueueAttributes", &set_attributes_request, nullptr},
    {"TagQueue", &tag_queue_request, nullptr},
    {"UntagQueue", &untag_queue_request, nullptr},
};

AwsError spell_sqs_error(const AwsError& error) {
  const bool no_queue = error.code() == "QueueDoesNotExist";
  return AwsError(
      sqs_query_error_code(error.code()),
      no_queue ? "The specified queue does not exist for this wsdl version." : error.message(),
      error.http_status());
}

constexpr QueryService sqs{.name = "sqs",
                           .version = "2012-11-05",
                           .xml_namespace = "http://queue.amazonaws.com/doc/2012-11-05/",
                           .operations = sqs_operations,
                           .spell_error = spell_sqs_error,
                           .errors_have_detail = true};

}  // namespace

const QueryService& sqs_query_service() {
  return sqs;
}

std::string sqs_query_error_code(std::string_view json_code) {
  constexpr std::array prefixed{
      std::string_view("BatchEntryIdsNotDistinct"),
      std::string_view("BatchRequestTooLong"),
      std::string_view("EmptyBatchRequest"),
      std::string_view("InvalidBatchEntryId"),
      std::string_view("MessageNotInflight"),
      std::string_view("PurgeQueueInProgress"),
      std::string_view("QueueDeletedRecently"),
      std::string_view("TooManyEntriesInBatchRequest"),
      std::string_view("UnsupportedOperation"),
  };
  if (std::ranges::find(prefixed, json_code) != prefixed.end()) {
    return "AWS.SimpleQueueService." + std::string(json_code);
  }
  constexpr std::array<std::pair<std::string_view, std::string_view>, 10> renamed{{
      {"QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"},
      {"QueueNameExists", "QueueAlreadyExists"},
      {"InvalidParameterValueException", "InvalidParameterValue"},
      {"MissingRequiredParameterException", "MissingParameter"},
      {"AccessDeniedException", "AccessDenied"},
      {"MissingAuthenticationTokenException", "MissingAuthenticationToken"},
      {"IncompleteSignatureException", "IncompleteSignature"},
      {"UnrecognizedClientException", "InvalidClientTokenId"},
      {"ExpiredTokenException", "ExpiredToken"},
      {"InvalidSignatureException", "SignatureDoesNotMatch"},
  }};
  const auto* found = std::ranges::find(renamed, json_code, &decltype(renamed)::value_type::first);
  return std::string(found == renamed.end() ? json_code : found->second);
}

}  // namespace votemu::wire
