// The members that S3's requests and responses carry in headers. They are named alike in all of
// S3's operations, so that one table serves them all.
#pragma once

#include "core/json.h"
#include "wire/http.h"
#include "wire/rest_xml.h"

namespace votemu::wire {

// Headers that no operation has are passed over.
void add_s3_members(core::Json& members, const Headers& headers);

// Of the response's members those that its body does not have.
void add_s3_headers(HttpResponse& out, const S3Route& route, const core::Json& response);

}  // namespace votemu::wire
