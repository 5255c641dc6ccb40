import json

from functions.meta import health


def a_request(path):
    return {
        "version": "2.0",
        "routeKey": f"GET {path}",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"accept": "application/json"},
        "requestContext": {
            "requestId": "request-1",
            "stage": "$default",
            "http": {"method": "GET", "path": path, "sourceIp": "203.0.113.7"},
        },
        "isBase64Encoded": False,
    }


def test_the_service_is_healthy():
    reply = health.handler(a_request("/api/v1/health"), None)

    assert reply["statusCode"] == 200
    assert json.loads(reply["body"]) == {"status": "ok"}
    assert reply["headers"]["x-request-id"] == "request-1"


def test_an_unknown_path_is_not_found():
    reply = health.handler(a_request("/api/v1/nowhere"), None)

    assert reply["statusCode"] == 404
    assert json.loads(reply["body"]) == {
        "error": "Nothing was found here.",
        "code": "not_found",
        "params": {},
        "request_id": "request-1",
    }
