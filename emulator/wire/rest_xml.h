// The REST-XML protocol, as S3 speaks it: an operation's members travel in the path, the query,
// headers, and in a body of XML or of bytes.
// https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html
//
// Requests and responses are Json in the shapes of the service's model. A route says which
// operation a request is and what its bodies are; the members in the query, like those in headers,
// are named alike in all of S3's operations, so that one table serves them all.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/aws_error.h"
#include "core/json.h"
#include "wire/aws_query.h"
#include "wire/classify.h"
#include "wire/http.h"

namespace votemu::wire {

enum class S3Target { service, bucket, object };

// What a body is: a member in XML or as bytes, or all members in XML.
struct XmlBody {
  std::string_view root = {};    // the XML's element, "" when the body is the member's bytes
  const Shape* shape = nullptr;  // of the member or of all members
  std::string_view member = {};  // "" when the root's members are the operation's
};

struct S3Route {
  std::string_view method;
  S3Target target;
  std::string_view operation;
  std::vector<std::string_view> parameters = {};  // that the query must have
  std::string_view header = {};                   // that the request must have
  XmlBody request = {};
  XmlBody response = {};
  int success_status = 200;
};

// The first that fits is the one.
std::span<const S3Route> s3_bucket_routes();
std::span<const S3Route> s3_object_routes();

struct S3Request {
  const S3Route* route;
  core::Json members;
};

// Throws AwsError MethodNotAllowed, NotImplemented, MalformedXML, IncompleteBody.
S3Request decode_s3(const HttpRequest& request, const S3Call& call);

// Members that the body's shape does not have become headers. ContentLength is the size of what the
// caller sends as the body: it becomes `rest_size`.
HttpResponse encode_s3(const S3Route& route, const core::Json& response,
                       const std::string& request_id);

// `request` is answered: an answer to HEAD and "not modified" have no body.
HttpResponse encode_s3_error(const HttpRequest& request, const core::AwsError& error,
                             const std::string& request_id);

}  // namespace votemu::wire
