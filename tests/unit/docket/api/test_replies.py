import base64
import gzip

import pytest
from aws_lambda_powertools.event_handler import Response
from pydantic import BaseModel

from docket.api import api
from docket.api.replies import complete, fitting, redirect
from docket.runtime.reply_size import MAX_BODY_BYTES, envelope_bytes, to_json
from tests.make_calls import a_request


def a_reply(body="{}", status=200, **headers):
    return {
        "statusCode": status,
        "headers": {"Content-Type": "application/json", **headers},
        "cookies": [],
        "isBase64Encoded": False,
        "body": body,
    }


def sent(reply, method="GET", **headers):
    return complete(reply, method=method, request_headers=headers)


def test_a_body_of_nothing_is_an_empty_text():
    assert sent(a_reply(None, 302))["body"] == ""


def test_every_reply_is_kept_by_nobody_and_guards_itself():
    headers = sent(a_reply())["headers"]

    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Strict-Transport-Security"].startswith("max-age=63072000")


def test_what_a_handler_says_of_caching_stays():
    assert sent(a_reply(**{"Cache-Control": "public"}))["headers"]["Cache-Control"] == "public"


@pytest.mark.parametrize("header", ['"a"', 'W/"a"', '"b", W/"a"', "*"])
def test_what_the_caller_has_already_is_not_sent_again(header):
    reply = sent(a_reply("x" * 5000, ETag='W/"a"'), **{"if-none-match": header})

    assert (reply["statusCode"], reply["body"]) == (304, "")
    assert reply["headers"]["ETag"] == 'W/"a"'


@pytest.mark.parametrize("header", ["", '"b"', "a"])
def test_what_the_caller_has_not_is_sent(header):
    assert sent(a_reply(ETag='W/"a"'), **{"if-none-match": header})["statusCode"] == 200


def test_a_head_request_is_answered_without_a_body():
    assert sent(a_reply('{"error": "x"}', 405), method="HEAD")["body"] == ""


def test_a_long_reply_is_compressed_for_who_accepts_that():
    text = to_json(["Счёт"] * 1000)

    reply = sent(a_reply(text), **{"accept-encoding": "br, gzip"})

    assert gzip.decompress(base64.b64decode(reply["body"])).decode() == text
    assert reply["isBase64Encoded"] is True
    assert reply["headers"]["Content-Encoding"] == "gzip"
    assert reply["headers"]["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("header", ["", "br", "gzip;q=0"])
def test_a_long_reply_is_sent_as_it_is_to_who_does_not(header):
    reply = sent(a_reply("x" * 5000), **{"accept-encoding": header})

    assert (reply["body"], reply["isBase64Encoded"]) == ("x" * 5000, False)
    assert reply["headers"]["Vary"] == "Accept-Encoding"


def test_a_short_reply_is_not_compressed():
    assert sent(a_reply(), **{"accept-encoding": "gzip"})["body"] == "{}"


class Text(BaseModel):
    text: str


def test_as_many_are_taken_as_one_reply_can_hold():
    long = [Text(text='"' * 500_000) for _ in range(5)]  # four bytes a quote in the envelope

    assert fitting(long) == long[:3]
    assert envelope_bytes([model.model_dump() for model in fitting(long)]) < MAX_BODY_BYTES


def test_one_is_taken_however_large_and_none_of_none():
    huge = [Text(text="x" * 7_000_000)]

    assert fitting(huge) == huge
    assert fitting([]) == []


def test_a_redirect_has_an_empty_text_for_a_body():
    app = api(public=True)

    @app.get("/away")
    def away() -> Response[str | None]:
        return redirect("https://elsewhere.example/")

    reply = app.resolve(a_request("GET", "/away"), None)

    assert (reply["statusCode"], reply["body"]) == (302, "")
    assert reply["headers"]["Location"] == "https://elsewhere.example/"
    assert None not in reply["headers"].values()
