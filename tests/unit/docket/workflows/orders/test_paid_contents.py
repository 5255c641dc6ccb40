from dataclasses import replace
from datetime import timedelta

import pytest

from docket.domain.orders.order import OrderStatus
from docket.domain.payments.pricing import DuplicateOf
from docket.domain.task import TaskKind
from docket.table import client, tasks
from docket.table.documents import documents
from docket.table.orders import analyses, completion, contents
from docket.table.orders.analyses import Analysis
from docket.table.orders.contents import Content
from docket.workflows.orders import paid_contents
from tests.make import (
    OID,
    OTHER_OID,
    THEN,
    a_payment,
    a_read_document,
    an_audit_context,
    an_order,
)
from tests.table_state import event_names, get_order, save

pytestmark = pytest.mark.usefixtures("table")

THIRD_OID = "01JD0000000000000000000002"
ELSEWHERE = DuplicateOf(order_id=OTHER_OID, document_id=f"{OTHER_OID}-1")
CHARGED = a_read_document()
FREE = a_read_document("free.pdf", charged_pages=0, duplicate_of=ELSEWHERE)
ORDER = an_order(CHARGED, FREE)
PAID = Content(user_id="ada", sha256="words", paid=ELSEWHERE)


def closed(*read):
    """What is closed if these documents were read."""
    save(ORDER, CHARGED, FREE)
    for document in read:
        analysis = Analysis(document_id=document.id, attempt=1, facts={}, hashes=("bytes", "words"))
        client.write(analyses.put_analysis(OID, analysis))
    return paid_contents.closed(ORDER, [CHARGED, FREE])


def test_a_free_document_is_open_if_one_of_its_hashes_is_paid_for():
    contents.record_paid(PAID)

    assert closed(CHARGED, FREE) == frozenset()


def test_only_a_free_document_is_closed_when_nothing_is_paid_for():
    assert closed(CHARGED, FREE) == {FREE.id}


def test_a_document_that_was_not_read_is_neither():
    assert closed(CHARGED) == frozenset()


def paid(order_id, *, returned=False):
    """Complete an order whose document has that content. Its content task has not run."""
    read = a_read_document(id=f"{order_id}-1")
    payment = a_payment(amount_refunded=250 if returned else 0)
    order = an_order(read, id=order_id, payment=payment, status=OrderStatus.COMPLETED)
    save(order, read)
    analysis = Analysis(document_id=read.id, attempt=1, facts={}, hashes=("bytes", "words"))
    client.write(
        analyses.put_analysis(order_id, analysis), *completion.content_writes(order, at=THEN)
    )


def to_pay(order_id):
    read = a_read_document(id=f"{order_id}-1")
    save(an_order(read, id=order_id), read)
    analysis = Analysis(
        document_id=read.id, attempt=1, facts={}, hashes=("bytes",), readable_pages=1
    )
    client.write(analyses.put_analysis(order_id, analysis))
    return paid_contents.requote_to_pay("ada", order_id, an_audit_context())


def test_what_was_paid_for_a_moment_ago_is_free_in_the_next_payment():
    paid(OTHER_OID)

    assert to_pay(OID).charged_pages == 0
    assert contents.paid("ada", ["bytes", "words"]).keys() == {"bytes", "words"}
    assert [*contents.unrecorded("ada")] == [OTHER_OID]  # until the task has run


def test_what_was_paid_and_returned_is_charged_in_the_next_payment():
    paid(OTHER_OID, returned=True)

    assert to_pay(OID).charged_pages
    assert contents.paid("ada", ["bytes"]) == {}


def test_what_was_recorded_and_then_returned_is_charged_in_the_next_payment():
    paid(OTHER_OID)
    task = tasks.get(OTHER_OID, TaskKind.CONTENT, OTHER_OID)
    assert task
    assert paid_contents.record(task)
    paid(OTHER_OID, returned=True)

    assert to_pay(OID).charged_pages
    assert contents.paid("ada", ["bytes", "words"]) == {}
    assert [*contents.unrecorded("ada")] == [OTHER_OID]  # until the task has run


def test_the_task_ends_the_mark_of_its_order_unless_it_was_requested_again():
    paid(OID)
    task = tasks.get(OID, TaskKind.CONTENT, OID)
    assert task
    paid(OID)
    requested_again = replace(task, created_at=THEN + timedelta(seconds=1))
    tasks.request(requested_again)

    assert not paid_contents.record(task)
    assert [*contents.unrecorded("ada")] == [OID]

    assert paid_contents.record(requested_again)
    assert [*contents.unrecorded("ada")] == []


@pytest.mark.parametrize("beside", [[CHARGED], []], ids=["another is charged", "all are free"])
def test_a_free_document_names_what_is_paid_for_after_a_refund(beside):
    other = DuplicateOf(order_id=THIRD_OID, document_id=f"{THIRD_OID}-1")
    contents.record_paid(PAID, replace(PAID, paid=other))
    save(an_order(*beside, FREE), *beside, FREE)
    analysis = Analysis(document_id=FREE.id, attempt=1, facts={}, hashes=("words",))
    client.write(analyses.put_analysis(OID, replace(analysis, readable_pages=1)))
    before = get_order()
    contents.remove(PAID)

    after = paid_contents.requote("ada", OID, an_audit_context())

    (free,) = documents.by_ids(OID, [FREE.id])
    assert (free.duplicate_of, free.charged_pages) == (other, 0)
    assert (after.revision, after.counters) == (before.revision, before.counters)
    assert event_names() == []
