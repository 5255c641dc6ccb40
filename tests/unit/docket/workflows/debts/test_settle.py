from datetime import timedelta

import pytest

from docket.domain.debt import CLAIM, HOUSEKEEPING_BACK_OFF
from docket.table import client, debts, keys
from docket.table.debts import DueKey
from docket.table.orders import order_items
from docket.workflows.debts.dispatch import EVENT_LIST
from docket.workflows.debts.settle import KINDS, settle
from tests.due_debts import due, next_check, owed, owed_but_files, settle_due
from tests.make import OID, THEN, a_document, a_read_document, an_audit_context, an_order
from tests.table_state import item_at, save, stored

pytestmark = pytest.mark.usefixtures("service")

EXPIRED = THEN + timedelta(days=30)
READ = a_read_document()
ORDER = f"ORDER#{OID}"
NEW = {"PK": keys.order_partition(OID), "SK": "LOAN#1"}


def settle_at(seen, at):
    return settle(seen, an_audit_context("worker", at))


def put_unknown(key):
    """An item of a newer release that owes something."""
    item = order_items.to_item(an_order(), at=THEN)
    client.write(client.Put(item={**item, **key, "GSI2SK": keys.due_key(THEN, key)}))


def test_every_entity_that_owes_something_has_a_worker():
    assert set(KINDS) == {
        keys.ORDERS,
        keys.DOCUMENTS,
        keys.PAYMENTS,
        keys.REFUNDS,
        keys.TASKS,
        keys.UNHANDLED,
        keys.DELETION,
        keys.EXPORT,
        keys.REPORTS,
        keys.PROFILE,
    }


@pytest.mark.parametrize(
    "key", [NEW, keys.task(OID, "lend", "1"), keys.payment(OID, "pi_of_a_newer_release")]
)
def test_an_item_of_a_newer_release_is_postponed_and_never_lost(key, capsys):
    put_unknown(key)
    before = item_at(key)

    assert settle_due(THEN) == [False]

    assert next_check(key["SK"]) == THEN + HOUSEKEEPING_BACK_OFF[0]
    unchanged = {name: item_at(key)[name] for name in before if name != "GSI2SK"}
    assert unchanged == {name: before[name] for name in unchanged}
    assert '"DebtFailures":[1.0]' in capsys.readouterr().out


def test_a_debt_that_is_never_settled_alerts_a_person_each_day(capsys):
    put_unknown(NEW)
    at = THEN
    for delay in (*HOUSEKEEPING_BACK_OFF, HOUSEKEEPING_BACK_OFF[-1]):
        settle_due(at)
        assert (
            "DebtNeedsPerson" not in capsys.readouterr().out or delay == HOUSEKEEPING_BACK_OFF[-1]
        )
        assert next_check(NEW["SK"]) == at + delay
        at += delay

    settle_due(at)

    assert '"DebtNeedsPerson":[1.0]' in capsys.readouterr().out
    assert next_check(NEW["SK"]) == at + HOUSEKEEPING_BACK_OFF[-1]


def test_the_log_of_a_failure_has_ids_only(capsys):
    save(an_order(a_document("secret name.pdf"), status="strange"))
    client.write(
        client.Put(item={**stored()[0], "status": "strange", "title": "secret"}, condition=None)
    )

    settle_due(EXPIRED)

    assert "secret" not in capsys.readouterr().out


def test_a_worker_that_dies_leaves_a_debt_that_is_due_again():
    save(an_order(READ), READ)
    (seen,) = due(EXPIRED)
    debts.reserve(seen, until=EXPIRED + CLAIM)

    assert owed(EXPIRED) == []
    assert settle_at(seen, EXPIRED + timedelta(seconds=1))
    assert owed(EXPIRED + CLAIM) == [ORDER]
    settle_due(EXPIRED + CLAIM)

    assert owed_but_files() == []


def test_an_outdated_message_has_no_effect():
    save(an_order(READ), READ)
    (seen,) = due(EXPIRED)
    outdated = DueKey(key=seen.key, due_key=keys.due_key(THEN, seen.key))
    before = stored()

    assert settle_at(outdated, EXPIRED)
    assert settle_at(DueKey(key=NEW, due_key="gone"), EXPIRED)

    assert stored() == before


def test_an_unchanged_debt_is_checked_at_the_time_of_its_state(stripe):
    save(an_order(a_document()), a_document())
    settle_due(THEN + timedelta(minutes=31))

    assert next_check(f"DOCUMENT#{a_document().id}") == THEN + timedelta(hours=6)


def test_the_recurring_task_looks_for_events(stripe):
    calls = stripe.calls()

    assert settle_at(
        DueKey(key={"PK": EVENT_LIST.pk, "SK": EVENT_LIST.sk}, due_key=EVENT_LIST.due_key), THEN
    )

    assert stripe.calls() == calls + 1
