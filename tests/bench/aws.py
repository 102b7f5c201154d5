"""Requests as an AWS SDK sends them, the same bytes for whoever answers; and calls that prepare a measurement."""

import datetime
import hashlib
import hmac
import http.client
import json

AMZ_JSON = "application/x-amz-json-1.0"
SERVICES = {"DynamoDB_20120810": "dynamodb", "AmazonSQS": "sqs"}


def headers(target):
    """The SDK for JavaScript v3's, with a credential scope but a signature that nobody verifies."""
    service = SERVICES[target.split(".")[0]]
    return [
        ("content-type", AMZ_JSON),
        ("x-amz-target", target),
        *([("x-amzn-query-mode", "true")] if service == "sqs" else []),
        ("x-amz-user-agent", "aws-sdk-js/3.958.0"),
        ("user-agent", "aws-sdk-js/3.958.0 ua/2.1 os/linux#6.1.0 lang/js md/nodejs#20.20.2 "
                       f"api/{service}#3.958.0 m/N,E,P,e"),
        ("host", "127.0.0.1:45660"),
        ("amz-sdk-invocation-id", "9c383184-1e44-419f-b59f-52a5d28abc70"),
        ("amz-sdk-request", "attempt=1; max=3"),
        ("x-amz-date", "20260101T000000Z"),
        ("x-amz-content-sha256", "f9b779d610e8bca7225d1fe5ee494ff65a8b52a53d14985bee2610876ee4e33d"),
        ("authorization",
         f"AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/{service}/aws4_request, "
         "SignedHeaders=amz-sdk-invocation-id;amz-sdk-request;content-length;content-type;host;"
         "x-amz-content-sha256;x-amz-date;x-amz-target;x-amz-user-agent, "
         "Signature=0eebd7ca4fedae4c48922d0371ca254ecc5851fe4ae17e366b5a017fe822abfe"),
        ("connection", "keep-alive"),
    ]


def head(target):
    """Without Content-Length and the empty line."""
    return "POST / HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers(target))


def text(members):
    return json.dumps(members, separators=(",", ":"))


def request(target, members):
    body = text(members)
    return f"{head(target)}content-length: {len(body)}\r\n\r\n{body}"


def call(server, target, members):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        connection.request("POST", "/", text(members), dict(headers(target)))
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{target} answered {answer.status}: {body[:500]}")
        return json.loads(body or "{}")
    finally:
        connection.close()


def vote(candidate="dog"):
    body = text({"id": candidate})
    return ("POST /dev/votes HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}")


def counted_votes(server):
    """What the API's GET tells."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        connection.request("GET", "/dev/votes")
        return sum(item["votes"] for item in json.loads(connection.getresponse().read()))
    finally:
        connection.close()


def signed_mqtt_path():
    """Of a WebSocket to the host "localhost", signed with the account's own key: what policies are enforced for."""
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    scope = [now[:8], "us-east-1", "iotdevicegateway", "aws4_request"]
    query = ("X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=" + "%2F".join(["test", *scope]) +
             f"&X-Amz-Date={now}&X-Amz-SignedHeaders=host")
    canonical = "\n".join(["GET", "/mqtt", query, "host:localhost\n", "host", hashlib.sha256(b"").hexdigest()])
    to_sign = "\n".join(["AWS4-HMAC-SHA256", now, "/".join(scope), hashlib.sha256(canonical.encode()).hexdigest()])
    key = b"AWS4test"
    for part in scope:
        key = hmac.digest(key, part.encode(), "sha256")
    return f"/mqtt?{query}&X-Amz-Signature={hmac.digest(key, to_sign.encode(), 'sha256').hex()}"
