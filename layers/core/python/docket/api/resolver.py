"""The resolver of a function: checks the caller and the request, and responds to every error.

A function responds only to authenticated callers, unless it is made with `api(public=True)`, and
only to requests through the distribution, unless it is made with `api(reachable="anywhere")`. It
accepts API keys only if it is made with a scope, which the key must have, and test keys only if it
is made with `test_keys`, too: they find the sample order of their account and no other.
"""

from http import HTTPStatus
from typing import Any

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

from docket.api import replies, routes
from docket.api.edge import Reachable, admitted
from docket.api.error_response import (
    INTERNAL,
    NOT_FOUND,
    ErrorResponse,
    error_response,
    wrong_method,
)
from docket.api.identity import caller_of
from docket.api.parameters import field_name, refuse_unknown_parameters, unknown_parameters
from docket.api.request_body import with_readable_body
from docket.api.request_headers import lower_case
from docket.api.sample_access import find_sample_only
from docket.domain import errors
from docket.domain.accounts.api_key import Scope
from docket.runtime import cold_start
from docket.runtime.logging import log_failure
from docket.runtime.reply_size import to_json
from docket.schemas.field_problems import problem_of

logger = Logger()


class Api(APIGatewayHttpResolver):
    """A resolver whose responses all have `x-request-id` and never expose internal errors."""

    def __init__(
        self, *, public: bool, reachable: Reachable, scope: Scope | None, test_keys: bool
    ) -> None:
        super().__init__(
            enable_validation=True,
            serializer=to_json,
            # A response that violates its own schema is an internal error, not the caller's.
            response_validation_error_http_code=HTTPStatus.INTERNAL_SERVER_ERROR,
        )
        self.public = public
        self.reachable = reachable
        self.scope = scope
        self.test_keys = test_keys
        self.exception_handler(errors.DocketError)(self._refused)
        self.exception_handler(RequestValidationError)(self._malformed)
        self.exception_handler(ResponseValidationError)(self._broken)
        self.exception_handler(NotFoundError)(self._no_such_route)
        # The resolver would log the text of an unknown exception.
        self.exception_handler(Exception)(self._unexpected_error)
        self.use([refuse_unknown_parameters, *([] if public else [find_sample_only])])

    def resolve(self, event: Any, context: Any) -> dict[str, Any]:
        """The response to a request. Unexpected exceptions are logged, and the response is 500."""
        request_id = event["requestContext"]["requestId"]
        logger.append_keys(request_id=request_id)
        try:
            request = admitted(event, self.reachable)
            if not self.public:
                caller_of(request).require_scope(self.scope, test_keys=self.test_keys)
            reply = super().resolve(with_readable_body(request), context)
        except errors.DocketError as refused:
            _log_refusal(refused)
            reply = _reply(error_response(refused), request_id)
        except Exception as error:  # noqa: BLE001 - every failure gets a response in the API's format
            log_failure("unexpected error", error)
            reply = _reply(INTERNAL, request_id)
        reply["headers"]["x-request-id"] = request_id
        return replies.complete(
            reply,
            method=event["requestContext"]["http"]["method"],
            request_headers=lower_case(event["headers"]),
            public=self.public,
        )

    def _refused(self, error: errors.DocketError) -> Response[Any]:
        _log_refusal(error)
        return self._answer(error_response(error))

    def _malformed(self, error: RequestValidationError) -> Response[Any]:
        problems = error.errors()
        if any(problem["loc"][0] == "path" for problem in problems):
            # An id that is not valid cannot exist: 404, as for any unknown id.
            return self._answer(NOT_FOUND)
        bad = errors.BadInput(
            *(problem_of(field_name(error["loc"]), error) for error in problems),
            *unknown_parameters(self),
        )
        return self._refused(bad)

    def _broken(self, error: ResponseValidationError) -> Response[Any]:
        log_failure("a response violates its schema", error, problems=len(error.errors()))
        return self._answer(INTERNAL)

    def _unexpected_error(self, error: Exception) -> Response[Any]:
        log_failure("unexpected error", error)
        return self._answer(INTERNAL)

    def _no_such_route(self, _error: NotFoundError) -> Response[Any]:
        event = self.current_event
        methods = routes.methods_of(event.path)
        # A supported method arrives here if the id in its path is not valid.
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


def _log_refusal(error: errors.DocketError) -> None:
    """Log that a rule refused a request: the access log has its route and customer by its id."""
    logger.info("refused", code=error.code)


def _reply(refusal: ErrorResponse, request_id: str) -> dict[str, Any]:
    """An error response in the gateway's format, if no route was reached."""
    return {
        "statusCode": refusal.status.value,
        "headers": {"Content-Type": content_types.APPLICATION_JSON, **dict(refusal.headers)},
        "cookies": [],
        "isBase64Encoded": False,
        "body": to_json(refusal.body(request_id)),
    }


def api(
    *,
    public: bool = False,
    reachable: Reachable = "distribution",
    scope: Scope | None = None,
    test_keys: bool = False,
) -> Api:
    """The resolver of a function. With `public` it also responds to unauthenticated callers.

    `scope` is what an API key needs; None: no key is accepted. With `test_keys`, test keys are
    accepted for the sample order: the handler must take the order from its path, or limit itself by
    `Caller.sample`.
    """
    cold_start.resume_gc()
    return Api(public=public, reachable=reachable, scope=scope, test_keys=test_keys)
