// The HTTP operations on topics, in the shapes of AWS's iot-data and iot models.
// https://docs.aws.amazon.com/iot/latest/apireference/API_Operations_AWS_IoT_Data_Plane.html
#pragma once

#include "core/operation.h"
#include "core/runtime.h"
#include "services/iot/broker.h"

namespace votemu::iot {

core::OperationTable make_operations(Broker& broker, core::Runtime& runtime);

}  // namespace votemu::iot
