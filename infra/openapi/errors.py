"""The error responses of each operation: their statuses, the codes each may have, and examples.

A row of the table of endpoints names the errors that are specific to it. The others follow from the
row's permissions: an id in the path may be unknown, a table that it writes may be changed by
another request.
"""

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any, Final

from analysis.model.inline import FACTS_INLINE
from docket.api.error_response import EDGE_CODES, INTERNAL, error_response, status_of, wrong_method
from docket.domain import errors
from docket.domain.accounts.api_key import MAX_KEYS
from docket.domain.accounts.passkey import MAX_PASSKEYS
from docket.domain.orders.order import MAX_DOCUMENTS
from docket.messages import message
from docket.schemas.field_problems import FIELD_CODES
from infra.endpoint_spec import EndpointSpec
from infra.endpoints.actions import RATE_LIMITS
from infra.firewall import ANSWERS

type Json = dict[str, Any]

ERROR_REF = "#/components/schemas/Error"
REQUEST_ID = "d3dGthLvliAEJ9g="

STATUS_DESCRIPTIONS: Mapping[str, str] = {
    "400": "The request is invalid; `details` names each invalid field",
    "401": "The access token or API key is missing, expired, revoked or of an ended session",
    "402": "The order is not paid",
    "403": "The request did not come through the site's address, the firewall refused it, or the "
    "account may not do this",
    "404": "It does not exist, or belongs to another customer",
    "409": "The state of the order or account does not allow it",
    "412": "It has changed since the version that `If-Match` names; `params` has the `etag` now",
    "428": "`If-Match` is missing",
    "429": "Too many requests",
    "500": "An internal error",
    "502": "Another service cannot be reached; the same request may be repeated",
    "default": "The path does not support this method (405), or the gateway or the firewall "
    "refused the request (403, 429)",
}

STATUS_HEADERS: Mapping[str, tuple[str, ...]] = {
    "401": ("WWW-Authenticate",),
    "429": ("Retry-After",),
    "default": ("Allow", "Retry-After"),
}

EXAMPLES: Final[Mapping[type[errors.DocketError], errors.DocketError]] = {
    type(example): example
    for example in (
        errors.BadInput(errors.FieldProblem("title", "too_long", {"max_length": 200})),
        errors.PaymentNotConfirmed("processing"),
        errors.IllegalMove("completed", "cancelled", ()),
        errors.OrderClosed("completed"),
        errors.OrderFull(MAX_DOCUMENTS),
        errors.LimitReached("unpaid_pages", 5000),
        errors.DocumentSettled("ready"),
        errors.TitleChanged(current="Rent, March", requested="Lease", etag='"3f1c5a7e9b2d4c60"'),
        errors.FactChanged(
            current="EUR 1158.70",
            requested="1185.70 EUR",
            etag='"1.3"',
            context="corrected",
        ),
        errors.LineItemsChanged('"1.3"'),
        errors.LineItemsIncomplete(FACTS_INLINE),
        errors.ReviewIncomplete(34, 31),
        errors.NotReadyToPay(["Invoice March.pdf"]),
        errors.NothingToCharge("paid"),
        errors.TooManyTries(30),
        errors.TooManyKeys(MAX_KEYS),
        errors.TooManyPasskeys(MAX_PASSKEYS),
    )
}
"""Arguments of the errors that have parameters; the others are made without."""

_BY_LIMIT: Final[Mapping[tuple[str, str], errors.DocketError]] = {
    ("orders/create", "limit_reached"): errors.LimitReached("unpaid_orders", 20),
    ("orders/add_document", "too_many_tries"): errors.TooManyTries(7100, documents_a_day=2000),
    ("documents/renew_upload", "too_many_tries"): errors.TooManyTries(7100, documents_a_day=2000),
}
"""Those of the operations that have another limit than `EXAMPLES`."""

FIREWALL_EXAMPLES: Mapping[str, Json] = {answer.code: json.loads(answer.body) for answer in ANSWERS}
"""The firewall's answers, which it sends itself."""

WRITES = {"dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"}


def _subclasses(error: type[errors.DocketError]) -> Iterable[type[errors.DocketError]]:
    for subclass in error.__subclasses__():
        yield subclass
        yield from _subclasses(subclass)


ERRORS: Mapping[str, type[errors.DocketError]] = {
    error.code: error for error in _subclasses(errors.DocketError)
}
"""The errors of the domain by their code."""

ERROR_CODES = sorted({*ERRORS, *EDGE_CODES})
DETAIL_CODES = sorted(FIELD_CODES)


def codes_of(row: EndpointSpec) -> dict[str, list[str]]:
    """The codes that the operation may respond with, by status."""
    by_status: dict[str, set[str]] = {"500": {"internal"}, "default": {"method_not_allowed"}}
    for code in {*row.errors, *_implied(row)}:
        by_status.setdefault(str(status_of(ERRORS[code]).value), set()).add(code)
    for answer in ANSWERS:
        # `default` does not stand for a status that the operation lists.
        by_status.get(str(answer.status), by_status["default"]).add(answer.code)
    return {status: sorted(codes) for status, codes in sorted(by_status.items())}


def _implied(row: EndpointSpec) -> set[str]:
    access = row.every_access()
    applies = {
        "bad_input": True,  # every operation refuses unknown query parameters
        "not_signed_in": not row.public,
        "scope_missing": not row.public,
        "direct_call": row.reachable == "distribution",
        "not_found": "{" in row.path,
        "order_not_found": "{order_id}" in row.path or "{document_id}" in row.path,
        "document_not_found": "{document_id}" in row.path,
        "changed_meanwhile": any(WRITES & set(grant.actions) for grant in access.table),
        "table_unavailable": bool(access.table),
        "storage_unreachable": not all(grant.presigned for grant in access.objects),
        "payments_unreachable": "stripe" in access.secrets,
        "identity_unreachable": bool(access.user_pool),
        "too_many_tries": not row.public  # of an API key, whatever its scopes
        or bool(access.user_pool)
        or any(RATE_LIMITS in grant.keys for grant in access.table),
    }
    return {code for code, does in applies.items() if does}


def error_responses(row: EndpointSpec) -> Json:
    """The error responses of an operation, by status."""
    return {
        status: {
            "description": f"{STATUS_DESCRIPTIONS[status]}. `code`: {_listed(codes)}",
            "headers": {
                name: {"$ref": f"#/components/headers/{name}"}
                for name in ("x-request-id", *STATUS_HEADERS.get(status, ()))
            },
            "content": {
                "application/json": {
                    "schema": {"$ref": ERROR_REF},
                    "examples": {code: {"value": _example(row, code)} for code in codes},
                }
            },
        }
        for status, codes in codes_of(row).items()
    }


def _listed(codes: list[str]) -> str:
    return ", ".join(f"`{code}`" for code in codes)


def _example(row: EndpointSpec, code: str) -> Json:
    if code == "internal":
        return INTERNAL.body(REQUEST_ID)
    if code == "method_not_allowed":
        return wrong_method(("GET", "POST")).body(REQUEST_ID)
    if code in FIREWALL_EXAMPLES:
        return FIREWALL_EXAMPLES[code]
    if code == "scope_missing":
        return error_response(errors.ScopeMissing(row.scope)).body(REQUEST_ID)
    error = _BY_LIMIT.get((row.name, code)) or EXAMPLES.get(ERRORS[code]) or ERRORS[code]()
    if status_of(type(error)) is HTTPStatus.BAD_GATEWAY:  # making its response would log it
        text = message("error", code, error.params)
        return {"error": text, "code": code, "params": {}, "request_id": REQUEST_ID}
    return error_response(error).body(REQUEST_ID)
