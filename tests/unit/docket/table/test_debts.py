from datetime import timedelta

import pytest

from docket.domain.debt import DebtClass, Due
from docket.domain.task import Task, TaskKind
from docket.table import client, debts, keys, tasks
from docket.table.documents import document_items
from tests.make import OID, THEN, a_document, an_order
from tests.table_state import item_at, save

pytestmark = pytest.mark.usefixtures("table")

FIRST_CHECK = THEN + timedelta(minutes=30)
LATER = FIRST_CHECK + timedelta(minutes=5)
KEY = keys.document(OID, a_document().id)
TASK = Task(
    kind=TaskKind.ERASE,
    user_id="ada",
    order_id=OID,
    subject="did",
    created_at=THEN,
    request_id="1",
)


def due(by=FIRST_CHECK, limit=10, debt_class=DebtClass.HOUSEKEEPING):
    return debts.due(debt_class, keys.shard(OID), by=by, limit=limit)


def reserve(seen, until=LATER):
    return debts.reserve(seen, until=until)


def due_key():
    return item_at(KEY).get("GSI2SK")


def test_what_is_due_is_found_by_class_and_shard_oldest_first():
    first, late = a_document("1.pdf", upload_issued_at=THEN - timedelta(minutes=1)), a_document()
    save(an_order(first, late), first, late)

    found = due()

    assert [debt.key for debt in found] == [keys.document(OID, first.id), KEY]
    assert found[1].since == FIRST_CHECK
    assert due(limit=1) == found[:1]
    assert due(by=FIRST_CHECK - timedelta(minutes=2)) == []
    assert due(debt_class=DebtClass.MONEY) == []


def test_a_claimed_debt_is_due_again_when_the_claim_ends():
    save(an_order(a_document()), a_document())
    (seen,) = due()

    claim = reserve(seen)

    assert document_items.from_item(claim.item) == a_document()
    assert due_key() == claim.due_key
    assert due() == []
    assert [debt.due_key for debt in due(by=LATER)] == [claim.due_key]


def test_a_debt_is_claimed_once():
    save(an_order(a_document()), a_document())
    (seen,) = due()
    debts.reserve(seen, until=LATER)

    assert debts.reserve(seen, until=LATER) is None
    assert debts.reserve(seen, until=LATER + timedelta(seconds=1)) is None


def test_a_settled_debt_is_not_claimed():
    save(an_order(a_document()), a_document())
    (seen,) = due()
    save(an_order())
    client.write(client.Delete(key=KEY))

    assert debts.reserve(seen, until=LATER) is None


def test_a_claimed_debt_is_rescheduled_or_settled():
    save(an_order(a_document()), a_document())
    claim = reserve(due()[0])
    until = LATER + timedelta(hours=1)

    debts.reschedule(claim, Due(DebtClass.HOUSEKEEPING, until))
    assert due_key().startswith(until.isoformat()[:16])

    debts.reschedule(reserve(due(by=until)[0], until + timedelta(minutes=5)), None)
    assert due_key() is None


def test_failures_in_a_row_are_counted():
    save(an_order(a_document()), a_document())
    claim = reserve(due()[0])
    assert claim.failures == 0

    for failures in (1, 2):
        until = LATER + timedelta(hours=failures)
        debts.postpone(claim, until=until)
        (seen,) = due(by=until)
        claim = reserve(seen, until + timedelta(minutes=5))
        assert claim.failures == failures


def test_progress_ends_a_row_of_failures():
    save(an_order(a_document()), a_document())
    debts.postpone(reserve(due()[0]), until=LATER)
    renewed = a_document().with_new_upload(LATER)
    client.update(document_items.update_write(a_document(), renewed, at=LATER))
    until = LATER + timedelta(hours=1)

    assert reserve(due(by=until)[0], until).failures == 0


def test_a_debt_that_was_moved_meanwhile_is_not_rescheduled():
    save(an_order(a_document()), a_document())
    claim = reserve(due()[0])
    renewed = a_document().with_new_upload(LATER)
    client.update(document_items.update_write(a_document(), renewed, at=LATER))
    moved = due_key()

    debts.postpone(claim, until=LATER + timedelta(hours=1))
    debts.reschedule(claim, None)

    assert due_key() == moved


def test_a_task_is_owed_until_it_is_finished():
    client.write(tasks.put(TASK, at=THEN))
    (seen,) = due(debt_class=DebtClass.HOUSEKEEPING)
    assert tasks.from_item(item_at(seen.key)) == TASK

    tasks.finish(TASK)
    tasks.finish(TASK)

    assert tasks.get(OID, TaskKind.ERASE, "did") is None


def test_a_task_that_is_requested_again_is_not_finished_by_the_earlier_work():
    client.write(tasks.put(TASK, at=THEN))
    again = Task(**{**vars(TASK), "created_at": LATER})
    client.write(tasks.put(again, at=LATER))

    tasks.finish(TASK)

    assert tasks.get(OID, TaskKind.ERASE, "did") == again
