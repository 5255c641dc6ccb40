"""Convert errors to responses: the status, the headers, and the message in English."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from docket.domain import errors
from docket.messages import message
from docket.runtime.logging import log_failure

_STATUS: dict[type[errors.DocketError], HTTPStatus] = {
    errors.BadInput: HTTPStatus.BAD_REQUEST,
    errors.PaymentNotConfirmed: HTTPStatus.BAD_REQUEST,
    errors.BadSignature: HTTPStatus.BAD_REQUEST,
    errors.NotSignedIn: HTTPStatus.UNAUTHORIZED,
    errors.WrongCredentials: HTTPStatus.UNAUTHORIZED,
    errors.WrongCode: HTTPStatus.UNAUTHORIZED,
    errors.PasskeyRefused: HTTPStatus.UNAUTHORIZED,
    errors.LoginExpired: HTTPStatus.UNAUTHORIZED,
    errors.SecondFactorRequired: HTTPStatus.FORBIDDEN,
    errors.PasswordRequired: HTTPStatus.FORBIDDEN,
    errors.DirectCall: HTTPStatus.FORBIDDEN,
    errors.AccountDisabled: HTTPStatus.FORBIDDEN,
    errors.NotVerified: HTTPStatus.FORBIDDEN,
    errors.ReauthenticationRequired: HTTPStatus.FORBIDDEN,
    errors.ScopeMissing: HTTPStatus.FORBIDDEN,
    errors.NotPaid: HTTPStatus.PAYMENT_REQUIRED,
    errors.IfMatchRequired: HTTPStatus.PRECONDITION_REQUIRED,
    errors.FactChanged: HTTPStatus.PRECONDITION_FAILED,
    errors.LineItemsChanged: HTTPStatus.PRECONDITION_FAILED,
    errors.TitleChanged: HTTPStatus.PRECONDITION_FAILED,
    errors.NotFound: HTTPStatus.NOT_FOUND,
    errors.Conflict: HTTPStatus.CONFLICT,
    errors.TooManyTries: HTTPStatus.TOO_MANY_REQUESTS,
    errors.UpstreamUnavailable: HTTPStatus.BAD_GATEWAY,
}


@dataclass(frozen=True, kw_only=True)
class ErrorResponse:
    """An error response, without the id of its request."""

    status: HTTPStatus
    code: str
    text: str
    params: Mapping[str, errors.Param] = field(default_factory=dict)
    details: tuple[dict[str, Any], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    def body(self, request_id: str) -> dict[str, Any]:
        """The JSON of the response; `details` is omitted if there are none."""
        body: dict[str, Any] = {
            "error": self.text,
            "code": self.code,
            "params": dict(self.params),
            "request_id": request_id,
        }
        return {**body, "details": list(self.details)} if self.details else body


def status_of(error: type[errors.DocketError]) -> HTTPStatus:
    """The status of an error, or of its nearest ancestor that has one. Raises `KeyError`."""
    return next(_STATUS[ancestor] for ancestor in error.__mro__ if ancestor in _STATUS)


def error_response(error: errors.DocketError) -> ErrorResponse:
    """The response for a domain error. Errors of other services are logged here."""
    details: tuple[dict[str, Any], ...] = ()
    headers: dict[str, str] = {}
    match error:
        case errors.BadInput():
            details = tuple(_detail(problem) for problem in error.problems)
        case errors.IllegalMove():
            params: dict[str, errors.Param] = (
                {"allowed": error.allowed} if error.allowed else {"context": "final"}
            )
            details = (_detail(errors.FieldProblem("status", "legal_moves", params)),)
        case errors.TooManyTries():
            headers = {"Retry-After": str(error.retry_after)}
        case _ if status_of(type(error)) is HTTPStatus.UNAUTHORIZED:
            headers = {"WWW-Authenticate": 'Bearer realm="docket"'}
        case errors.UpstreamUnavailable():
            log_failure("upstream unavailable", error)
    return ErrorResponse(
        status=status_of(type(error)),
        code=error.code,
        text=_message(error, details),
        params=error.params,
        details=details,
        headers=headers,
    )


def wrong_method(allowed: tuple[str, ...]) -> ErrorResponse:
    """405 for a path that supports other methods."""
    return ErrorResponse(
        status=HTTPStatus.METHOD_NOT_ALLOWED,
        code="method_not_allowed",
        text=message("error", "method_not_allowed", {"methods": allowed}),
        params={"methods": allowed},
        headers={"Allow": ", ".join(allowed)},
    )


def _message(error: errors.DocketError, details: tuple[dict[str, Any], ...]) -> str:
    """The message of an error: the problem of each field if fields are invalid."""
    if isinstance(error, errors.BadInput) and details:
        return "; ".join(f"{detail['field']}: {detail['error']}" for detail in details)
    return message("error", error.code, error.params)


def _detail(problem: errors.FieldProblem) -> dict[str, Any]:
    return {
        "field": problem.field,
        "error": message("field", problem.code, problem.params),
        "code": problem.code,
        "params": dict(problem.params),
    }


EDGE_CODES: Mapping[str, frozenset[str]] = {
    "internal": frozenset(),
    "method_not_allowed": frozenset({"methods"}),
    "request_blocked": frozenset(),
    "too_many_requests": frozenset({"retry_after"}),
}
"""The codes of responses that come from no domain error, with their parameters.

The last two are answers of the firewall in front of the API, if the stage has one.
"""

NOT_FOUND = error_response(errors.NotFound())
INTERNAL = ErrorResponse(
    status=HTTPStatus.INTERNAL_SERVER_ERROR,
    code="internal",
    text=message("error", "internal", {}),
)
