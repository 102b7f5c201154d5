// Every service of this process, made and joined once.
#pragma once

#include <vector>

#include "app/linked_handlers.h"
#include "authorization/authorization.h"
#include "core/runtime.h"
#include "core/signing_key.h"
#include "core/temporary_credentials.h"
#include "pipeline/api_integration.h"
#include "pipeline/event_source_mappings.h"
#include "services/apigateway/service.h"
#include "services/cognito/service.h"
#include "services/dynamodb/service.h"
#include "services/iam/service.h"
#include "services/iot/broker.h"
#include "services/lambda/service.h"
#include "services/logs/service.h"
#include "services/s3/service.h"
#include "services/sqs/service.h"
#include "services/sts/service.h"

namespace votemu::app {

struct Services {
  explicit Services(core::Runtime& runtime, authorization::Mode iam_mode = authorization::Mode::off,
                    std::vector<abi::NamedHandler> handlers = linked_handlers());

  core::SigningKey signing_key;
  core::CredentialIssuer session_credentials;
  dynamodb::Service dynamodb;
  sqs::Service sqs;
  iot::Broker iot;
  iam::Service iam;
  authorization::Authorization authorization;
  sts::Service sts;
  cognito::Service cognito;
  logs::Service logs;
  s3::Service s3;
  lambda::Service lambda;
  apigateway::Service apigateway;
  pipeline::ApiIntegration api_integration;
  pipeline::EventSourceMappings event_source_mappings;
};

}  // namespace votemu::app
