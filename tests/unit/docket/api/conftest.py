import base64

import pytest
from pydantic import BaseModel

from docket.api import api
from docket.domain import errors
from docket.schemas.ids import OrderId
from tests.make import OID
from tests.make_calls import Reply, a_request


class SizeModel(BaseModel):
    size: int


@pytest.fixture
def ask():
    """Send a request to a function that returns the size it received."""

    def post(body=None, *, base64_of=None, signed_in=True, headers=None, method="POST"):
        app = api()

        @app.post("/things/<thing_id>")
        def save(thing_id: OrderId, body: SizeModel) -> SizeModel:
            return body

        @app.get("/things/<thing_id>")
        def get(thing_id: OrderId, fail: str = "") -> SizeModel:
            raise {"outage": errors.PaymentsUnreachable()}.get(fail, RuntimeError("a secret"))

        caller = {"user_id": "ada", "session_id": "S1"} if signed_in else None
        event = a_request(method, f"/things/{OID}", body, caller=caller, headers=headers)
        if base64_of is not None:
            event["body"] = base64.b64encode(base64_of).decode()
            event["isBase64Encoded"] = True
        return Reply(app.resolve(event, None))

    return post
