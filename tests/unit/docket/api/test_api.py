import base64
import json

import pytest
from aws_lambda_powertools.event_handler import Response
from pydantic import BaseModel

from docket.api import api, caller, idempotency_key_for, redirect
from docket.api.error_response import status_of
from docket.domain import errors
from docket.domain.user import Caller
from docket.schemas.ids import OrderId
from tests.make import OID
from tests.make_calls import Reply, a_request


def every_error(root=errors.DocketError):
    for error in root.__subclasses__():
        yield error
        yield from every_error(error)


@pytest.mark.parametrize("error", list(every_error()))
def test_every_error_has_a_status(error):
    assert 400 <= status_of(error) <= 502


def test_codes_are_stable_words_of_their_own():
    codes = [error.code for error in every_error()]

    assert len(codes) == len(set(codes))


def test_a_reply_of_ours_that_breaks_its_schema_is_our_fault():
    class Answer(BaseModel):
        amount: int

    app = api(public=True)

    @app.get("/answer")
    def answer() -> Answer:
        return {"amount": "much"}  # type: ignore[return-value]  # that is the case

    reply = app.resolve(a_request("GET", "/answer"), None)

    assert reply["statusCode"] == 500
    assert json.loads(reply["body"])["code"] == "internal"
    assert "much" not in reply["body"]


class Wanted(BaseModel):
    size: int


@pytest.fixture
def ask():
    """The reply to a request of a function that takes a size and gives it back."""

    def post(body=None, *, base64_of=None, signed_in=True, headers=None, method="POST"):
        app = api()

        @app.post("/things/<thing_id>")
        def save(thing_id: OrderId, wanted: Wanted) -> Wanted:
            return wanted

        @app.get("/things/<thing_id>")
        def get(thing_id: OrderId, fail: str = "") -> Wanted:
            raise {"outage": errors.PaymentsUnreachable()}.get(fail, RuntimeError("a secret"))

        caller = {"user_id": "ada", "session_id": "S1"} if signed_in else None
        event = a_request(method, f"/things/{OID}", body, caller=caller, headers=headers)
        if base64_of is not None:
            event["body"] = base64.b64encode(base64_of).decode()
            event["isBase64Encoded"] = True
        return Reply(app.resolve(event, None))

    return post


def test_a_body_is_taken_as_text_or_in_base64(ask):
    assert ask('{"size": 1}').json == {"size": 1}
    assert ask(base64_of=b'{"size": 1}').json == {"size": 1}


@pytest.mark.parametrize(
    "kind", ["application/json", "application/json; charset=utf-8", "Application/JSON"]
)
def test_json_is_taken_however_its_type_is_spelled(ask, kind):
    assert ask('{"size": 1}', headers={"content-type": kind}).status == 200


@pytest.mark.parametrize(
    "kind",
    ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"],
)
def test_what_says_that_it_is_no_json_is_refused(ask, kind):
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
def test_a_body_that_is_missing_broken_or_of_another_shape_is_a_bad_request(ask, body):
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
def test_bytes_that_are_no_utf_8_are_a_bad_request(ask, data):
    reply = ask(base64_of=data)

    assert reply.refusal == (400, "bad_input")


@pytest.mark.parametrize("body", ["!", "a", "é", "====", "e30"])
def test_a_body_that_is_no_base64_is_a_bad_request(body):
    app = api(public=True)

    @app.post("/things")
    def save(wanted: Wanted) -> Wanted:
        return wanted

    event = a_request("POST", "/things", body) | {"isBase64Encoded": True}

    assert Reply(app.resolve(event, None)).refusal == (400, "bad_input")


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_there_is_no_depth_at_which_a_nested_body_becomes_our_fault(ask, opening):
    closing = {"[": "]"}.get(opening, "}")

    def status(depth):
        return ask('{"size": ' + opening * depth + "1" + closing * depth + "}").status

    low, high = 1, 100_000
    while low < high:  # the deepest that the first look lets through
        middle = (low + high + 1) // 2
        try:
            json.loads('{"size": ' + opening * middle + "1" + closing * middle + "}")
            low = middle
        except RecursionError:
            high = middle - 1

    assert {status(depth) for depth in range(max(1, low - 40), low + 5)} == {400}


def test_a_bad_field_is_named_as_the_caller_wrote_it(ask):
    assert ask('{"size": "many"}').fields == ["size"]
    assert ask("{}").fields == ["size"]


def test_what_went_wrong_inside_is_not_shown(ask, caplog):
    reply = ask(method="GET")

    assert reply.refusal == (500, "internal")
    assert "secret" not in reply.body
    assert "unforeseen" in caplog.text
    assert "a secret" not in caplog.text + str(vars(caplog.records[-1]))


def test_who_is_not_signed_in_is_not_let_in_and_does_not_have_the_body_read(ask):
    assert ask('{"size": 1}', signed_in=False).refusal == (401, "not_signed_in")
    assert ask("{", signed_in=False).refusal == (401, "not_signed_in")


def asked_by(authorizer):
    app = api()

    @app.get("/me")
    def me() -> dict[str, str]:
        who = caller(app)
        return {"user": who.user_id, "session": who.session_id}

    event = a_request("GET", "/me")
    event["requestContext"]["authorizer"] = authorizer
    return Reply(app.resolve(event, None))


def test_the_caller_is_who_the_authorizer_says():
    ours = asked_by({"lambda": {"user_id": "ada", "session_id": "S1"}})
    pool = {"sub": "ada", "token_use": "access", "origin_jti": "S1", "jti": "T1"}

    assert ours.json == asked_by({"jwt": {"claims": pool}}).json == {"user": "ada", "session": "S1"}


@pytest.mark.parametrize(
    "authorizer",
    [
        {},
        None,
        {"lambda": {}},
        {"lambda": None},
        {"lambda": {"user_id": ""}},
        {"jwt": {"claims": {"sub": "ada", "token_use": "id", "jti": "T1"}}},
        {"jwt": {"claims": {"sub": "ada", "jti": "T1"}}},
        {"jwt": {"claims": None}},
    ],
)
def test_whom_the_authorizer_does_not_name_is_nobody(authorizer):
    assert asked_by(authorizer).refusal == (401, "not_signed_in")


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 256, "ü", "a\n"])
def test_a_key_that_cannot_be_one_is_named(key):
    app = api(public=True)

    @app.get("/key")
    def key_of() -> None:
        idempotency_key_for(app, Caller(user_id="ada", session_id="S1"), "thing", Wanted(size=1))

    reply = Reply(app.resolve(a_request("GET", "/key", headers={"idempotency-key": key}), None))

    assert reply.fields == ["Idempotency-Key"]


GUARDS = ("Cache-Control", "Strict-Transport-Security", "X-Content-Type-Options")


@pytest.mark.parametrize(
    ("status", "request_"),
    [
        (200, {"body": '{"size": 1}'}),
        (400, {"body": "{"}),
        (401, {"body": "{}", "signed_in": False}),
        (404, {"method": "PUT"}),
        (500, {"method": "GET"}),
    ],
)
def test_every_reply_is_kept_by_nobody_and_guards_itself(ask, status, request_):
    reply = ask(**request_)

    assert reply.status == status
    assert [name for name in GUARDS if name not in reply.headers] == []
    assert reply.headers["Cache-Control"] == "no-store"


def test_who_has_to_sign_in_is_told_how(ask):
    assert ask(signed_in=False).headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("error", [errors.NotSignedIn, errors.WrongCredentials])
def test_every_401_says_how_to_authenticate(error):
    app = api(public=True)

    @app.get("/private")
    def private() -> None:
        raise error

    reply = Reply(app.resolve(a_request("GET", "/private"), None))

    assert (reply.status, "WWW-Authenticate" in reply.headers) == (401, True)


def test_a_redirect_has_an_empty_text_for_a_body():
    app = api(public=True)

    @app.get("/away")
    def away() -> Response[Wanted | None]:
        return redirect("https://elsewhere.example/")

    reply = app.resolve(a_request("GET", "/away"), None)

    assert (reply["statusCode"], reply["body"]) == (302, "")
    assert reply["headers"]["Location"] == "https://elsewhere.example/"
    assert None not in reply["headers"].values()


def asked_with(query, body=None):
    app = api(public=True)

    @app.post("/things")
    def save(wanted: Wanted, colour: str = "") -> Wanted:
        return wanted

    return Reply(app.resolve(a_request("POST", "/things", body, query=query), None))


def test_every_unknown_query_parameter_is_refused_by_name():
    reply = asked_with({"colour": "red", "limit": 2, "Colour": "blue"}, '{"size": 1}')

    assert reply.refusal == (400, "bad_input")
    assert reply.fields == ["limit", "Colour"]


def test_unknown_parameters_are_named_beside_bad_fields():
    assert asked_with({"limit": 2}, "{}").fields == ["size", "limit"]


def test_a_known_parameter_is_taken():
    assert asked_with({"colour": "red"}, '{"size": 1}').status == 200


def test_what_is_refused_is_said_without_the_validators_jargon(ask):
    errors_ = [detail["error"] for detail in ask('{"size": "many"}').json["details"]]

    assert errors_ == ["Must be a whole number."]


def test_a_reply_is_utf_8():
    app = api(public=True)

    @app.get("/name")
    def name() -> dict[str, str]:
        return {"name": "Счёт"}

    assert app.resolve(a_request("GET", "/name"), None)["body"] == '{"name":"Счёт"}'
