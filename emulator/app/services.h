// Every service of this process, made and joined once.
#pragma once

#include "core/runtime.h"
#include "pipeline/api_integration.h"
#include "pipeline/event_source_mappings.h"
#include "services/apigateway/service.h"
#include "services/dynamodb/service.h"
#include "services/iot/broker.h"
#include "services/lambda/service.h"
#include "services/logs/service.h"
#include "services/sqs/service.h"

namespace votemu::app {

struct Services {
  explicit Services(core::Runtime& runtime);

  dynamodb::Service dynamodb;
  sqs::Service sqs;
  iot::Broker iot;
  logs::Service logs;
  lambda::Service lambda;
  apigateway::Service apigateway;
  pipeline::ApiIntegration api_integration;
  pipeline::EventSourceMappings event_source_mappings;
};

}  // namespace votemu::app
