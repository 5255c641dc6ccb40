"""What is put into the table comes back, every field of it.

Each thing is built with a value of its own in every field, so a field that is no longer written or
read is noticed; that every field is set is asserted from the class itself.
"""

from dataclasses import MISSING, fields, is_dataclass
from datetime import timedelta
from typing import Any

import pytest

from docket.domain.document import Document, DocumentParts, DocumentStatus
from docket.domain.event import Event
from docket.domain.idempotency import IdempotencyKey
from docket.domain.order import Order, OrderStatus
from docket.domain.payment import (
    DisputeStatus,
    Payment,
    PaymentStatus,
    RefundStatus,
    Reversal,
)
from docket.domain.pricing import Money, PriceList
from docket.domain.reason import Reason
from docket.domain.user import Caller, Credential, Device, Session, User
from docket.table import (
    analyses,
    attributes,
    client,
    documents,
    erasures,
    events,
    idempotency_keys,
    keys,
    orders,
    sessions,
    users,
)
from docket.table.analyses import Analysis, PageImage
from docket.table.client import ConditionFailed
from docket.table.erasures import Erasure
from docket.table.times import from_iso
from tests.make import OID, THEN, an_event

pytestmark = pytest.mark.usefixtures("table")


def at(minutes):
    return THEN + timedelta(minutes=minutes, milliseconds=7)


DOCUMENT = Document(
    id=f"{OID}-1",
    filename="invoice.pdf",
    content_type="application/pdf",
    size=1000,
    added_at=at(1),
    sha256="ab" * 32,
    status=DocumentStatus.READING,
    status_reason=Reason("too_large", {"max_megabytes": 25}),
    retriable=True,
    version="v1",
    uploaded_at=at(2),
    reading_since=at(3),
    upload_form_renewed_at=at(4),
    parts=DocumentParts((0, 12, 20), frozenset({1})),
    reader_version="7",
    page_count=20,
    charged_pages=19,
    kind="invoice",
    language="de",
    headline="Invoice 7",
    warnings=(Reason("hard_to_read", {"pages": "1, 2"}),),
)
PAYMENT = Payment(
    payment_intent_id="pi_2",
    money=Money(1150, "eur"),
    revision=4,
    opened_at=at(4),
    status=PaymentStatus.SUCCEEDED,
    paid_at=at(5),
)
REVERSAL = Reversal(
    payment_intent_id="pi_1",
    amount_refunded=100,
    refund=RefundStatus.FAILED,
    dispute=DisputeStatus.LOST,
)
ORDER = Order(
    id=OID,
    user_id="ada",
    title="November",
    created_at=at(0),
    updated_at=at(6),
    prices=PriceList(base=200, per_page=50, currency="eur"),
    status=OrderStatus.PROCESSING,
    status_reason=Reason("partially_refunded", {"amount": 100, "currency": "eur"}),
    documents=(DOCUMENT,),
    revision=4,
    payment=PAYMENT,
    replaced_intents=("pi_0", "pi_1"),
    reversals=(REVERSAL,),
    analysed_at=at(7),
)
USER = User(
    id="ada", email="Ada@example.com", full_name="Ada L.", created_at=THEN, email_verified=True
)
CREDENTIAL = Credential(user=USER, password_hash="hash", made_by="key-1")
SESSION = Session(
    id="S1",
    user_id="ada",
    refresh_hash="current",
    created_at=at(1),
    expires_at=THEN + timedelta(days=30),
    device=Device(address="203.0.113.7", agent="a browser"),
)
ANALYSIS = Analysis(
    document_id=DOCUMENT.id,
    version="v1",
    facts={"facts": [{"name": "gross", "box": [0.25]}]},
    page_images=(PageImage(3, 1200, 1700),),
)
ERASURE = Erasure(user_id="ada", order_id=OID, document_id=DOCUMENT.id, removed_at=at(8))
EVENT = Event(
    id="01JE0000000000000000000000",
    at=at(9),
    actor="sweeper",
    what="not_completed_in_time",
    from_status="processing",
    to_status="cancelled",
    facts={"amount": 250},
)
CLAIM = IdempotencyKey(user_id="ada", what="order", key="key-1", request="{}")

EVERYTHING = (ORDER, CREDENTIAL, SESSION, ANALYSIS, ERASURE, EVENT, CLAIM)


def within(thing: Any):
    """A thing and the things it is made of."""
    if is_dataclass(thing):
        yield thing
        for part in fields(thing):
            yield from within(getattr(thing, part.name))
    elif isinstance(thing, tuple):
        for part in thing:
            yield from within(part)


def default_of(field):
    return field.default if field.default_factory is MISSING else field.default_factory()


def unset(thing: Any) -> list[str]:
    """Fields that stand at their default, or hold nothing: their loss would not be noticed."""
    return [
        part.name
        for part in fields(thing)
        if getattr(thing, part.name) in (default_of(part), None, "", 0, (), {}, frozenset())
    ]


@pytest.mark.parametrize("thing", EVERYTHING, ids=lambda thing: type(thing).__name__)
def test_every_field_of_what_is_put_has_a_value_of_its_own(thing):
    assert {type(part).__name__: unset(part) for part in within(thing) if unset(part)} == {}


def test_an_order_comes_back_whole():
    orders.create_order(ORDER, an_event("opened"))

    assert orders.get("ada", OID) == ORDER


def test_a_document_that_is_added_comes_back_whole():
    orders.create_order(
        Order.create(OID, "ada", "November", prices=ORDER.prices, at=THEN), an_event("opened")
    )

    documents.add("ada", DOCUMENT, an_event("document_added"))

    assert orders.get("ada", OID).documents == (DOCUMENT,)


def test_a_user_and_their_credential_come_back_whole():
    users.add(CREDENTIAL)

    assert users.credential(CREDENTIAL.address) == CREDENTIAL
    assert users.find("ada") == USER


def test_a_session_is_stored_whole():
    client.write(sessions.put(SESSION))

    item = client.get(keys.session("ada", "S1"))
    assert item is not None
    device = Device(address=item["network_address"], agent=item["user_agent"])
    assert (
        Session(
            id=item["id"],
            user_id=item["PK"].removeprefix("USER#"),
            refresh_hash=item["refresh_hash"],
            created_at=from_iso(item["created_at"]),
            expires_at=THEN.fromtimestamp(item["ttl"], THEN.tzinfo),
            device=device,
        )
        == SESSION
    )
    assert from_iso(item["used_at"]) == SESSION.created_at


def test_a_session_is_found_by_what_was_put():
    client.write(sessions.put(SESSION))
    caller = Caller(user_id="ada", session_id="S1")

    assert sessions.is_open(caller, at=SESSION.expires_at - timedelta(seconds=1))
    assert not sessions.is_open(caller, at=SESSION.expires_at)
    stands = sessions.rotate(caller, old="x", new="y", at=at(2), until=SESSION.expires_at)
    assert stands == sessions.Rotation(
        refresh_hash=SESSION.refresh_hash, age=at(2) - SESSION.created_at
    )


def test_an_analysis_comes_back_whole():
    client.write(analyses.put_analysis(OID, ANALYSIS))

    assert analyses.of_document(OID, DOCUMENT.id) == ANALYSIS
    assert analyses.of_order(OID) == [ANALYSIS]


def test_an_erasure_comes_back_whole():
    client.write(erasures.put(ERASURE))

    assert erasures.due(at(9), limit=9) == [ERASURE]


def test_an_event_comes_back_whole():
    client.write(events.event_write(OID, EVENT))

    assert events.of_order(OID) == [EVENT]


def test_a_claim_finds_what_was_made_under_it():
    client.write(idempotency_keys.put(CLAIM, "made", at=THEN))

    with pytest.raises(ConditionFailed) as refused:
        client.write(idempotency_keys.put(CLAIM, "another", at=THEN))
    assert refused.value.found is not None
    assert idempotency_keys.existing_id(CLAIM, refused.value.found) == "made"


def test_every_kind_of_value_comes_back():
    values: dict[str, Any] = {
        "none": None,
        "true": True,
        "text": "x",
        "number": 7,
        "list": [1, "x"],
        "map": {},
    }

    assert attributes.from_attributes(attributes.to_attributes(values)) == values
