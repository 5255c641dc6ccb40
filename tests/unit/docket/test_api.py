import json

import pytest
from pydantic import BaseModel

from docket.api import api, status_of
from docket.domain import errors
from tests.make_calls import an_event


def every_error(root=errors.DocketError):
    for each in root.__subclasses__():
        yield each
        yield from every_error(each)


@pytest.mark.parametrize("error", list(every_error()))
def test_every_error_has_a_status(error):
    assert 400 <= status_of(error) <= 502


def test_codes_are_stable_words_of_their_own():
    codes = [each.code for each in every_error()]

    assert len(codes) == len(set(codes))


def test_a_reply_of_ours_that_breaks_its_schema_is_our_fault():
    class Answer(BaseModel):
        amount: int

    app = api(public=True)

    @app.get("/answer")
    def answer() -> Answer:
        return {"amount": "much"}

    reply = app.resolve(an_event("GET", "/answer"), None)

    assert reply["statusCode"] == 500
    assert json.loads(reply["body"])["code"] == "internal"
    assert "much" not in reply["body"]
