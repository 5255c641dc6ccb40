from pydantic import BaseModel

from docket.api import api
from tests.make_calls import Reply, a_request


class Wanted(BaseModel):
    size: int


def test_a_bad_field_is_named_as_the_caller_wrote_it(ask):
    assert ask('{"size": "many"}').fields == ["size"]
    assert ask("{}").fields == ["size"]


def reply_to_query(query, body=None):
    app = api(public=True)

    @app.post("/things")
    def save(wanted: Wanted, colour: str = "") -> Wanted:
        return wanted

    return Reply(app.resolve(a_request("POST", "/things", body, query=query), None))


def test_every_unknown_query_parameter_is_refused_by_name():
    reply = reply_to_query({"colour": "red", "limit": 2, "Colour": "blue"}, '{"size": 1}')

    assert reply.refusal == (400, "bad_input")
    assert reply.fields == ["limit", "Colour"]


def test_unknown_parameters_are_named_beside_bad_fields():
    assert reply_to_query({"limit": 2}, "{}").fields == ["size", "limit"]


def test_a_known_parameter_is_taken():
    assert reply_to_query({"colour": "red"}, '{"size": 1}').status == 200


def test_what_is_refused_is_said_without_the_validators_jargon(ask):
    errors_ = [detail["error"] for detail in ask('{"size": "many"}').json["details"]]

    assert errors_ == ["Must be a whole number."]
