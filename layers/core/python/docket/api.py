"""The edge: one resolver a function, and the one place where an error becomes a status."""

from http import HTTPStatus
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import (
    APIGatewayHttpResolver,
    Response,
    content_types,
)
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError
from aws_lambda_powertools.shared.json_encoder import Encoder

from docket.domain import errors

logger = Logger()

_STATUS: dict[type[errors.DocketError], HTTPStatus] = {
    errors.BadInput: HTTPStatus.BAD_REQUEST,
    errors.PaymentNotConfirmed: HTTPStatus.BAD_REQUEST,
    errors.NotSignedIn: HTTPStatus.UNAUTHORIZED,
    errors.WrongCredentials: HTTPStatus.UNAUTHORIZED,
    errors.NotFound: HTTPStatus.NOT_FOUND,
    errors.Conflict: HTTPStatus.CONFLICT,
    errors.TooManyTries: HTTPStatus.TOO_MANY_REQUESTS,
    errors.Outage: HTTPStatus.BAD_GATEWAY,
}


def status_of(error: type[errors.DocketError]) -> HTTPStatus:
    """The status of an error, or of its nearest ancestor that has one. Raises `KeyError`."""
    return next(_STATUS[each] for each in error.__mro__ if each in _STATUS)


class Api(APIGatewayHttpResolver):
    """A resolver whose every reply carries `x-request-id`, and that never shows its insides."""

    def __init__(self) -> None:
        super().__init__(enable_validation=True)
        self.exception_handler(errors.DocketError)(self._refused)
        self.exception_handler(RequestValidationError)(self._malformed)
        self.exception_handler(NotFoundError)(self._no_such_route)

    def resolve(self, event: Any, context: Any) -> dict[str, Any]:
        """The reply to one request. Whatever nobody named is logged whole and answered by 500."""
        request_id = event["requestContext"]["requestId"]
        logger.append_keys(request_id=request_id)
        try:
            reply = super().resolve(event, context)
        except Exception:
            logger.exception("unforeseen")
            reply = {
                "statusCode": HTTPStatus.INTERNAL_SERVER_ERROR.value,
                "headers": {"Content-Type": content_types.APPLICATION_JSON},
                "cookies": [],
                "isBase64Encoded": False,
                "body": Encoder().encode(
                    {
                        "error": "Something went wrong on our side; it has been noted",
                        "code": "internal",
                        "request_id": request_id,
                    }
                ),
            }
        reply["headers"]["x-request-id"] = request_id
        return reply

    def _refused(self, error: errors.DocketError) -> Response[Any]:
        details = None
        headers = {}
        match error:
            case errors.BadInput():
                details = [{"field": field, "error": what} for field, what in error.problems]
            case errors.IllegalMove():
                details = [{"field": "status", "error": f"allowed: {', '.join(error.legal)}"}]
            case errors.TooManyTries():
                headers["Retry-After"] = str(error.retry_after)
            case errors.Outage():
                logger.error("outage", error_code=error.code, exc_info=error)
        return self._failure(
            status_of(type(error)), error.sentence, error.code, details=details, headers=headers
        )

    def _malformed(self, error: RequestValidationError) -> Response[Any]:
        details = [
            {"field": ".".join(str(part) for part in each["loc"]), "error": each["msg"]}
            for each in error.errors()
        ]
        sentence = "; ".join(f"{each['field']}: {each['error']}" for each in details)
        return self._failure(
            HTTPStatus.BAD_REQUEST, sentence, errors.BadInput.code, details=details
        )

    def _no_such_route(self, _error: NotFoundError) -> Response[Any]:
        return self._failure(HTTPStatus.NOT_FOUND, "There is nothing here", "not_found")

    def _failure(
        self,
        status: HTTPStatus,
        sentence: str,
        code: str,
        *,
        details: list[dict[str, str]] | None = None,
        headers: dict[str, str] | None = None,
    ) -> Response[Any]:
        body = {
            "error": sentence,
            "code": code,
            "request_id": self.current_event.request_context.request_id,
        }
        if details:
            return Response(
                status, content_types.APPLICATION_JSON, body | {"details": details}, headers
            )
        return Response(status, content_types.APPLICATION_JSON, body, headers)


def api() -> Api:
    """The resolver of one function."""
    return Api()
