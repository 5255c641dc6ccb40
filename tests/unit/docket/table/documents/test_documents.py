from dataclasses import replace
from datetime import timedelta

import pytest

from docket.domain.errors import (
    DocumentNotFound,
    DocumentSettled,
    KeyReused,
    LimitReached,
    OrderClosed,
    OrderFull,
    OrderNotFound,
    TooManyTries,
)
from docket.domain.idempotency import IdempotencyKey
from docket.domain.orders.document import Document, DocumentStatus
from docket.domain.orders.document_parts import DocumentParts
from docket.domain.orders.order import MAX_DOCUMENTS, OrderStatus
from docket.domain.payments.payment import PaymentStatus
from docket.domain.reason import CANCELLED_BY_CUSTOMER
from docket.domain.task import LAST_WRITE, TaskKind
from docket.gateways import s3
from docket.table import client, keys, tasks
from docket.table.client import ConditionFailed, write
from docket.table.documents import admissions, document_items, documents, readings
from docket.table.orders import orders, usage
from tests.make import (
    LIMITS,
    OID,
    OTHER_OID,
    THEN,
    a_document,
    a_payment,
    a_read_document,
    a_reading_document,
    an_audit_context,
    an_event,
    an_order,
)
from tests.table_state import check_counters, event_names, get_payment, interrupted, item_at, save

pytestmark = pytest.mark.usefixtures("table")

LATER = THEN + timedelta(minutes=5)
AUDIT = an_audit_context("reader", at=LATER)
KEY = IdempotencyKey(user_id="ada", operation="document", key="k", request="1")


def add(*added: Document, key=None, at=LATER, limits=LIMITS):
    event = an_event("documents_added", at=at, facts={"count": len(added)})
    return documents.add("ada", added, event, key, limits=limits)


def remove(document, user_id="ada"):
    return documents.remove(user_id, document.id, an_audit_context(at=LATER))


def get_task(document):
    return tasks.get(OID, TaskKind.ERASE, document.id)


def stored_document(document):
    return documents.get("ada", document.id)[1]


def test_documents_are_added_with_their_counters_and_one_event():
    save(an_order())
    first, second = a_document("1.pdf"), a_document("2.pdf")

    assert add(first, second) == [first.id, second.id]

    order = orders.get("ada", OID)
    assert (order.documents, order.in_progress, order.revision, order.version) == (2, 2, 1, 2)
    assert stored_document(first) == first
    assert event_names() == ["documents_added"]
    assert usage.get("ada").documents_added == 2
    check_counters()


def test_a_document_that_awaits_its_upload_owes_a_check():
    save(an_order())
    add(a_document())

    item = item_at(keys.document(OID, a_document().id))
    assert item["GSI2PK"].startswith("housekeeping#")
    assert item["GSI2SK"].startswith((THEN + timedelta(minutes=30)).isoformat()[:16])
    assert "GSI1PK" not in item


def test_adding_documents_has_the_open_payment_cancelled():
    save(an_order(a_read_document(), payment=a_payment()), a_read_document())

    add(a_document("2.pdf"))

    order = orders.get("ada", OID)
    assert get_payment().status is PaymentStatus.TO_CANCEL
    assert get_payment() == order.payment
    assert item_at(keys.payment(OID, "pi_1"))["GSI2PK"].startswith("money#")


def test_a_payment_that_is_opened_meanwhile_is_cancelled_too():
    read = a_read_document()
    order = an_order(read)
    save(order, read)

    def start_payment():
        paying = order.with_payment(a_payment(), at=THEN)
        orders.commit(order, paying, an_event("payment_started"))

    with interrupted(start_payment):
        add(a_document("2.pdf"))

    assert get_payment().status is PaymentStatus.TO_CANCEL
    check_counters()


def test_documents_that_are_added_at_the_same_time_are_all_counted():
    save(an_order())

    with interrupted(lambda: add(a_document("1.pdf"))):
        add(a_document("2.pdf"))

    assert orders.get("ada", OID).documents == 2
    assert usage.get("ada").documents_added == 2
    check_counters()


def test_documents_that_are_added_at_the_same_time_are_all_counted_for_the_day():
    save(an_order())
    add(a_document("1.pdf"))

    with interrupted(lambda: add(a_document("2.pdf"))):
        add(a_document("3.pdf"))

    assert usage.get("ada").documents_added == 3


def test_a_request_with_the_same_key_adds_nothing():
    save(an_order())
    first = add(a_document("1.pdf"), a_document("2.pdf"), key=KEY)

    assert add(a_document("3.pdf"), key=KEY) == first
    assert orders.get("ada", OID).documents == 2


def test_another_request_with_the_same_key_is_refused():
    save(an_order())
    add(a_document("1.pdf"), key=KEY)
    other = IdempotencyKey(user_id="ada", operation="document", key="k", request="2")

    with pytest.raises(KeyReused):
        add(a_document("2.pdf"), key=other)


def test_a_repeated_request_is_answered_at_the_limit():
    save(an_order(documents=MAX_DOCUMENTS - 1))
    first = add(a_document("1.pdf"), key=KEY)

    assert add(a_document("2.pdf"), key=KEY) == first


@pytest.mark.parametrize(
    ("order", "error"),
    [
        (an_order(documents=MAX_DOCUMENTS), OrderFull),
        (an_order(status=OrderStatus.COMPLETED), OrderClosed),
        (an_order(id=OTHER_OID), OrderNotFound),
        (an_order(user_id="eve"), OrderNotFound),
        (an_order(charged_pages=LIMITS.unpaid_pages), LimitReached),
    ],
)
def test_documents_are_not_added(order, error):
    save(order)

    with pytest.raises(error):
        add(a_document())
    assert event_names() == []


def test_an_order_does_not_overflow_when_documents_are_added_meanwhile():
    save(an_order(documents=MAX_DOCUMENTS - 1))

    with interrupted(lambda: add(a_document("1.pdf"))), pytest.raises(OrderFull):
        add(a_document("2.pdf"))

    assert orders.get("ada", OID).documents == MAX_DOCUMENTS


def test_documents_are_limited_by_day():
    save(an_order())
    most = LIMITS.documents_a_day
    for first in range(0, most, 10):
        add(*(a_document(f"{first + n}.pdf") for n in range(10)))

    with pytest.raises(TooManyTries) as refused:
        add(a_document("one more.pdf"))
    assert 0 < refused.value.retry_after <= 86_400
    add(a_document("tomorrow.pdf"), at=LATER + timedelta(days=1))


def test_a_new_ticket_replaces_the_earlier_one():
    save(an_order(a_document()), a_document())

    renewed = documents.renew_upload("ada", a_document().id, limits=LIMITS, at=LATER)

    assert (renewed.upload_number, renewed.upload_issued_at) == (2, LATER)
    assert stored_document(renewed) == renewed


def test_two_renewals_at_the_same_time_have_two_tickets():
    save(an_order(a_document()), a_document())
    other = LATER + timedelta(seconds=1)

    with interrupted(
        lambda: documents.renew_upload("ada", a_document().id, limits=LIMITS, at=other)
    ):
        renewed = documents.renew_upload("ada", a_document().id, limits=LIMITS, at=LATER)

    assert renewed.upload_number == 3


@pytest.mark.parametrize(
    ("document", "fields", "error"),
    [
        (a_reading_document(), {}, DocumentSettled),
        (a_read_document(), {}, DocumentSettled),
        (a_document(), {"status": OrderStatus.CANCELLED}, OrderClosed),
        (a_document(), {"user_id": "eve"}, OrderNotFound),
    ],
)
def test_a_ticket_is_not_renewed(document, fields, error):
    save(an_order(document, **fields), document)

    with pytest.raises(error):
        documents.renew_upload("ada", document.id, limits=LIMITS, at=LATER)


UNREADABLE = a_read_document(status=DocumentStatus.UNREADABLE, page_count=None, charged_pages=0)


def renew_form(document=UNREADABLE, at=LATER):
    return documents.renew_upload("ada", document.id, limits=LIMITS, at=at)


def counted_today():
    return usage.get("ada").documents_added


def test_a_form_that_leads_to_another_reading_counts_as_an_added_document():
    save(an_order(UNREADABLE), UNREADABLE)

    assert renew_form() == renew_form()  # repeated after a lost reply
    assert counted_today() == 1
    renew_form(at=LATER + timedelta(seconds=1))  # that form was not used

    assert counted_today() == 1


def test_a_new_form_of_a_document_that_was_not_uploaded_does_not_count():
    save(an_order(a_document()), a_document())

    renew_form(a_document())

    assert counted_today() == 0


def test_a_form_for_another_reading_is_refused_where_no_document_may_be_added():
    save(an_order(UNREADABLE), UNREADABLE)
    client.write(usage_added_today(LIMITS.documents_a_day))

    with pytest.raises(TooManyTries):
        renew_form()

    assert stored_document(UNREADABLE) == UNREADABLE


def test_forms_that_are_requested_together_do_not_pass_the_limit():
    other = replace(UNREADABLE, id=f"{UNREADABLE.id}2")
    save(an_order(UNREADABLE, other), UNREADABLE, other)
    client.write(usage_added_today(LIMITS.documents_a_day - 1))

    with interrupted(lambda: renew_form(other)), pytest.raises(TooManyTries):
        renew_form()

    assert counted_today() == LIMITS.documents_a_day


def usage_added_today(count):
    stored = item_at(keys.usage("ada"))
    day = LATER.date().isoformat()
    return client.Put(item=stored | {"day": day, "documents_added": count}, condition=None)


def test_a_removed_document_is_not_counted_and_its_erasure_is_owed():
    read, other = a_read_document(pages=3), a_document("other.pdf")
    save(an_order(read, other, payment=a_payment()), read, other)

    remove(read)

    order = orders.get("ada", OID)
    assert (order.documents, order.in_progress, order.charged_pages) == (1, 1, 0)
    assert get_payment().status is PaymentStatus.TO_CANCEL
    assert usage.get("ada").unpaid_pages == 0
    task = get_task(read)
    assert task.ends_after == LATER + LAST_WRITE
    assert item_at(keys.task(OID, TaskKind.ERASE, read.id))["GSI2PK"].startswith("housekeeping#")
    with pytest.raises(DocumentNotFound):
        documents.get("ada", read.id)
    check_counters()


def test_a_document_that_was_not_uploaded_may_still_be_while_its_form_is_valid():
    document = a_document()
    save(an_order(document), document)

    remove(document)

    ends_after = get_task(document).ends_after
    assert ends_after
    assert ends_after > LATER + s3.UPLOAD_FORM_LIFETIME


def test_the_removal_of_a_document_that_is_read_releases_its_slot():
    reading = a_reading_document()
    save(an_order(reading), reading)

    remove(reading)

    assert usage.get("ada").in_flight == frozenset()
    check_counters()


def test_a_removal_is_idempotent_while_the_erasure_is_owed():
    save(an_order(a_document()), a_document())
    remove(a_document())

    remove(a_document())

    assert event_names() == ["document_removed"]
    assert orders.get("ada", OID).documents == 0
    with pytest.raises(OrderNotFound):
        remove(a_document(), user_id="eve")


@pytest.mark.parametrize(
    ("fields", "error"),
    [({"status": OrderStatus.COMPLETED}, OrderClosed), ({"id": OTHER_OID}, OrderNotFound)],
)
def test_a_document_is_not_removed(fields, error):
    save(an_order(a_document(), **fields), a_document())

    with pytest.raises(error):
        remove(a_document())


def test_a_document_is_not_removed_from_an_order_that_is_cancelled_meanwhile():
    save(an_order(a_document()), a_document())

    def cancel():
        orders.cancel("ada", OID, an_event("cancelled"), reason=CANCELLED_BY_CUSTOMER)

    with interrupted(cancel), pytest.raises(OrderClosed):
        remove(a_document())


def test_documents_are_listed_in_pages():
    added = sorted((a_document(f"{n}.pdf") for n in range(5)), key=lambda document: document.id)
    save(an_order(*added), *added)

    assert documents.of_order(OID, limit=3) == added[:3]
    assert documents.of_order(OID, limit=3, after=added[2].id) == added[3:]
    assert documents.by_ids(OID, [added[1].id, "missing"]) == [added[1]]


def test_another_customers_document_is_not_found():
    save(an_order(a_document()), a_document())

    with pytest.raises(OrderNotFound):
        documents.get("eve", a_document().id)


def test_an_outdated_document_is_not_written_back():
    save(an_order(a_reading_document()), a_reading_document())
    renewed = a_document().with_new_upload(LATER)

    with pytest.raises(ConditionFailed):
        write(document_items.update_write(a_document(), renewed, at=LATER))
    assert stored_document(a_document()).status is DocumentStatus.READING


def test_a_document_that_is_admitted_while_it_is_removed_keeps_no_slot():
    waiting = a_reading_document(admitted_at=None)
    save(an_order(waiting), waiting)

    with interrupted(lambda: admissions.admit("ada", waiting.id, AUDIT, limits=LIMITS)):
        remove(waiting)

    assert usage.get("ada").in_flight == frozenset()


def test_a_document_whose_part_is_read_while_it_is_removed_keeps_no_slot():
    reading, audit = a_reading_document(), an_audit_context("reader", at=LATER)
    save(an_order(reading), reading)
    parts = DocumentParts((0, 10, 20, 30))
    readings.split("ada", reading.id, 1, parts, audit, limits=LIMITS)
    later = an_audit_context("reader", at=LATER + timedelta(seconds=1))

    with interrupted(lambda: readings.finish_part("ada", reading.id, 1, 0, later, limits=LIMITS)):
        remove(reading)

    assert usage.get("ada").in_flight == frozenset()


def test_documents_that_are_added_together_on_a_new_day_are_all_counted():
    save(an_order())
    yesterday = (LATER - timedelta(days=1)).date().isoformat()
    stored = item_at(keys.usage("ada")) | {"day": yesterday, "documents_added": 1}
    client.write(client.Put(item=stored, condition=None))

    with interrupted(lambda: add(a_document("1.pdf"))):
        add(a_document("2.pdf"))

    assert usage.get("ada").documents_added == 2
