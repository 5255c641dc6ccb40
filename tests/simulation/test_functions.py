"""The real functions run in the simulation, also when their runs overlap."""

import json
from collections import Counter
from functools import partial

import pytest

from docket.table import keys
from tests.make_calls import EDGE_KEY, a_request
from tests.simulation.aws import ENVIRONMENT, SimulatedAws
from tests.simulation.faults import Crash, Fault, Faults
from tests.simulation.functions import Functions
from tests.simulation.process import simulated_process
from tests.simulation.world import Run

SETTINGS = {
    "DOCKET_EDGE_KEYS": EDGE_KEY,
    "DOCKET_UNPAID_ORDERS": "20",
    "DOCKET_UNPAID_PAGES": "500",
    "DOCKET_DOCUMENTS_A_DAY": "100",
    "DOCKET_READER_SLOTS": "4",
    "DOCKET_ORDER_EXPIRY_DAYS": "30",
    "DOCKET_INVOICE_YEARS": "10",
    "DOCKET_NOTICE_DAYS": "30",
    "DOCKET_COMPLETION_MINUTES": "60",
    "DOCKET_VERIFICATION": "never",
    "DOCKET_PRICE_BASE": "200",
    "DOCKET_PRICE_PER_PAGE": "50",
    "DOCKET_PRICE_CURRENCY": "eur",
    "POWERTOOLS_METRICS_NAMESPACE": "Docket",
    "POWERTOOLS_SERVICE_NAME": "docket",
}


@pytest.fixture
def process():
    with simulated_process({**ENVIRONMENT, **SETTINGS}) as simulated:
        yield simulated


@pytest.fixture(scope="module")
def functions():
    return Functions()


STATEFUL = """
busy = False


def handler(event, context):
    global busy
    assert not busy
    busy = True
    event()
    busy = False
    return __name__
"""


@pytest.fixture
def stateful(tmp_path):
    """A function whose module has a state during a run, as a resolver has."""
    (tmp_path / "stateful.py").write_text(STATEFUL)
    return Functions(tmp_path)


def test_overlapping_runs_never_share_a_module(stateful):
    aws, runs = SimulatedAws(1), list[Run]()

    for _ in range(3):
        for _ in range(5):
            handler = partial(stateful.handler("stateful"), lambda: aws.clock.sleep(1), None)
            aws.world.start("stateful", handler, done=runs.append)
        aws.world.run(60)

    assert [run.raised for run in runs] == [None] * 15
    assert stateful.starts == 5


def test_a_crash_ends_the_environment(stateful):
    def crash():
        raise Crash("here")

    aws = SimulatedAws(1)
    crashed = aws.world.call("stateful", partial(stateful.handler("stateful"), crash, None))
    after = aws.world.call("stateful", partial(stateful.handler("stateful"), list, None))

    assert isinstance(crashed.raised, Crash)
    assert after.reply == "functions.stateful"
    assert stateful.starts == 2


def create_orders(process, functions, seed, faults, idempotency_keys):
    """Customers create orders at the same time. Returns the life, and the ended runs."""
    aws = SimulatedAws(seed, faults=faults)
    process.live(aws.life)
    runs: list[Run] = []
    for key in idempotency_keys:
        event = a_request(
            "POST",
            "/api/v1/orders",
            {"title": key},
            caller={"user_id": "ada", "session_id": "S1"},
            headers={"idempotency-key": key},
        )
        handler = partial(functions.handler("orders/create"), event, None)
        aws.world.start("orders/create", handler, done=runs.append)
    aws.world.run_dry(within_seconds=3600)
    return aws, runs


def orders_in(aws):
    return [item for item in aws.store.items() if item["SK"]["S"].startswith(keys.ORDERS)]


def test_runs_that_overlap_have_environments_of_their_own(process, functions):
    titles = [f"order-{number}" for number in range(8)]

    for seed in range(3):  # the second time with the environments of the first
        aws, runs = create_orders(process, functions, seed, Faults, titles)

        replies = [json.loads(run.reply["body"]) for run in runs]
        assert sorted(reply["title"] for reply in replies) == titles
        assert sorted(item["title"]["S"] for item in orders_in(aws)) == titles

    assert functions.starts == 8


def test_one_idempotency_key_creates_one_order_whatever_goes_wrong(process, functions):
    fired, outcomes = Counter[Fault](), Counter[str]()
    for seed in range(40):
        aws, runs = create_orders(process, functions, seed, Faults.evenly, ["same"] * 4)

        assert len(orders_in(aws)) <= 1
        created = {
            json.loads(run.reply["body"])["id"]
            for run in runs
            if run.reply and run.reply["statusCode"] == 201
        }
        assert len(created) <= 1
        outcomes.update(str(run.reply["statusCode"]) if run.reply else "crash" for run in runs)
        fired += aws.faults.counts()

    assert outcomes["201"] > 30
    assert {"crash", "201"} <= set(outcomes)
    assert fired[Fault.REPLY_LOST] > 5
