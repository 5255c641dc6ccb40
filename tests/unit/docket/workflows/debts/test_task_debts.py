from dataclasses import replace
from datetime import timedelta

import pytest

from docket.domain.debt import ERASURE_CHECK
from docket.domain.orders.order import OrderStatus
from docket.domain.payments.payment import PaymentStatus
from docket.domain.payments.pricing import DuplicateOf
from docket.domain.reason import Reason
from docket.domain.task import Task, TaskKind
from docket.gateways import s3
from docket.table import client, tasks
from docket.table.orders import analyses, contents
from docket.table.orders.analyses import Analysis
from docket.workflows.debts import task_debts
from tests.due_debts import next_check, owed, settle_due
from tests.make import (
    OID,
    OTHER_OID,
    THEN,
    a_payment,
    a_read_document,
    a_reading_document,
    an_audit_context,
    an_order,
)
from tests.table_state import interrupted, save

pytestmark = pytest.mark.usefixtures("service")

READ = a_read_document()
LAST_WRITE = THEN + timedelta(minutes=15)
ERASE = Task(kind=TaskKind.ERASE, user_id="ada", order_id=OID, subject=READ.id, created_at=THEN)
CONTENT = replace(ERASE, kind=TaskKind.CONTENT, subject=OID)
PAID = a_payment(status=PaymentStatus.SUCCEEDED, paid_at=THEN)
BYTES, WORDS = "b" * 64, "f" * 64


def owe(task):
    client.write(tasks.put(task, at=THEN))


def store(bucket, *document_ids):
    """Put an upload in two versions, a result and a part of each document."""
    for document_id in document_ids:
        for _ in range(2):
            bucket.upload(document_id)
        s3.put_result(document_id, 1, b"{}")
        s3.put_part(document_id, 1, range(3), b"{}")


def save_analysis(document=READ, hashes=(BYTES, WORDS)):
    analysis = Analysis(document_id=document.id, attempt=1, facts={}, hashes=hashes)
    client.write(analyses.put_analysis(document.order_id, analysis))


def test_every_version_of_a_removed_document_is_erased(bucket):
    other = a_read_document("other.pdf")
    store(bucket, READ.id, other.id)
    save_analysis()
    owe(ERASE)

    settle_due(THEN)

    assert len(bucket.every_version()) == 4
    assert not any(READ.id in key for key in bucket.every_version())
    assert analyses.of_document(OID, READ.id) is None


def test_an_erasure_ends_when_nothing_is_left(bucket):
    store(bucket, READ.id)
    owe(ERASE)

    settle_due(THEN)
    assert owed() == [f"TASK#erase#{READ.id}"]
    settle_due(THEN + ERASURE_CHECK)

    assert owed() == []


def test_an_erasure_is_repeated_after_the_last_write_of_a_reading(bucket):
    owe(replace(ERASE, ends_after=LAST_WRITE))
    settle_due(THEN)
    assert next_check(f"TASK#erase#{READ.id}") == LAST_WRITE
    store(bucket, READ.id)

    settle_due(LAST_WRITE)
    assert bucket.every_version() == []
    settle_due(LAST_WRITE + ERASURE_CHECK)

    assert owed() == []


def test_an_erasure_that_s3_refuses_is_tried_again(bucket, monkeypatch):
    store(bucket, READ.id)
    owe(ERASE)
    refuse = {"Errors": [{"Code": "AccessDenied"}]}
    with monkeypatch.context() as refused:
        refused.setattr(s3._s3(), "delete_objects", lambda **_: refuse)
        assert settle_due(THEN) == [False]

    settle_due(THEN + timedelta(minutes=16))

    assert bucket.every_version() == []


def test_the_content_of_a_paid_order_is_recorded():
    free = a_read_document("free.pdf", charged_pages=0)
    save(an_order(READ, free, payment=PAID, status=OrderStatus.COMPLETED), READ, free)
    save_analysis()
    save_analysis(free, hashes=("0" * 64,))
    owe(CONTENT)

    settle_due(THEN)

    paid = DuplicateOf(order_id=OID, document_id=READ.id)
    assert contents.paid("ada", [BYTES, WORDS, "0" * 64]) == {BYTES: paid, WORDS: paid}
    assert owed() == []


def test_the_content_of_a_refunded_order_is_removed():
    returned = replace(PAID, amount_refunded=250)
    save(an_order(READ, payment=returned, status=OrderStatus.COMPLETED), READ)
    save_analysis()
    elsewhere = DuplicateOf(order_id=OTHER_OID, document_id=f"{OTHER_OID}-1")
    for sha256, paid in (
        (BYTES, DuplicateOf(order_id=OID, document_id=READ.id)),
        (WORDS, elsewhere),
    ):
        contents.record_paid(contents.Content(user_id="ada", sha256=sha256, paid=paid))
    owe(CONTENT)

    settle_due(THEN)

    assert contents.paid("ada", [BYTES, WORDS]) == {WORDS: elsewhere}


def paid(**fields):
    return an_order(READ, payment=replace(PAID, **fields), status=OrderStatus.COMPLETED)


@pytest.mark.parametrize("is_settled", [True, False])
@pytest.mark.parametrize("is_returned", [True, False])
def test_a_worker_that_is_overtaken_by_a_change_of_the_payment_changes_nothing(
    is_returned, is_settled
):
    """The payment is returned, or is back, while a worker settles the task of the state before."""
    before, after = ({}, {"amount_refunded": 250}) if is_returned else ({"amount_lost": 250}, {})
    save(paid(**before), READ)
    save_analysis()
    if not is_returned:
        document = DuplicateOf(order_id=OID, document_id=READ.id)
        contents.record_paid(contents.Content(user_id="ada", sha256=BYTES, paid=document))
    owe(CONTENT)
    task = tasks.get(OID, TaskKind.CONTENT, OID)
    assert task is not None

    def overtake():
        save(paid(**after), READ)
        owe(CONTENT)
        if is_settled:
            settle_due(THEN)

    with interrupted(overtake):
        task_debts.record_content(task, an_audit_context("worker", THEN))
    settle_due(THEN)

    expected = set() if is_returned else {BYTES, WORDS}
    assert contents.paid("ada", [BYTES, WORDS]).keys() == expected
    assert owed() == []


def test_a_payment_admits_the_documents_that_waited_for_it(queues):
    waits = a_reading_document(admitted_at=None, status_reason=Reason("waiting_for_payment"))
    waits = replace(waits, id=waits.id.replace(OID, OTHER_OID))
    save(an_order(waits, id=OTHER_OID), waits)
    save(an_order(READ, status=OrderStatus.COMPLETED, payment=PAID), READ)
    owe(CONTENT)

    settle_due(THEN)

    requested = [message["document_id"] for message in queues["readings"].receive_all()]
    assert requested == [waits.id]
