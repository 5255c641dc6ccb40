import base64
import gzip

import pytest
from aws_lambda_powertools.event_handler import Response
from pydantic import BaseModel

from docket.api import api
from docket.api.replies import complete, fitting, next_page_header, redirect
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


def complete_reply(reply, method="GET", **headers):
    return complete(reply, method=method, request_headers=headers)


def test_a_missing_body_is_an_empty_string():
    assert complete_reply(a_reply(None, 302))["body"] == ""


def test_the_cache_control_of_a_handler_is_preserved():
    assert (
        complete_reply(a_reply(**{"Cache-Control": "public"}))["headers"]["Cache-Control"]
        == "public"
    )


@pytest.mark.parametrize("header", ['"a"', 'W/"a"', '"b", W/"a"', "*"])
def test_a_matching_etag_is_answered_by_304(header):
    reply = complete_reply(a_reply("x" * 5000, ETag='W/"a"'), **{"if-none-match": header})

    assert (reply["statusCode"], reply["body"]) == (304, "")
    assert reply["headers"]["ETag"] == 'W/"a"'


@pytest.mark.parametrize("header", ["", '"b"', "a"])
def test_another_etag_is_answered_by_the_body(header):
    assert complete_reply(a_reply(ETag='W/"a"'), **{"if-none-match": header})["statusCode"] == 200


def test_a_head_request_has_no_body():
    assert complete_reply(a_reply('{"error": "x"}', 405), method="HEAD")["body"] == ""


def test_a_long_reply_is_compressed_if_accepted():
    text = to_json(["Счёт"] * 1000)

    reply = complete_reply(a_reply(text), **{"accept-encoding": "br, gzip"})

    assert gzip.decompress(base64.b64decode(reply["body"])).decode() == text
    assert reply["isBase64Encoded"] is True
    assert reply["headers"]["Content-Encoding"] == "gzip"
    assert reply["headers"]["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("header", ["", "br", "gzip;q=0"])
def test_a_long_reply_is_not_compressed_if_not_accepted(header):
    reply = complete_reply(a_reply("x" * 5000), **{"accept-encoding": header})

    assert (reply["body"], reply["isBase64Encoded"]) == ("x" * 5000, False)
    assert reply["headers"]["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    ("public", "header", "vary"),
    [
        (True, {}, None),
        (False, {}, "Authorization"),
        (False, {"Vary": "Accept, Accept-Language"}, "Accept, Accept-Language, Authorization"),
    ],
)
def test_a_reply_varies_with_the_caller_and_with_what_its_handler_reads(public, header, vary):
    reply = complete(a_reply(**header), method="GET", request_headers={}, public=public)

    assert reply["headers"].get("Vary") == vary


def test_a_long_reply_to_a_caller_varies_with_both():
    reply = complete(a_reply("x" * 5000), method="GET", request_headers={}, public=False)

    assert reply["headers"]["Vary"] == "Authorization, Accept-Encoding"


@pytest.mark.parametrize(
    ("parameters", "header"),
    [
        ({"after": None, "limit": 3}, {}),
        ({"after": "b"}, {"Link": '</things?cursor=b>; rel="next"'}),
        (
            {"after": "b", "limit": 3, "status": None},
            {"Link": '</things?limit=3&cursor=b>; rel="next"'},
        ),
    ],
)
def test_the_link_to_the_next_page_keeps_the_other_parameters(parameters, header):
    assert next_page_header("/things", **parameters) == header


def test_a_short_reply_is_not_compressed():
    assert complete_reply(a_reply(), **{"accept-encoding": "gzip"})["body"] == "{}"


class Text(BaseModel):
    text: str


def test_a_list_is_cut_to_the_size_of_a_reply():
    long = [Text(text='"' * 500_000) for _ in range(5)]  # four bytes a quote in the envelope

    assert fitting(long) == long[:3]
    assert envelope_bytes([model.model_dump() for model in fitting(long)]) < MAX_BODY_BYTES


def test_a_single_large_item_is_not_cut():
    huge = [Text(text="x" * 7_000_000)]

    assert fitting(huge) == huge
    assert fitting([]) == []


def test_a_redirect_has_an_empty_body():
    app = api(public=True)

    @app.get("/away")
    def away() -> Response[str | None]:
        return redirect("https://elsewhere.example/", {"Vary": "Accept"})

    reply = app.resolve(a_request("GET", "/away"), None)

    assert (reply["statusCode"], reply["body"]) == (302, "")
    assert reply["headers"]["Location"] == "https://elsewhere.example/"
    assert None not in reply["headers"].values()
