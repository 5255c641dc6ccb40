"""Stripe's error bodies, as exceptions."""

from typing import Any

type Json = dict[str, Any]


class StripeError(Exception):
    """An error response: `status` and the fields of the body's `error` object.

    `took_effect`: the request changed something before it failed (a declined card leaves a failed
    charge). `stored`: a retry with the same idempotency key gets the same response. Stripe stores
    none for a request that it refused before execution began.
    """

    def __init__(
        self,
        status: int,
        type_: str,
        message: str,
        *,
        took_effect: bool = False,
        stored: bool = False,
        **fields: Any,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.error: Json = {
            "message": message,
            "type": type_,
            **{name: value for name, value in fields.items() if value is not None},
        }
        self.took_effect = took_effect
        self.stored = stored or took_effect

    def body(self) -> Json:
        """The JSON of the response."""
        return {"error": self.error}


def invalid(message: str, *, param: str | None = None, code: str | None = None) -> StripeError:
    """400: the request itself is wrong."""
    return StripeError(400, "invalid_request_error", message, param=param, code=code)


def refused(message: str, *, param: str | None = None, code: str | None = None) -> StripeError:
    """400: the state of an object does not allow it. A retry with the same key gets it again."""
    return StripeError(400, "invalid_request_error", message, param=param, code=code, stored=True)


def no_such(kind: str, id_: str, *, param: str) -> StripeError:
    """404: no object of this kind has the id."""
    message = f"No such {kind}: '{id_}'"
    return StripeError(
        404, "invalid_request_error", message, param=param, code="resource_missing", stored=True
    )


def unexpected_state(message: str, intent: Json) -> StripeError:
    """400: the PaymentIntent's status does not allow it."""
    return StripeError(
        400,
        "invalid_request_error",
        message,
        code="payment_intent_unexpected_state",
        payment_intent=intent,
        stored=True,
    )


def unauthorized(message: str, *, code: str | None = None) -> StripeError:
    """401: no API key, a wrong one, or one without the permission."""
    return StripeError(401, "invalid_request_error", message, code=code)
