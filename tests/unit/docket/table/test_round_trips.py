"""Everything that is stored in the table is read back with all its fields.

Each object has a distinct value in every field, so that a field which is no longer written or read
is noticed. A test asserts from the classes that every field is set.
"""

from dataclasses import MISSING, Field, fields, is_dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from docket.domain.accounts.user import Caller, Credential, Device, Session, User
from docket.domain.event import Event
from docket.domain.orders.document import (
    Document,
    DocumentStatus,
    UploadedFile,
)
from docket.domain.orders.document_parts import DocumentParts
from docket.domain.orders.filenames import NamedDocument
from docket.domain.orders.finished_review import FinishedReview
from docket.domain.orders.order import Order, OrderStatus
from docket.domain.payments.payment import DisputeStatus, Payment, PaymentStatus, RefundStatus
from docket.domain.payments.pricing import DuplicateOf, Money, PaidCharge, PriceList
from docket.domain.payments.refund import Refund, RefundReason
from docket.domain.reason import Reason
from docket.domain.task import Task, TaskKind
from docket.table import client, keys, tasks
from docket.table.accounts import sessions, users
from docket.table.documents import document_items
from docket.table.orders import analyses, events, orders, payment_items
from docket.table.orders.analyses import Analysis, PageImage
from docket.table.payments import refunds
from tests.make import LIMITS, OID, THEN, an_event

pytestmark = pytest.mark.usefixtures("table")


def at(minutes):
    return THEN + timedelta(minutes=minutes, milliseconds=7)


DOCUMENT = Document(
    id=f"{OID}-1",
    user_id="ada",
    filename="invoice.pdf",
    content_type="application/pdf",
    size=1000,
    added_at=at(1),
    upload_issued_at=at(4),
    sha256="ab" * 32,
    status=DocumentStatus.READING,
    quarantined=True,
    status_reason=Reason("too_large", {"max_megabytes": 25}),
    retriable=True,
    upload_number=2,
    file=UploadedFile(upload_number=2, version="v1"),
    attempt=3,
    uploaded_at=at(2),
    reading_since=at(3),
    admitted_at=at(3),
    parts=DocumentParts((0, 12, 20), frozenset({1})),
    reader_version="7",
    page_count=20,
    charged_pages=19,
    read_attempt=2,
    key_facts={"facts": {"date": {"normalised": "2026-11-02", "page": 0}}, "line_items": 250},
    duplicate_of=DuplicateOf(order_id="other", document_id="other-1"),
    paid=PaidCharge(4, 12, DuplicateOf(order_id="other", document_id="other-2")),
    kind="invoice",
    language="de",
    headline="Invoice 7",
    title="Rent, March",
    warnings=(Reason("hard_to_read", {"pages": "1, 2"}),),
    doubtful=5,
    reviewed=4,
    reviewed_attempt=1,
    reviewed_fact_id="ab",
    review_version=6,
    erased_at=at(9),
)
PAYMENT = Payment(
    payment_intent_id="pi_2",
    order_id=OID,
    user_id="ada",
    money=Money(1150, "eur"),
    revision=4,
    opened_at=at(4),
    status=PaymentStatus.SUCCEEDED,
    failure=Reason("payment_declined", {"code": "expired_card"}),
    paid_at=at(5),
    promised_at=at(6),
    amount_refunded=100,
    amount_lost=50,
    amount_acknowledged=25,
    reversal_version=3,
    refund=RefundStatus.PENDING,
    dispute=DisputeStatus.LOST,
    is_withheld=True,
)
REFUND = Refund(
    id="pi_2",
    order_id=OID,
    user_id="ada",
    payment_intent_id="pi_2",
    money=Money(100, "eur"),
    reason=RefundReason.QUOTE_CHANGED,
    since=at(7),
    status=RefundStatus.FAILED,
    attempts=5,
    stripe_id="re_1",
    returned=50,
    amount_acknowledged=15,
    has_other_failure=True,
    closed_at=at(7),
)
TASK = Task(
    kind=TaskKind.ERASE,
    user_id="ada",
    order_id=OID,
    subject=DOCUMENT.id,
    created_at=at(8),
    ends_after=at(9),
    request_id="01JD0000000000000000000008",
)
ORDER = Order(
    id=OID,
    user_id="ada",
    title="November",
    created_at=at(0),
    updated_at=at(6),
    expires_at=at(90),
    prices=PriceList(base=200, per_page=50, currency="eur"),
    status=OrderStatus.PROCESSING,
    status_reason=Reason("partially_refunded", {"amount": 100, "currency": "eur"}),
    documents=1,
    awaiting_upload=8,
    in_progress=2,
    readable=3,
    unreadable=9,
    charged_pages=19,
    paid_pages=12,
    is_late=True,
    doubtful=5,
    reviewed=4,
    revision=4,
    version=5,
    payment=PAYMENT,
    refunds=(replace(REFUND, closed_at=None).summary,),
    named_document=NamedDocument(id=DOCUMENT.id, filename="invoice.pdf"),
    review=FinishedReview(finished_at=at(8), user_id="ada", api_key_id="key_1"),
    read_at=at(5),
    analysed_at=at(7),
    is_sample=True,
)
USER = User(
    id="ada",
    email="Ada@example.com",
    full_name="Ada L.",
    created_at=THEN,
    email_verified=True,
    second_factor=True,
    has_password=False,
    version=2,
)
CREDENTIAL = Credential(user=USER, password_hash="hash", made_by="key-1")
SESSION = Session(
    id="S1",
    user_id="ada",
    refresh_hash="current",
    created_at=at(1),
    used_at=at(2),
    verified_at=at(3),
    expires_at=THEN + timedelta(days=30),
    ends_at=THEN + timedelta(days=180),
    device=Device(address="203.0.113.7", agent="a browser", place="Bern"),
    generation="G1",
    replaced={"earlier": at(2)},
)
ANALYSIS = Analysis(
    document_id=DOCUMENT.id,
    attempt=2,
    facts={"facts": [{"name": "gross", "box": [0.25]}]},
    page_images=(PageImage(3, 1200, 1700),),
    hashes=("ab",),
    readable_pages=19,
)
EVENT = Event(
    id="01JE0000000000000000000000",
    at=at(9),
    actor="worker",
    name="not_completed_in_time",
    from_status="processing",
    to_status="cancelled",
    facts={"amount": 250},
)

EVERYTHING = (ORDER, DOCUMENT, PAYMENT, REFUND, TASK, CREDENTIAL, SESSION, ANALYSIS, EVENT)


def nested(value: Any):
    """An object and the objects it contains."""
    if is_dataclass(value):
        yield value
        for part in fields(value):
            yield from nested(getattr(value, part.name))
    elif isinstance(value, tuple):
        for part in value:
            yield from nested(part)


def default_of(field):
    return field.default if field.default_factory is MISSING else field.default_factory()


def unset(value: Any) -> list[str]:
    """Fields with their default or an empty value: their loss would not be noticed."""
    return [part.name for part in fields(value) if is_unset(getattr(value, part.name), part)]


def is_unset(value: object, part: Field[Any]) -> bool:
    if value is False:
        return default_of(part) is not True
    return value in (default_of(part), None, "", 0, (), {}, frozenset())


@pytest.mark.parametrize("value", EVERYTHING, ids=lambda value: type(value).__name__)
def test_every_field_of_the_objects_is_set(value):
    assert {type(part).__name__: unset(part) for part in nested(value) if unset(part)} == {}


def test_an_order_is_read_with_all_fields():
    orders.create_order(ORDER, an_event("opened"), limits=LIMITS)

    assert orders.get("ada", OID) == ORDER


@pytest.mark.parametrize(
    ("value", "entity", "key"),
    [
        (DOCUMENT, document_items, keys.document(OID, DOCUMENT.id)),
        (PAYMENT, payment_items, keys.payment(OID, "pi_2")),
        (REFUND, refunds, keys.refund(OID, "pi_2")),
        (TASK, tasks, keys.task(OID, TaskKind.ERASE, DOCUMENT.id)),
    ],
    ids=lambda value: type(value).__name__,
)
def test_an_item_is_read_with_all_fields(value, entity, key):
    client.write(client.Put(item=entity.to_item(value, at=THEN)))

    assert entity.from_item(client.get(key)) == value


def test_a_user_and_a_credential_are_read_with_all_fields():
    users.add(CREDENTIAL)

    assert users.credential(CREDENTIAL.address) == CREDENTIAL
    assert users.find("ada") == USER


def open_session():
    """The session, in the present generation of the account's sessions."""
    access = {**keys.account_access("ada"), "generation": SESSION.generation}
    client.write(client.Put(item=access), sessions.put(SESSION))


def test_a_session_is_stored_with_all_fields():
    open_session()

    assert sessions.find_open(Caller(user_id="ada", session_id="S1"), at=THEN) == SESSION


def test_a_stored_session_is_open_and_rotates():
    open_session()
    caller = Caller(user_id="ada", session_id="S1")

    assert sessions.is_open(caller, at=SESSION.expires_at - timedelta(seconds=1))
    assert not sessions.is_open(caller, at=SESSION.expires_at)
    rotated = sessions.rotate(SESSION, old="x", new="y", at=at(4), until=SESSION.expires_at)
    assert rotated == SESSION


def test_an_analysis_is_read_with_all_fields():
    client.write(analyses.put_analysis(OID, ANALYSIS))

    assert analyses.of_document(OID, DOCUMENT.id) == ANALYSIS


def test_an_event_is_read_with_all_fields():
    client.write(events.event_write(OID, EVENT))

    assert events.of_order(OID) == [EVENT]
