import pytest
from pydantic import BaseModel

from docket.api import api, idempotency_key_for
from docket.domain.accounts.user import Caller
from tests.make_calls import Reply, a_request


class SizeModel(BaseModel):
    size: int


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 256, "ü", "a\n"])
def test_an_invalid_key_is_rejected(key):
    app = api(public=True)

    @app.get("/key")
    def key_of() -> None:
        idempotency_key_for(app, Caller(user_id="ada", session_id="S1"), "thing", SizeModel(size=1))

    reply = Reply(app.resolve(a_request("GET", "/key", headers={"idempotency-key": key}), None))

    assert reply.fields == ["Idempotency-Key"]
