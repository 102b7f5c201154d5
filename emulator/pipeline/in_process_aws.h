// The handler ABI's clients bound to the services of this process: no sockets, no JSON, one turn.
#pragma once

#include <memory>
#include <string>

#include "core/access.h"
#include "core/runtime.h"
#include "services/dynamodb/service.h"
#include "services/iot/broker.h"
#include "services/lambda/service.h"
#include "services/sqs/service.h"

namespace votemu::pipeline {

using Rights = std::shared_ptr<const core::Authorizer>;

// The clients that a function's invocations see. Each call is an operation of its own: one that
// throws AwsError has changed nothing, and what earlier calls did stays. The authorizer speaks for
// the function's role; without one every call is let through.
std::unique_ptr<lambda::Clients> in_process_clients(core::Store& store, dynamodb::Service& dynamodb,
                                                    sqs::Service& sqs, iot::Broker& broker,
                                                    const core::Scope& scope,
                                                    const std::string& function_name,
                                                    const std::string& role_arn,
                                                    Rights rights = nullptr);

// The unique id of a role ("AROA…"), which AWS shows in a message's SenderId. The same ARN has the
// same id.
std::string role_unique_id(const std::string& role_arn);

}  // namespace votemu::pipeline
