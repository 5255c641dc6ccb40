"""The edge: one resolver a function, and the one place where an error becomes a status.

Closed unless opened: a function answers only callers whom the authorizer let in, except one made
with `api(public=True)`.
"""

import base64
import binascii
import hashlib
import hmac
import json
import re
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any, NoReturn

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import (
    APIGatewayHttpResolver,
    Response,
    content_types,
)
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.event_handler.openapi.exceptions import (
    RequestValidationError,
    ResponseValidationError,
)
from pydantic import BaseModel

from docket.api import replies, routes
from docket.api.accept import names_media_type
from docket.api.error_response import (
    INTERNAL,
    NOT_FOUND,
    ErrorResponse,
    error_response,
    wrong_method,
)
from docket.domain import errors
from docket.domain.idempotency import IdempotencyKey
from docket.domain.user import Caller, Device
from docket.runtime import cold_start, config
from docket.runtime.logging import log_failure
from docket.runtime.reply_size import to_json
from docket.schemas.field_problems import problem_of

logger = Logger()


_KEY = re.compile(r"[!-~]{1,255}")
_IN = {"body", "query", "header", "cookie", "path"}

LONGEST_AGENT = 256
DEEPEST = 50
"""How deep a body may be nested; Stripe's events, the deepest that come, have about ten levels."""


class Api(APIGatewayHttpResolver):
    """A resolver whose every reply carries `x-request-id`, and that never shows its insides."""

    def __init__(self, *, public: bool) -> None:
        super().__init__(
            enable_validation=True,
            serializer=to_json,
            # A reply of ours that breaks its own schema is our fault, and not the caller's.
            response_validation_error_http_code=HTTPStatus.INTERNAL_SERVER_ERROR,
        )
        self.public = public
        self.exception_handler(errors.DocketError)(self._refused)
        self.exception_handler(RequestValidationError)(self._malformed)
        self.exception_handler(ResponseValidationError)(self._broken)
        self.exception_handler(NotFoundError)(self._no_such_route)
        # The resolver would log the text of what it does not know.
        self.exception_handler(Exception)(self._unforeseen)
        self.use([_refuse_unknown_parameters])

    def resolve(self, event: Any, context: Any) -> dict[str, Any]:
        """The reply to one request. Whatever nobody named is logged and answered by 500."""
        request_id = event["requestContext"]["requestId"]
        logger.append_keys(request_id=request_id)
        try:
            if not self.public:
                _caller(event)
            reply = super().resolve(_with_readable_body(event), context)
        except errors.DocketError as refused:
            reply = _reply(error_response(refused), request_id)
        except Exception as error:  # noqa: BLE001 - whatever it is, the caller gets a reply of ours
            log_failure("unforeseen", error)
            reply = _reply(INTERNAL, request_id)
        reply["headers"]["x-request-id"] = request_id
        return replies.complete(
            reply,
            method=event["requestContext"]["http"]["method"],
            request_headers=_lower_case(event["headers"]),
        )

    def _refused(self, error: errors.DocketError) -> Response[Any]:
        return self._answer(error_response(error))

    def _malformed(self, error: RequestValidationError) -> Response[Any]:
        problems = error.errors()
        if any(problem["loc"][0] == "path" for problem in problems):
            # An id that cannot be one names nothing: not found, like any other that is not there.
            return self._answer(NOT_FOUND)
        bad = errors.BadInput(
            *(problem_of(_field(error["loc"]), error) for error in problems),
            *_unknown_parameters(self),
        )
        return self._refused(bad)

    def _broken(self, error: ResponseValidationError) -> Response[Any]:
        log_failure("a reply breaks its schema", error, problems=len(error.errors()))
        return self._answer(INTERNAL)

    def _unforeseen(self, error: Exception) -> Response[Any]:
        log_failure("unforeseen", error)
        return self._answer(INTERNAL)

    def _no_such_route(self, _error: NotFoundError) -> Response[Any]:
        event = self.current_event
        methods = routes.methods_of(event.path)
        # A path of a right method gets here if what stands for its id cannot be one.
        if methods and event.http_method not in methods:
            return self._answer(wrong_method(methods))
        return self._answer(NOT_FOUND)

    def _answer(self, refusal: ErrorResponse) -> Response[Any]:
        return Response(
            refusal.status,
            content_types.APPLICATION_JSON,
            refusal.body(self.current_event.request_context.request_id),
            dict(refusal.headers),
        )


def _reply(refusal: ErrorResponse, request_id: str) -> dict[str, Any]:
    """A refusal as the gateway takes it, where no route was reached to answer."""
    return {
        "statusCode": refusal.status.value,
        "headers": {"Content-Type": content_types.APPLICATION_JSON, **dict(refusal.headers)},
        "cookies": [],
        "isBase64Encoded": False,
        "body": to_json(refusal.body(request_id)),
    }


def api(*, public: bool = False) -> Api:
    """The resolver of one function. `public`: it answers callers nobody knows, too."""
    cold_start.resume_gc()
    return Api(public=public)


def caller(app: Api) -> Caller:
    """Who is calling, as the authorizer said. Raises `NotSignedIn`."""
    return _caller(app.current_event.raw_event)


def _caller(event: dict[str, Any]) -> Caller:
    authorized = event["requestContext"].get("authorizer") or {}
    ours = authorized.get("lambda") or {}
    if ours.get("user_id"):
        return Caller(user_id=ours["user_id"], session_id=ours["session_id"])
    claims = (authorized.get("jwt") or {}).get("claims") or {}
    # A user pool's identity token has the same issuer; only its access token is for calling.
    if claims.get("sub") and claims.get("token_use") == "access":
        return Caller(user_id=claims["sub"], session_id=claims.get("origin_jti", claims["jti"]))
    raise errors.NotSignedIn


def wants_json(app: Api) -> bool:
    """The caller asked for JSON by name: a browser that follows a link does not."""
    return names_media_type(header(app, "accept") or "", content_types.APPLICATION_JSON)


def redirect(address: str) -> Response[Any]:
    """302 to that address, with an empty body."""
    return Response(HTTPStatus.FOUND, None, None, {"Location": address})


def public_text(text: str, content_type: str, headers: Mapping[str, str]) -> Response[str]:
    """A text that is the same for everybody until the next deployment: caches may keep it."""
    tag = hashlib.sha256(text.encode()).hexdigest()[:32]
    caching = {"Cache-Control": replies.PUBLIC_CACHE, "ETag": f'W/"{tag}"'}
    return Response(HTTPStatus.OK, content_type, text, {**headers, **caching})


def idempotency_key_for(
    app: Api, who: Caller, what: str, request: BaseModel
) -> IdempotencyKey | None:
    """The claim of a request that carries an `Idempotency-Key`. Raises `BadInput` for a bad key."""
    key = idempotency_key(app)
    if key is None:
        return None
    return IdempotencyKey(
        user_id=who.user_id, what=what, key=key, request=request.model_dump_json()
    )


def idempotency_key(app: Api) -> str | None:
    """The key that makes a repeated request the same one. Raises `BadInput` for a bad one."""
    key = header(app, "idempotency-key")
    if key is not None and not _KEY.fullmatch(key):
        raise errors.BadInput(errors.FieldProblem("Idempotency-Key", "bad_idempotency_key"))
    return key


def header(app: Api, name: str) -> str | None:
    """A request header by its lower-case name."""
    value: str | None = app.current_event.headers.get(name)
    return value


def cookie(app: Api, name: str) -> str | None:
    """A cookie's value. The gateway lists cookies on their own; others leave them in the header."""
    event = app.current_event.raw_event
    cookies = event.get("cookies") or (header(app, "cookie") or "").split(";")
    for pair in cookies:
        key, _, value = pair.strip().partition("=")
        if key == name:
            return str(value) or None
    return None


def device(app: Api) -> Device:
    """Where the call comes from.

    Our distribution says whom it speaks for, and proves that it is itself by a key that it alone
    adds. The API can be called past it, and by other people's distributions; for those the address
    counts that the connection came from, whatever they say.
    """
    http = app.current_event.raw_event["requestContext"]["http"]
    proof = (header(app, "x-docket-edge") or "").encode()
    viewer = header(app, "x-docket-viewer")
    expected = config.read(config.Edge).edge_key.encode()
    ours = hmac.compare_digest(proof, expected)
    agent = header(app, "user-agent")
    return Device(
        address=viewer if ours and viewer else http["sourceIp"],
        agent=agent[:LONGEST_AGENT] if agent else None,
    )


def _with_readable_body(event: dict[str, Any]) -> dict[str, Any]:
    """The event, whose body, if there is one, is JSON and said to be. Raises `BadInput`."""
    body = event.get("body")
    if not body:
        return event
    headers = _lower_case(event["headers"])
    kind = headers.get("content-type", "").split(";")[0].strip().lower()
    # Without a type as well: a page of another site can send a body without one, or with one of
    # a form's, and the browser does not ask us first.
    if kind != content_types.APPLICATION_JSON:
        _bad_body("wrong_content_type")
    try:
        text = base64.b64decode(body).decode() if event.get("isBase64Encoded") else body
        deep = _is_deep(json.loads(text))
    except (ValueError, binascii.Error):
        _bad_body("not_json")
    except RecursionError:
        deep = True
    if deep:
        _bad_body("nested_too_deeply")
    # The resolver knows the type in lower case only.
    return {**event, "headers": {**headers, "content-type": content_types.APPLICATION_JSON}}


def _is_deep(value: Any) -> bool:
    """Nested deeper than anything we take: deep enough, it breaks who reads it after us."""
    level = [value]
    for _ in range(DEEPEST):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return False
    return True


def _inside(value: Any) -> Iterable[Any]:
    match value:
        case dict():
            return value.values()
        case list():
            return value
        case _:
            return ()


def _bad_body(code: str) -> NoReturn:
    raise errors.BadInput(errors.FieldProblem("body", code))


def _field(location: tuple[str | int, ...]) -> str:
    """`("body", "email")` → `email`: the field's name as the caller wrote it."""
    parts = [str(part) for part in location]
    if len(parts) > 1 and parts[0] in _IN:
        parts = parts[1:]
    return ".".join(parts)


def _lower_case(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _refuse_unknown_parameters(app: Api, proceed: Callable[[Api], Response[Any]]) -> Response[Any]:
    """Middleware: a misspelt query parameter is never ignored. Raises `BadInput`."""
    if unknown := _unknown_parameters(app):
        raise errors.BadInput(*unknown)
    return proceed(app)


def _unknown_parameters(app: Api) -> list[errors.FieldProblem]:
    route = app.context["_route"]
    if route.func.__name__ == "not_found_handler":  # the resolver's own, where no route matched
        return []
    known = {parameter.alias for parameter in route.dependant.query_params}
    parameters = app.current_event.query_string_parameters or {}
    return [
        errors.FieldProblem(name, "unknown_parameter") for name in parameters if name not in known
    ]
