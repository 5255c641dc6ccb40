"""The real functions run in the simulation, also when their runs overlap."""

import json
from collections import Counter
from functools import partial

import pytest

from docket.table import keys
from tests.make_calls import a_request
from tests.simulation.aws import ENVIRONMENT, SimulatedAws
from tests.simulation.faults import Fault, Faults
from tests.simulation.functions import Functions
from tests.simulation.process import simulated_process
from tests.simulation.world import Run

PRICES = {
    "DOCKET_PRICE_BASE": "200",
    "DOCKET_PRICE_PER_PAGE": "50",
    "DOCKET_PRICE_CURRENCY": "eur",
    "POWERTOOLS_METRICS_NAMESPACE": "Docket",
    "POWERTOOLS_SERVICE_NAME": "docket",
}


@pytest.fixture
def process():
    with simulated_process({**ENVIRONMENT, **PRICES}) as simulated:
        yield simulated


@pytest.fixture(scope="module")
def functions():
    return Functions()


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

    aws, runs = create_orders(process, functions, 1, Faults, titles)

    replies = [json.loads(run.reply["body"]) for run in runs]
    assert sorted(reply["title"] for reply in replies) == titles
    assert sorted(item["title"]["S"] for item in orders_in(aws)) == titles
    assert functions.starts == 8


def test_one_idempotency_key_creates_one_order_whatever_goes_wrong(process, functions):
    fired, outcomes = Counter[Fault](), Counter[str]()
    for seed in range(40):
        aws, runs = create_orders(process, functions, seed, Faults.drawn, ["same"] * 4)

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
