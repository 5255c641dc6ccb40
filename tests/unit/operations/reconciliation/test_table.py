"""Counters are compared with what they count, and the index of debts with the items."""

from dataclasses import replace
from datetime import timedelta

import pytest

from docket.domain.debt import DebtClass, Due
from docket.domain.orders.counters import NAMES
from docket.domain.payments.payment import PaymentStatus, RefundStatus
from docket.domain.payments.refund import Refund, RefundReason
from docket.domain.task import Task, TaskKind
from docket.gateways.stripe_ranges import Range
from docket.table import client, keys, tasks
from docket.table.client import Delete, Update
from operations import snapshot
from operations.reconciliation.difference import Kind
from operations.reconciliation.table import of_counters, of_debts
from tests.make import (
    OID,
    THEN,
    a_document,
    a_payment,
    a_read_document,
    a_reading_document,
    an_order,
)
from tests.table_state import get_order, save

RANGE = Range(since=THEN - timedelta(days=1), until=THEN + timedelta(days=1))
SOON = THEN + timedelta(minutes=1)


def counters():
    return [(it.kind, it.subject, it.detail) for it in of_counters(snapshot.of_table(), RANGE)]


def set_attributes(key, **values):
    client.update(
        Update(
            key=key,
            condition="attribute_exists(PK)",
            set={(name,): value for name, value in values.items()},
        )
    )


def test_equal_counters_are_no_difference(table):
    document, reading = a_read_document(pages=3), a_reading_document("b.pdf")
    save(an_order(document, reading), document, reading)

    assert counters() == []


@pytest.mark.parametrize("name", NAMES)
def test_a_counter_of_an_order_that_is_wrong_is_named(table, name):
    save(an_order())
    set_attributes(keys.order("ada", OID), **{name: 5})

    assert (Kind.COUNTER, OID, f"{name} is 5, counted 0") in counters()


def test_a_refunded_amount_is_the_sum_of_the_refunds(table):
    payment = a_payment(status=PaymentStatus.SUCCEEDED, amount_refunded=100)
    save(an_order(), payments=(payment,))

    assert counters() == [(Kind.COUNTER, "pi_1", "amount_refunded is 100, counted 0")]


@pytest.mark.parametrize(("acknowledged", "found"), [(250, []), (100, ["counted 250"])])
def test_what_a_person_returned_is_compared_by_itself(table, acknowledged, found):
    payment = a_payment(status=PaymentStatus.SUCCEEDED)
    owed = Refund.owed(payment, RefundReason.ORDER_CANCELLED, at=THEN)
    failed = replace(owed, status=RefundStatus.FAILED, attempts=9)
    acknowledged_payment = payment.acknowledged(acknowledged)
    save(an_order(), payments=(acknowledged_payment,), refunds_=(failed.acknowledged(at=THEN),))

    assert [detail.split(", ")[-1] for _, _, detail in counters()] == found


def test_what_was_returned_before_a_refund_was_owed_again_is_counted(table):
    payment = a_payment(status=PaymentStatus.SUCCEEDED, amount_refunded=100)
    owed = Refund.owed(payment, RefundReason.ORDER_CANCELLED, at=THEN)
    save(an_order(), payments=(payment,), refunds_=(replace(owed, returned=100),))

    assert counters() == []


def test_the_usage_of_a_customer_is_counted(table):
    document = a_reading_document()
    save(an_order(document), document)
    set_attributes(keys.usage("ada"), unpaid_orders=4)

    assert counters() == [(Kind.COUNTER, "ada", "unpaid_orders is 4, counted 1")]


def test_a_customer_whose_usage_is_not_counted_at_all_is_named(table):
    save(an_order())
    client.write(Delete(key=keys.usage("ada")))

    assert counters() == [(Kind.COUNTER, "ada", "unpaid_orders is 0, counted 1")]


def test_a_slot_without_a_reading_is_named(table):
    document = a_read_document()
    save(an_order(document), document)
    set_attributes(keys.usage("ada"), in_flight={f"{document.id}/1": True})

    ((kind, subject, detail),) = counters()

    assert (kind, subject) == (Kind.COUNTER, "ada")
    assert document.id in detail


def test_a_debt_is_overdue_after_its_slack(table):
    document = a_reading_document()
    save(an_order(document), document)

    def overdue(at):
        return [(it.kind, it.subject) for it in of_debts(snapshot.of_table(), RANGE, at)]

    expected = keys.document(OID, document.id)["SK"]
    assert overdue(THEN + timedelta(minutes=29)) == []
    assert overdue(THEN + timedelta(minutes=31)) == [(Kind.DEBT_OVERDUE, expected)]


@pytest.mark.parametrize("document", [a_reading_document(), a_document()])
def test_a_debt_outside_the_index_is_missing(table, document):
    save(an_order(document), document)
    key = keys.document(OID, document.id)
    client.update(
        Update(key=key, condition="attribute_exists(PK)", remove=[("GSI2PK",), ("GSI2SK",)])
    )

    (difference,) = of_debts(snapshot.of_table(), RANGE, SOON)

    assert (difference.kind, difference.subject) == (Kind.DEBT_MISSING, key["SK"])


def test_a_debt_that_is_checked_too_late_differs(table):
    save(an_order())
    key = keys.order("ada", OID)

    def postpone(at):
        moved = keys.debt(Due(DebtClass.HOUSEKEEPING, at), OID, key)["GSI2SK"]
        change = Update(key=key, condition="attribute_exists(PK)", set={("GSI2SK",): moved})
        client.update(change)
        return [(it.kind, it.subject) for it in of_debts(snapshot.of_table(), RANGE, SOON)]

    expires_at = get_order().expires_at
    assert postpone(expires_at + timedelta(days=1)) == []
    assert postpone(expires_at + timedelta(days=3)) == [(Kind.DEBT_LATE, key["SK"])]


def test_a_task_outside_the_index_is_missing(table):
    save(an_order())
    task = Task(kind=TaskKind.ERASE, user_id="ada", order_id=OID, subject="D", created_at=THEN)
    client.write(tasks.put(task, at=THEN))
    key = keys.task(OID, task.kind, task.subject)
    client.update(
        Update(key=key, condition="attribute_exists(PK)", remove=[("GSI2PK",), ("GSI2SK",)])
    )

    (difference,) = of_debts(snapshot.of_table(), RANGE, SOON)

    assert (difference.kind, difference.subject) == (Kind.DEBT_MISSING, key["SK"])


def test_the_order_of_an_overdue_order_is_named(table):
    save(an_order())

    (difference,) = of_debts(snapshot.of_table(), RANGE, THEN + timedelta(days=31))

    assert difference.order_id == OID
