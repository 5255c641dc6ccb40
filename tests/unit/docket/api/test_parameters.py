from pydantic import BaseModel

from docket.api import api
from tests.make_calls import Reply, a_request


class SizeModel(BaseModel):
    size: int


def test_an_invalid_field_is_named(ask):
    assert ask('{"size": "many"}').fields == ["size"]
    assert ask("{}").fields == ["size"]


def reply_to_query(query, body=None):
    app = api(public=True)

    @app.post("/things")
    def save(size_model: SizeModel, colour: str = "") -> SizeModel:
        return size_model

    return Reply(app.resolve(a_request("POST", "/things", body, query=query), None))


def test_unknown_query_parameters_are_rejected_by_name():
    reply = reply_to_query({"colour": "red", "limit": 2, "Colour": "blue"}, '{"size": 1}')

    assert reply.refusal == (400, "bad_input")
    assert reply.fields == ["limit", "Colour"]


def test_unknown_parameters_are_named_with_invalid_fields():
    assert reply_to_query({"limit": 2}, "{}").fields == ["size", "limit"]


def test_a_known_parameter_is_accepted():
    assert reply_to_query({"colour": "red"}, '{"size": 1}').status == 200


def test_a_message_does_not_contain_the_validators_text(ask):
    errors_ = [detail["error"] for detail in ask('{"size": "many"}').json["details"]]

    assert errors_ == ["Must be a whole number."]
