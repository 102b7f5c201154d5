#include "pipeline/batch_response.h"

#include <gtest/gtest.h>

namespace votemu::pipeline {
namespace {

const std::vector<std::string_view> known = {"b", "a"};

TEST(BatchResponse, NothingFailedWhenTheAnswerNamesNothing) {
  for (const auto* answer :
       {"", "null", "{}", "[]", R"({"batchItemFailures":[]})", R"({"batchItemFailures":null})"}) {
    const auto failed = failed_identifiers(answer, known);
    ASSERT_TRUE(failed) << answer;
    EXPECT_TRUE(failed->empty()) << answer;
  }
}

TEST(BatchResponse, NamesWhatFailed) {
  const auto failed =
      failed_identifiers(R"({"batchItemFailures":[{"itemIdentifier":"b"}]})", known);
  EXPECT_EQ(failed, std::set<std::string>{"b"});
}

TEST(BatchResponse, EverythingFailedWhenTheAnswerIsNotOfItsForm) {
  for (const auto* answer :
       {"not json", "\"ok\"", "1", "[1]", "{} {}", R"({"batchItemFailures":{}})",
        R"({"batchItemFailures":"b"})", R"({"batchItemFailures":[{"foo":"b"}]})",
        R"({"batchItemFailures":[{"itemIdentifier":""}]})",
        R"({"batchItemFailures":[{"itemIdentifier":null}]})",
        R"({"batchItemFailures":[{"itemIdentifier":"unknown"}]})",
        R"({"batchItemFailures":["b"]})"}) {
    EXPECT_FALSE(failed_identifiers(answer, known)) << answer;
  }
}

}  // namespace
}  // namespace votemu::pipeline
