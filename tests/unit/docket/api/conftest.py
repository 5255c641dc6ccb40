import base64

import pytest
from pydantic import BaseModel

from docket.api import api
from docket.domain import errors
from docket.schemas.ids import OrderId
from tests.make import OID
from tests.make_calls import Reply, a_request


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
