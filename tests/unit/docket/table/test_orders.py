from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from docket.domain.document import Document, DocumentParts, DocumentStatus, Outcome
from docket.domain.errors import IllegalMove, KeyReused, OrderNotFound
from docket.domain.idempotency import IdempotencyKey
from docket.domain.order import Order, OrderStatus
from docket.domain.payment import Payment, PaymentStatus
from docket.domain.pricing import Money, PriceList
from docket.domain.reason import CANCELLED_BY_CUSTOMER, Reason
from docket.runtime.clock import new_id
from docket.table import attributes, client, events, keys, orders
from docket.table import documents as documents_table
from docket.table.client import ConditionFailed
from tests.make import (
    OID,
    OTHER_OID,
    THEN,
    a_document,
    a_read_document,
    an_event,
    an_order,
    numbered,
)

pytestmark = pytest.mark.usefixtures("table")

TOMORROW = THEN + timedelta(days=1)
LATER = THEN + timedelta(minutes=10)


def save(**fields):
    order = an_order(**fields)
    orders.create_order(order, an_event("opened"))
    return order


def save_many(most, user_id="ada", status=OrderStatus.PENDING):
    """Save this number of orders. Returns them, the newest first."""
    return [
        save(id=order_id, user_id=user_id, status=status)
        for order_id in sorted(numbered(most), reverse=True)
    ]


def due_keys(order):
    """The due keys under which an order is listed."""
    return [
        due_key
        for due_key, listed in orders.due(
            THEN + timedelta(days=9), due_class=keys.DUE_WORK, limit=9
        )
        if listed == order
    ]


def test_an_order_is_found_only_by_its_customer():
    order = save(documents=(a_read_document(), a_document("b.pdf")))

    assert orders.get("ada", OID) == replace(
        order, documents=tuple(sorted(order.documents, key=lambda document: document.id))
    )
    with pytest.raises(OrderNotFound):
        orders.get("eve", OID)
    with pytest.raises(OrderNotFound):
        orders.get("ada", OTHER_OID)


moments = st.integers(min_value=-(10**12), max_value=10**12).map(
    lambda milliseconds: THEN + timedelta(milliseconds=milliseconds)
)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=50)
minor_units = st.integers(min_value=0, max_value=2**63)
parts = st.builds(
    DocumentParts,
    st.lists(st.integers(min_value=0), min_size=3).map(tuple),
    st.frozensets(st.integers(min_value=0)),
)
reasons = st.builds(
    Reason,
    texts,
    st.dictionaries(st.sampled_from(["amount", "pages", "context"]), texts | st.integers(0, 10**9)),
)
documents = st.builds(
    Document,
    id=st.from_regex(r"[A-Z0-9]{3}", fullmatch=True).map(lambda unique: f"{OID}-{unique}"),
    filename=texts,
    content_type=texts,
    size=st.integers(min_value=1),
    added_at=moments,
    sha256=st.none() | texts,
    status=st.sampled_from(DocumentStatus),
    status_reason=st.none() | reasons,
    retriable=st.booleans(),
    version=st.none() | texts,
    uploaded_at=st.none() | moments,
    reading_since=st.none() | moments,
    upload_form_renewed_at=st.none() | moments,
    parts=st.none() | parts,
    reader_version=st.none() | texts,
    page_count=st.none() | st.integers(min_value=0, max_value=10**6),
    charged_pages=st.integers(min_value=0, max_value=10**6),
    kind=st.none() | texts,
    language=st.none() | texts,
    headline=st.none() | texts,
    warnings=st.lists(reasons, max_size=3).map(tuple),
)
payments = st.builds(
    Payment,
    payment_intent_id=texts,
    money=st.builds(Money, minor_units, texts),
    revision=st.integers(min_value=0),
    opened_at=moments,
    status=st.sampled_from(PaymentStatus),
    paid_at=st.none() | moments,
)
any_order = st.builds(
    Order,
    id=st.just(OID),
    user_id=texts,
    title=texts,
    created_at=moments,
    updated_at=moments,
    prices=st.builds(PriceList, minor_units, minor_units, texts),
    status=st.sampled_from(OrderStatus),
    status_reason=st.none() | reasons,
    documents=st.lists(documents, max_size=4, unique_by=lambda document: document.id).map(
        lambda drawn: tuple(sorted(drawn, key=lambda document: document.id))
    ),
    revision=st.integers(min_value=0, max_value=10**9),
    payment=st.none() | payments,
    analysed_at=st.none() | moments,
)


@given(any_order)
@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
def test_every_order_is_read_as_it_was_stored(order):
    item = attributes.from_attributes(attributes.to_attributes(orders.to_item(order)))

    assert orders.from_item(item) == order
    assert not any(isinstance(value, float) for value in item.values())


def test_a_repeated_request_creates_one_order():
    idempotency_key = IdempotencyKey(user_id="ada", operation="order", key="key-1", request="{}")
    first, second = an_order(), an_order(id=OTHER_OID)

    assert orders.create_order(first, an_event(), idempotency_key) == OID
    assert orders.create_order(second, an_event(), idempotency_key) == OID

    assert orders.newest("ada", limit=9) == [first]
    assert events.of_order(OTHER_OID) == []
    with pytest.raises(KeyReused):
        orders.create_order(second, an_event(), replace(idempotency_key, request='{"title":"x"}'))


def test_orders_are_listed_newest_first_after_a_given_order():
    saved = save_many(5)
    save_many(3, user_id="eve")

    assert orders.newest("ada", limit=2) == saved[:2]
    assert orders.newest("ada", limit=9, after=saved[1].id) == saved[2:]
    assert orders.newest("ada", limit=9, after=saved[4].id) == []
    assert orders.newest("nobody", limit=9) == []


def test_orders_of_a_status_are_listed_after_an_order_that_left_the_status():
    saved = save_many(4)
    orders.cancel(saved[1], an_event("cancelled"), reason=CANCELLED_BY_CUSTOMER)

    pending = orders.newest("ada", limit=9, status=OrderStatus.PENDING)
    after = orders.newest("ada", limit=9, status=OrderStatus.PENDING, after=saved[1].id)

    assert pending == [saved[0], *saved[2:]]
    assert after == saved[2:]


def test_cancelling_updates_the_status_index_and_the_reason():
    order = save()

    cancelled = orders.cancel(order, an_event("cancelled", at=LATER), reason=CANCELLED_BY_CUSTOMER)

    assert orders.get("ada", OID) == cancelled
    assert (cancelled.status, cancelled.status_reason) == ("cancelled", CANCELLED_BY_CUSTOMER)
    assert cancelled.updated_at == LATER
    assert orders.newest("ada", limit=9, status=OrderStatus.PENDING) == []
    assert orders.newest("ada", limit=9, status=OrderStatus.CANCELLED) == [cancelled]
    assert [event.name for event in events.of_order(OID)] == ["opened", "cancelled"]


@pytest.mark.parametrize("status", [OrderStatus.PROCESSING, OrderStatus.COMPLETED])
def test_an_order_paid_concurrently_is_not_cancelled(status):
    save(status=status)

    with pytest.raises(IllegalMove):
        orders.cancel(an_order(), an_event("cancelled"), reason=CANCELLED_BY_CUSTOMER)

    assert orders.get("ada", OID).status is status
    assert [event.name for event in events.of_order(OID)] == ["opened"]


def test_changing_a_missing_order_does_not_create_it():
    with pytest.raises(OrderNotFound):
        orders.cancel(an_order(), an_event(), reason=CANCELLED_BY_CUSTOMER)
    with pytest.raises(OrderNotFound):
        orders.request_analysis("ada", OID, an_event())

    assert client.get(keys.order("ada", OID)) is None


def test_a_repeated_analysis_request_changes_nothing():
    save()

    orders.request_analysis("ada", OID, an_event("analysis_requested", at=THEN))
    orders.request_analysis("ada", OID, an_event("analysis_requested", at=LATER))

    assert orders.get("ada", OID).analysed_at == THEN
    assert len(events.of_order(OID)) == 2


def test_due_orders_are_listed_longest_due_first():
    first, second = save(), save(id=OTHER_OID)
    for order, minutes in ((second, 20), (first, 10)):
        orders.reschedule(order, "", next_check=None)
        change = client.Update(
            key=keys.order("ada", order.id),
            condition="attribute_exists(PK)",
            set=orders.set_money_due("ada", order.id, THEN + timedelta(minutes=minutes)),
        )
        client.update(change)

    assert orders.due(THEN + timedelta(minutes=9), due_class=keys.DUE_MONEY, limit=9) == []
    assert [order for _, order in orders.due(LATER, due_class=keys.DUE_MONEY, limit=9)] == [first]
    assert [order for _, order in orders.due(TOMORROW, due_class=keys.DUE_MONEY, limit=9)] == [
        first,
        second,
    ]
    assert [order for _, order in orders.due(TOMORROW, due_class=keys.DUE_MONEY, limit=1)] == [
        first
    ]


def test_rescheduling_sets_or_removes_the_due_key():
    order = save(documents=(a_document(),))
    ((due_key, _),) = orders.due(THEN, due_class=keys.DUE_WORK, limit=9)

    orders.reschedule(order, due_key, next_check=LATER)

    assert orders.due(THEN, due_class=keys.DUE_WORK, limit=9) == []
    ((due_key, _),) = orders.due(LATER, due_class=keys.DUE_WORK, limit=9)
    orders.reschedule(order, due_key, next_check=None)
    assert due_keys(order) == []


def test_rescheduling_with_an_outdated_due_key_changes_nothing():
    order = save(documents=(a_document(),))
    ((due_key, _),) = orders.due(THEN, due_class=keys.DUE_WORK, limit=9)
    orders.reschedule(order, due_key, next_check=LATER)

    orders.reschedule(order, due_key, next_check=None)

    assert len(due_keys(order)) == 1


def test_a_failed_condition_of_another_write_is_raised_unchanged():
    save()
    event = an_event()
    client.write(events.event_write(OID, replace(event, name="document_added")))
    change = client.Update(
        key=keys.order("ada", OID), condition="attribute_exists(PK)", set={("title",): "x"}
    )

    with pytest.raises(ConditionFailed):
        orders.write(change, OID, event, explain_conflict=lambda _: None)

    assert orders.get("ada", OID).title == "November"


def put(order):
    """Store an order and replace an existing item with its key."""
    client.write(client.Put(item=orders.to_item(order), condition=None))


@given(any_order)
@settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
def test_cancelling_returns_the_stored_order(order):
    order = replace(order, user_id="ada", status=OrderStatus.PENDING)
    put(order)

    cancelled = orders.cancel(
        order, replace(an_event("cancelled", at=LATER), id=new_id()), reason=CANCELLED_BY_CUSTOMER
    )

    assert orders.get("ada", order.id) == cancelled


@given(any_order, st.data())
@settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
def test_the_stored_document_equals_the_domains_outcome(order, data):
    assume(order.documents)
    reading = replace(
        data.draw(st.sampled_from(order.documents)), status=DocumentStatus.READING, version="v1"
    )
    others = [document for document in order.documents if document.id != reading.id]
    order = replace(
        order,
        user_id="ada",
        status=OrderStatus.PENDING,
        documents=tuple(sorted([*others, reading], key=lambda document: document.id)),
    )
    put(order)
    outcome = Outcome(reader_version="7", page_count=3, charged_pages=2, headline="Invoice 7")

    event = replace(an_event("document_read", at=LATER), id=new_id())
    assert documents_table.finish_reading(order, reading, outcome, event)

    after = orders.get("ada", order.id)
    assert after.document(reading.id) == outcome.of(reading)
    assert after == replace(
        order,
        documents=tuple(
            outcome.of(document) if document.id == reading.id else document
            for document in order.documents
        ),
        revision=order.revision + 1,
        updated_at=LATER,
    )
