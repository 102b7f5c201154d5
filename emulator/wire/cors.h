// Cross-origin answers of the AWS APIs, so that a browser page of any origin can call them. A
// deployed API's own CORS is its template's and is not touched here.
// https://fetch.spec.whatwg.org/#http-cors-protocol
#pragma once

#include "wire/http.h"

namespace votemu::wire {

bool is_preflight(const HttpRequest& request);
HttpResponse preflight_response(const HttpRequest& request);

// Adds what a browser needs to read the answer; nothing when the request has no Origin.
void allow_cross_origin(const HttpRequest& request, HttpResponse& response);

}  // namespace votemu::wire
