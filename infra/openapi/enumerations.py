"""The codes and names of the API's description, each from the place that defines it.

The models accept any text, because a function of a newer version may have stored a code that the
old version does not know. The description lists the known values.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from analysis import errors as analysis_errors
from analysis.model import Kind
from docket.domain import reason
from docket.domain.event import Actor, EventName
from docket.domain.payments.refund import RefundReason
from infra.openapi.errors import DETAIL_CODES, ERROR_CODES

type Json = dict[str, Any]

REF = "#/components/schemas/"
MAY_GROW = "Values may be added: a client must accept one that it does not know."

DOCUMENT_CLASSES = ("DocumentResponse", "CreateDocumentResponse", "DocumentDetailResponse")


@dataclass(frozen=True, kw_only=True)
class Enumeration:
    """The values of a schema of its own, and the properties that have them: `Schema.property`."""

    description: str
    values: Iterable[str]
    properties: tuple[str, ...]


ENUMERATIONS: Mapping[str, Enumeration] = {
    "OrderReasonCode": Enumeration(
        description="Why an order has its status",
        values=reason.ORDER_CODES,
        properties=("OrderResponse.status_reason_code", "PaymentResponse.failure_code"),
    ),
    "RefundReasonCode": Enumeration(
        description="Why a payment is refunded",
        values=RefundReason,
        properties=("RefundResponse.reason_code",),
    ),
    "DocumentReasonCode": Enumeration(
        description="Why a document has its status",
        values={*reason.DOCUMENT_CODES, *analysis_errors.DOCUMENT_CODES},
        properties=(
            *(f"{name}.status_reason_code" for name in DOCUMENT_CLASSES),
            "UnreadableDocumentResponse.code",
        ),
    ),
    "UnreadPageCode": Enumeration(
        description="Why a page could not be read",
        values=analysis_errors.DOCUMENT_CODES,
        properties=("UnreadPageResponse.code",),
    ),
    "WarningCode": Enumeration(
        description="What to know before relying on a document",
        values={*reason.WARNING_CODES, *analysis_errors.WARNING_CODES},
        properties=("WarningResponse.code",),
    ),
    "ContradictionCode": Enumeration(
        description="What cannot all be true",
        values=analysis_errors.CONTRADICTION_CODES,
        properties=("ContradictionResponse.code",),
    ),
    "DocumentKind": Enumeration(
        description="What a document is",
        values=get_args(Kind.__value__),
        properties=(
            *(f"{name}.kind" for name in DOCUMENT_CLASSES),
            "DocumentAnalysisResponse.kind",
            "SegmentResponse.kind",
        ),
    ),
    "Actor": Enumeration(
        description="Who or what caused an event",
        values=get_args(Actor.__value__),
        properties=("EventResponse.who",),
    ),
    "EventName": Enumeration(
        description="What happened to an order",
        values=get_args(EventName.__value__),
        properties=("EventResponse.what",),
    ),
    "ErrorCode": Enumeration(
        description="Why a request was refused",
        values=ERROR_CODES,
        properties=("Error.code",),
    ),
    "FieldErrorCode": Enumeration(
        description="What is wrong with a field",
        values=DETAIL_CODES,
        properties=("ErrorDetail.code",),
    ),
}


def add_enumerations(schemas: Json) -> None:
    """Add a schema for each enumeration, and refer to it where a property has its values."""
    for name, enumeration in ENUMERATIONS.items():
        schemas[name] = {
            "type": "string",
            "enum": sorted(enumeration.values),
            "title": name,
            "description": f"{enumeration.description}. {MAY_GROW}",
        }
        for path in enumeration.properties:
            schema, _, field = path.partition(".")
            _refer(schemas[schema]["properties"][field], name)


def _refer(field: Json, name: str) -> None:
    """The property is text, or null."""
    if "anyOf" in field:
        field["anyOf"] = [{"$ref": REF + name}, {"type": "null"}]
        return
    for key in ("type", "pattern", "title"):
        field.pop(key, None)
    field["$ref"] = REF + name
