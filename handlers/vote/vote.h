// What the voting application's functions share: what a vote is, how it is counted and how the API
// answers.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "handlers/abi/context.h"
#include "handlers/abi/events.h"

namespace votemu::vote {

// DynamoDB's limit for a partition key, which the id becomes.
inline constexpr std::size_t max_id_bytes = 2'048;

// A vote is small, whatever else its body holds. What is larger is not even read.
inline constexpr std::size_t max_body_bytes = 65'536;

// The request's body is not a vote; what() says why, for the voter.
class InvalidVote : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The candidate's id in a body such as {"id":"dog"}. Throws InvalidVote.
std::string candidate_of(const abi::ApiGatewayProxyRequest& request);

// Adds one to the candidate's total, in the table that DDB_TABLE_NAME names.
abi::Task<void> count(abi::Context& context, std::string candidate);

// An answer of the API with the CORS headers that a browser needs. `method` is the one besides
// OPTIONS.
std::string answer(int status_code, std::string_view method, std::string body);

// {"message": text}
std::string message_body(std::string_view text);

}  // namespace votemu::vote
