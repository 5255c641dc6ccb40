from dataclasses import replace
from datetime import timedelta

import pytest

from docket.domain.debt import DebtClass
from docket.domain.payments.refund import BACK_OFF
from docket.domain.task import UnhandledEvent
from docket.table import debts, keys
from docket.table.payments import unhandled_events
from tests.make import THEN
from tests.table_state import item_at, stored

pytestmark = pytest.mark.usefixtures("table")

EVENT = UnhandledEvent(event_id="evt_1", failed_at=THEN, payment_intent_id="pi_1")


def test_an_event_that_could_not_be_handled_is_owed():
    unhandled_events.owe(EVENT, at=THEN)

    shard = keys.shard(EVENT.event_id)
    (debt,) = debts.due(DebtClass.MONEY, shard, by=THEN + BACK_OFF[0], limit=9)
    assert unhandled_events.from_item(item_at(debt.key)) == EVENT


def test_a_later_failure_of_an_event_does_not_postpone_it():
    unhandled_events.owe(EVENT, at=THEN)
    before = stored()

    later = THEN + timedelta(minutes=1)
    unhandled_events.owe(replace(EVENT, failed_at=later), at=later)

    assert stored() == before


def test_a_handled_event_is_owed_no_longer():
    unhandled_events.owe(EVENT, at=THEN)

    unhandled_events.finish(EVENT)
    unhandled_events.finish(EVENT)

    assert stored() == []
