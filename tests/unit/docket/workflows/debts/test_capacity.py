from datetime import timedelta

from docket.domain.debt import CLAIM, DebtClass
from docket.workflows.debts.capacity import (
    CAPACITY,
    STRIPE_CALLS_A_SECOND,
    WORKER_CALLS_A_SECOND,
    WORKERS,
)
from docket.workflows.debts.dispatch import CALLS
from infra.endpoints.events import SEND_MAIL, SETTLE_DEBT
from infra.queues import QUEUES
from infra.settings import DEV


def test_all_workers_together_call_stripe_no_more_than_is_allowed():
    calling = [debt_class for debt_class in DebtClass if CAPACITY[debt_class].calls]
    workers = sum(WORKERS[debt_class] for debt_class in calling)

    assert workers * WORKER_CALLS_A_SECOND <= STRIPE_CALLS_A_SECOND == 25
    assert sum(CAPACITY[debt_class].calls for debt_class in calling) <= 60 * STRIPE_CALLS_A_SECOND


def test_workers_can_make_the_calls_that_a_minute_is_planned_for():
    for debt_class, capacity in CAPACITY.items():
        assert capacity.calls <= WORKERS[debt_class] * WORKER_CALLS_A_SECOND * 60


def test_a_minute_suffices_for_any_single_debt():
    assert CAPACITY[DebtClass.MONEY].calls > 10 * max(CALLS.values())
    assert CAPACITY[DebtClass.WORK].calls == 0


def test_the_queues_invoke_as_many_workers_as_the_calls_are_planned_for():
    queues = {queue.name: queue for queue in QUEUES if queue.name in {*DebtClass}}

    assert {name: queue.concurrency(DEV) for name, queue in queues.items()} == dict(WORKERS)


def test_a_claim_outlasts_its_worker():
    for worker in (SETTLE_DEBT, SEND_MAIL):
        assert timedelta(seconds=worker.timeout_seconds) < CLAIM
