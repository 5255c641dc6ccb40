"""Faults reach the code as the SDK shows them, and the code's own defences hold against them."""

from collections import Counter
from functools import partial
from random import Random

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from docket.domain.errors import ConcurrentChange, TableUnavailable
from docket.table import client
from docket.table.client import Put, Update
from tests.simulation.aws import ENVIRONMENT, SimulatedAws
from tests.simulation.faults import OF_RETURNS, RATE_OF_RETURNS, RATES, Fault, Faults
from tests.simulation.process import simulated_process

COUNTER = {"PK": "COUNTER", "SK": "COUNTER"}
AT_CALLS = [
    Fault.CRASH_BEFORE,
    Fault.CRASH_AFTER,
    Fault.UNREACHABLE,
    Fault.SERVER_ERROR,
    Fault.THROTTLED,
    Fault.REPLY_LOST,
    Fault.CONFLICT,
    Fault.PART_THROTTLED,
    Fault.TOKEN_FORGOTTEN,
]


@pytest.fixture
def process():
    with simulated_process(ENVIRONMENT) as simulated:
        yield simulated


def with_rates(**rates):
    by_fault = {Fault[name.upper()]: rate for name, rate in rates.items()}
    return lambda random, suppressed: Faults(random, by_fault, suppressed)


def count_once(number):
    """Put an item with a unique id, and count it in the same transaction."""
    client.write(
        Put(item={"PK": "ITEM", "SK": f"{number:04}", "id": f"id {number}"}),
        Update(key=COUNTER, condition="attribute_exists(PK)", add={("items",): 1}),
    )


def run_counting(process, seed, rates, writers=12, suppressed=()):
    """Handlers that count items at the same time. Returns the life and the outcomes of the runs."""
    aws = SimulatedAws(seed, faults=rates, suppressed=suppressed)
    process.live(aws.life)
    stored = {name: {"S": value} for name, value in COUNTER.items()} | {"items": {"N": "0"}}
    aws.store.write(("COUNTER", "COUNTER"), aws.store.check(stored))
    outcomes: list[str] = []
    for number in range(writers):
        aws.world.start(
            "count",
            partial(count_once, number),
            done=lambda run: outcomes.append(type(run.raised).__name__),
        )
    aws.world.run_dry(within_seconds=3600)
    return aws, outcomes


@pytest.mark.parametrize("fault", AT_CALLS)
def test_a_counter_equals_what_it_counts_under_each_fault(fault, process):
    fired = Counter[Fault]()
    outcomes = Counter[str]()
    for seed in range(8):
        rates = {fault.name: 0.25, **({"REPLY_LOST": 0.25} if "token" in fault else {})}
        aws, ended = run_counting(process, seed, with_rates(**rates))
        items = [item for item in aws.store.items() if item["PK"]["S"] == "ITEM"]
        counted = aws.store.get(("COUNTER", "COUNTER"))
        assert counted
        assert counted["items"]["N"] == str(len(items))
        fired += aws.faults.counts()
        outcomes.update(ended)

    assert fired[fault] > 5
    allowed = {"NoneType", "Crash", ConcurrentChange.__name__, TableUnavailable.__name__}
    assert set(outcomes) <= allowed
    assert outcomes["NoneType"] > 30


@pytest.mark.parametrize("fault", Fault)
def test_a_life_draws_each_rate_from_the_three_or_has_many_returns(fault):
    rates = {Faults.drawn(Random(seed))._rates.get(fault, 0.0) for seed in range(200)}

    assert rates == {*RATES, *([RATE_OF_RETURNS] if fault in OF_RETURNS else [])}


def test_a_seed_gives_the_same_faults_and_the_same_table(process):
    lives = [run_counting(process, 5, Faults.drawn) for _ in range(2)]

    (first, first_outcomes), (second, second_outcomes) = lives
    assert first.faults.firings == second.faults.firings
    assert first.faults.firings
    assert first_outcomes == second_outcomes
    assert first.store.items() == second.store.items()


def test_a_suppressed_fault_does_not_happen(process):
    aws, _ = run_counting(process, 5, Faults.drawn)
    numbers = [firing.number for firing in aws.faults.firings]
    spared, _ = run_counting(process, 5, Faults.drawn, suppressed=set(numbers[:1]))
    none, outcomes = run_counting(process, 5, Faults.drawn, suppressed=range(100_000))

    assert numbers
    assert numbers[0] not in [firing.number for firing in spared.faults.firings]
    assert none.faults.firings == []
    assert set(outcomes) == {"NoneType"}


def test_after_the_faults_have_stopped_nothing_goes_wrong(process):
    aws = SimulatedAws(1, faults=with_rates(unreachable=1))
    process.live(aws.life)

    with pytest.raises(TableUnavailable):
        client.get(COUNTER)
    aws.faults.stop()

    assert client.get(COUNTER) is None


def test_s3_denies_access_to_what_is_there_for_a_moment(process):
    aws = SimulatedAws(1, faults=with_rates(access_denied=1))
    s3_client = aws.life.clients["s3"]
    aws.bucket.put("a", b"x")

    with pytest.raises(ClientError) as refused:
        s3_client.get_object(Bucket="documents", Key="a")

    assert refused.value.response["Error"]["Code"] == "AccessDenied"


def test_the_body_of_an_object_may_break_off(process):
    aws = SimulatedAws(1, faults=with_rates(body_lost=1))
    aws.bucket.put("a", b"x")

    reply = aws.life.clients["s3"].get_object(Bucket="documents", Key="a")

    with pytest.raises(ReadTimeoutError):
        reply["Body"].read()
