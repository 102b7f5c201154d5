// CloudFormation's API over the stacks of this process: each file of this folder holds an operation
// or a tight family of them.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Operations.html
//
// A deployment is done when its operation answers. A resource that fails does not fail the
// operation: the stack's status and events tell.
#pragma once

#include "cloudformation/engine.h"
#include "core/operation.h"

namespace votemu::cloudformation::api {

// The operations refer to the engine.
core::OperationTable operations(const Engine& engine);

using core::Json;
using core::RequestContext;

Json cancel_update_stack(const Engine&, const RequestContext&, const Json& request);
Json continue_update_rollback(const Engine&, const RequestContext&, const Json& request);
Json create_change_set(const Engine&, const RequestContext&, const Json& request);
Json create_stack(const Engine&, const RequestContext&, const Json& request);
Json delete_change_set(const Engine&, const RequestContext&, const Json& request);
Json delete_stack(const Engine&, const RequestContext&, const Json& request);
Json describe_change_set(const Engine&, const RequestContext&, const Json& request);
Json describe_stack_events(const Engine&, const RequestContext&, const Json& request);
Json describe_stack_resource(const Engine&, const RequestContext&, const Json& request);
Json describe_stack_resources(const Engine&, const RequestContext&, const Json& request);
Json describe_stacks(const Engine&, const RequestContext&, const Json& request);
Json execute_change_set(const Engine&, const RequestContext&, const Json& request);
Json get_stack_policy(const Engine&, const RequestContext&, const Json& request);
Json get_template(const Engine&, const RequestContext&, const Json& request);
Json get_template_summary(const Engine&, const RequestContext&, const Json& request);
Json list_change_sets(const Engine&, const RequestContext&, const Json& request);
Json list_exports(const Engine&, const RequestContext&, const Json& request);
Json list_imports(const Engine&, const RequestContext&, const Json& request);
Json list_stack_resources(const Engine&, const RequestContext&, const Json& request);
Json list_stacks(const Engine&, const RequestContext&, const Json& request);
Json rollback_stack(const Engine&, const RequestContext&, const Json& request);
Json set_stack_policy(const Engine&, const RequestContext&, const Json& request);
Json update_stack(const Engine&, const RequestContext&, const Json& request);
Json update_termination_protection(const Engine&, const RequestContext&, const Json& request);
Json validate_template(const Engine&, const RequestContext&, const Json& request);

}  // namespace votemu::cloudformation::api
