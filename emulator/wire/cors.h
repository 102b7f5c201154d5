// Cross-origin answers of the AWS APIs, for pages of an origin that may call them: whether it may
// is decided before. A deployed API's own CORS is its template's and is not touched here.
// https://fetch.spec.whatwg.org/#http-cors-protocol
#pragma once

#include "wire/http.h"

namespace votemu::wire {

bool is_preflight(const HttpRequest& request);
HttpResponse preflight_response(const HttpRequest& request);

// Adds what a browser needs to let a page of the request's Origin read the answer, and what keeps
// caches from handing it to others.
void allow_cross_origin(const HttpRequest& request, HttpResponse& response);

}  // namespace votemu::wire
