import json

import pytest
from pydantic import BaseModel

from docket.api import api
from tests.make_calls import Reply, a_request


class SizeModel(BaseModel):
    size: int


def test_a_body_is_text_or_base64(ask):
    assert ask('{"size": 1}').json == {"size": 1}
    assert ask(base64_of=b'{"size": 1}').json == {"size": 1}


@pytest.mark.parametrize(
    "kind", ["application/json", "application/json; charset=utf-8", "Application/JSON"]
)
def test_json_is_accepted_with_any_spelling_of_its_type(ask, kind):
    assert ask('{"size": 1}', headers={"content-type": kind}).status == 200


@pytest.mark.parametrize(
    "kind",
    ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"],
)
def test_another_content_type_is_rejected(ask, kind):
    reply = ask('{"size": 1}', headers={"content-type": kind})

    assert reply.refusal == (400, "bad_input")
    assert reply.fields == ["body"]


@pytest.mark.parametrize(
    "body",
    [
        None,
        "",
        "{",
        "no json",
        '{"size": 1',
        '{"size": 1}}',
        "\ufeff{}",
        "[]",
        "null",
        "7",
        '"text"',
        "true",
        '{"size": 1' + "0" * 5000 + "}",
        '{"size": NaN}',
        '{"size": 1e999}',
        '{"size": "\\ud800"}',
        '{"\\ud800": 1}',
        '{"size": {"size": 1}}',
        "[" * 100_000,
        '{"size":' * 100_000,
        '{"size": ' + "[" * 100_000 + "]" * 100_000 + "}",
    ],
    ids=range(21),
)
def test_a_missing_or_malformed_body_is_a_bad_request(ask, body):
    reply = ask(body)

    assert reply.refusal == (400, "bad_input")
    assert reply.json["details"]


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xfe{\x00}\x00",
        b"\xfe\xff\x00{\x00}",
        b"{\x00}\x00",
        b"\x00\x00\xfe\xff\x00\x00\x00{\x00\x00\x00}",
        b'{"size": "\xff"}',
        b"\xef\xbb\xbf{}",
        b"\x80",
        b"\x00",
    ],
    ids=range(8),
)
def test_invalid_utf_8_is_a_bad_request(ask, data):
    reply = ask(base64_of=data)

    assert reply.refusal == (400, "bad_input")


@pytest.mark.parametrize("body", ["!", "a", "é", "====", "e30"])
def test_invalid_base64_is_a_bad_request(body):
    app = api(public=True)

    @app.post("/things")
    def save(size_model: SizeModel) -> SizeModel:
        return size_model

    event = a_request("POST", "/things", body) | {"isBase64Encoded": True}

    assert Reply(app.resolve(event, None)).refusal == (400, "bad_input")


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_a_deeply_nested_body_is_a_bad_request(ask, opening):
    closing = {"[": "]"}.get(opening, "}")

    def status(depth):
        return ask('{"size": ' + opening * depth + "1" + closing * depth + "}").status

    low, high = 1, 100_000
    while low < high:  # the deepest nesting that the JSON parser accepts
        middle = (low + high + 1) // 2
        try:
            json.loads('{"size": ' + opening * middle + "1" + closing * middle + "}")
            low = middle
        except RecursionError:
            high = middle - 1

    assert {status(depth) for depth in range(max(1, low - 40), low + 5)} == {400}


def test_a_list_is_not_taken_for_its_only_member(ask):
    reply = ask('[{"size": 1}]')

    assert reply.refusal == (400, "bad_input")
    assert [detail["code"] for detail in reply.json["details"]] == ["not_an_object"]
