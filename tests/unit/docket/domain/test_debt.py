from dataclasses import replace
from datetime import timedelta

import pytest

from docket.domain.debt import (
    HOUSEKEEPING_BACK_OFF,
    MAIL_BACK_OFF,
    DebtClass,
    Due,
    due,
    needs_person,
    retry_after,
)
from docket.domain.orders.document import WAITING_FOR_SCAN
from docket.domain.orders.order import OrderStatus
from docket.domain.payments.payment import DisputeStatus, PaymentStatus, RefundStatus
from docket.domain.payments.refund import BACK_OFF, Refund, RefundReason
from docket.domain.task import Task, TaskKind, UnhandledEvent
from tests.make import (
    OID,
    THEN,
    a_document,
    a_payment,
    a_read_document,
    a_reading_document,
    an_order,
)
from tests.make_people import a_mail

MONEY, WORK, HOUSEKEEPING, MAIL = DebtClass
PAID = a_payment(status=PaymentStatus.SUCCEEDED, promised_at=THEN + timedelta(hours=2))
REFUND = Refund.owed(PAID, RefundReason.QUOTE_CHANGED, at=THEN)
TASK = Task(kind=TaskKind.ERASE, user_id="ada", order_id=OID, subject="d", created_at=THEN)
FAILED = replace(REFUND, status=RefundStatus.FAILED, attempts=2)


@pytest.mark.parametrize(
    ("debtor", "debt_class", "minutes"),
    [
        (an_order(), HOUSEKEEPING, 30 * 24 * 60),
        (an_order(payment=PAID, status=OrderStatus.PROCESSING), MONEY, 120),
        (a_document(), HOUSEKEEPING, 30),
        (a_reading_document(), WORK, 15),
        (a_reading_document(admitted_at=None), WORK, 15),
        (a_reading_document(admitted_at=None, status_reason=WAITING_FOR_SCAN), WORK, 15),
        (a_payment(), HOUSEKEEPING, 24 * 60),
        (a_payment().to_cancel(), MONEY, 0),
        (a_payment(status=PaymentStatus.PROCESSING), MONEY, 60),
        (replace(PAID, dispute=DisputeStatus.OPEN), MONEY, 24 * 60),
        (REFUND, MONEY, 0),
        (replace(REFUND, status=RefundStatus.PENDING), MONEY, 6 * 60),
        (FAILED, MONEY, 60),
        (replace(FAILED, attempts=5), MONEY, 24 * 60),
        (TASK, HOUSEKEEPING, 0),
        (UnhandledEvent(event_id="evt_1", failed_at=THEN), MONEY, 15),
        (a_mail(), MAIL, 0),
    ],
)
def test_what_is_owed_is_checked(debtor, debt_class, minutes):
    assert due(debtor, THEN) == Due(debt_class, THEN + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    "settled",
    [
        an_order(status=OrderStatus.COMPLETED, payment=PAID),
        an_order(status=OrderStatus.CANCELLED),
        an_order(status=OrderStatus.PROCESSING, payment=a_payment()),
        a_read_document(),
        PAID,
        a_payment(status=PaymentStatus.CANCELED),
        replace(REFUND, status=RefundStatus.SUCCEEDED),
    ],
)
def test_what_is_settled_is_not_due(settled):
    assert due(settled, THEN) is None


@pytest.mark.parametrize(("hours", "minutes"), [(0, 15), (1, 15), (2, 30), (4, 60), (700, 60)])
def test_a_document_that_waits_for_a_payment_is_checked_less_and_less_often(hours, minutes):
    waiting = a_reading_document(admitted_at=None).limited(5000)
    assert waiting.reading_since
    now = waiting.reading_since + timedelta(hours=hours)

    assert due(waiting, now) == Due(WORK, now + timedelta(minutes=minutes))


def test_a_document_that_waits_for_a_reader_is_always_checked_soon():
    waiting = a_reading_document(admitted_at=None)
    assert waiting.reading_since
    now = waiting.reading_since + timedelta(hours=700)

    assert due(waiting, now) == Due(WORK, now + timedelta(minutes=15))


def test_the_checks_of_an_upload_form_end():
    hours = [due(a_document(), THEN + timedelta(hours=hours)) for hours in (1, 7, 25)]

    assert hours == [
        Due(HOUSEKEEPING, THEN + timedelta(hours=6)),
        Due(HOUSEKEEPING, THEN + timedelta(hours=24)),
        None,
    ]


def test_a_reading_is_checked_again_at_its_deadline():
    check = due(a_reading_document(), THEN + timedelta(minutes=15))

    assert check == Due(WORK, THEN + timedelta(minutes=30))


def test_an_overdue_check_is_due_now():
    now = THEN + timedelta(days=99)

    assert due(an_order(), now) == Due(HOUSEKEEPING, now)
    assert due(a_reading_document(), now) == Due(WORK, now)


@pytest.mark.parametrize(
    ("debt_class", "back_off"),
    [(MONEY, BACK_OFF), (HOUSEKEEPING, HOUSEKEEPING_BACK_OFF), (MAIL, MAIL_BACK_OFF)],
)
def test_a_debt_that_is_not_settled_is_tried_again_ever_later(debt_class, back_off):
    delays = [retry_after(debt_class, failures) for failures in range(1, len(back_off) + 3)]

    assert delays == [*back_off, back_off[-1], back_off[-1]]
    assert delays == sorted(delays)
    assert not needs_person(debt_class, len(back_off))
    assert needs_person(debt_class, len(back_off) + 1)
