"""The `Idempotency-Key` of a request."""

import re

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from pydantic import BaseModel

from docket.api.request_headers import header
from docket.domain import errors
from docket.domain.accounts.user import Caller
from docket.domain.idempotency import IdempotencyKey

_KEY = re.compile(r"[!-~]{1,255}")


def idempotency_key_for(
    app: APIGatewayHttpResolver, caller: Caller, operation: str, request: BaseModel
) -> IdempotencyKey | None:
    """The idempotency key of a request; None if it has none. Raises `BadInput` for an invalid key.

    It stands for the operation and the body: with another body, the key was reused.
    """
    key = idempotency_key(app)
    if key is None:
        return None
    return IdempotencyKey(
        user_id=caller.user_id, operation=operation, key=key, request=request.model_dump_json()
    )


def idempotency_key(app: APIGatewayHttpResolver) -> str | None:
    """The value of the header; None if there is none. Raises `BadInput` for an invalid one."""
    key = header(app, "idempotency-key")
    if key is not None and not _KEY.fullmatch(key):
        raise errors.BadInput(errors.FieldProblem("Idempotency-Key", "bad_idempotency_key"))
    return key
