"""The code runs in a simulated process: virtual time, seeded ids, and the twins' clients."""

import ast
from datetime import UTC, datetime
from pathlib import Path

import pytest

from docket.gateways import s3, secrets
from docket.runtime import clock, config
from docket.table import client, keys
from docket.table.client import ConditionFailed, Put, Update
from tests.simulation.aws import ENVIRONMENT, SimulatedAws
from tests.simulation.clock import START
from tests.simulation.process import simulated_process

ROOT = Path(__file__).parents[2]
CORE = ROOT / "layers/core/python/docket"
KEY = {"PK": "USER#ada", "SK": "ORDER#1"}


@pytest.fixture
def aws():
    with simulated_process(ENVIRONMENT) as process:
        simulated = SimulatedAws(1)
        process.live(simulated.life)
        yield simulated


def test_the_time_is_that_of_the_life(aws):
    aws.world.run(90)

    assert clock.now() == datetime(2026, 3, 2, 8, 1, 30, tzinfo=UTC)
    assert START.tzinfo is UTC


def test_ids_are_sorted_by_time_and_depend_on_the_seed_only(aws):
    first = [clock.new_id() for _ in range(3)]
    aws.world.run(1)
    later = clock.new_id()

    assert max(first) < later
    assert len(later) == 26
    assert first == [SimulatedAws(1).life.ids.new(), *first[1:]]


def test_the_table_client_runs_on_the_twin(aws):
    client.write(Put(item={**KEY, "status": "open", "count": 1}))
    with pytest.raises(ConditionFailed) as refused:
        client.write(Put(item={**KEY, "status": "paid", "id": "other"}))
    updated = client.update(
        Update(key=KEY, condition="#status = :open", add={("count",): 2}, values={"open": "open"})
    )

    assert refused.value.stored_item == {**KEY, "status": "open", "count": 1}
    assert updated["count"] == 3
    assert client.get(KEY) == updated
    assert list(client.query(partition="USER#ada", prefix=keys.ORDERS)) == [updated]


def test_files_and_secrets_are_those_of_the_life(aws):
    s3.put_result("D1", 1, b'{"pages": []}')
    aws.secrets.put("stripe", secret_key="first")

    assert s3.result("D1", 1) == {"pages": []}
    assert secrets.secret("stripe") == {"secret_key": "first"}
    aws.secrets.put("stripe", secret_key="second")
    assert secrets.secret("stripe") == {"secret_key": "first"}
    aws.world.run(secrets.CACHE_SECONDS + 1)
    assert secrets.secret("stripe") == {"secret_key": "second"}


def test_a_run_continues_with_the_settings_of_its_beginning(aws):
    seen = []

    def run():
        seen.append(config.read(config.Table).table)
        aws.clock.sleep(2)
        seen.append(config.read(config.Table).table)

    aws.world.start("before", run)
    aws.world.run(1)
    aws.life.settings = {"DOCKET_TABLE": "other"}
    aws.world.start("after", run)
    aws.world.run(9)

    assert seen == [ENVIRONMENT["DOCKET_TABLE"], "other", ENVIRONMENT["DOCKET_TABLE"], "other"]


def test_every_module_that_reads_the_time_is_in_the_simulation():
    """A module that imports `time`, `datetime.now` or randomness elsewhere would escape it."""
    asking = {
        path.relative_to(ROOT).as_posix().removeprefix("layers/core/python/docket/")
        for folder in (CORE, ROOT / "functions")
        for path in folder.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if _asks_the_platform(node)
    }

    assert asking == {
        "gateways/secrets.py",
        "gateways/stripe.py",
        "gateways/stripe_pace.py",
        "runtime/batch.py",
        "runtime/clock.py",
        "runtime/snapshot.py",  # seeds `random` where snapshots are taken
        "table/client.py",
    }


def _asks_the_platform(node):
    match node:
        case ast.Import(names=names):
            return any(name.name in {"time", "random", "uuid"} for name in names)
        case ast.ImportFrom(module=module):
            return module in {"time", "random", "uuid", "ulid"}
        case ast.Attribute(value=ast.Name(id="datetime"), attr=attribute):
            return attribute in {"now", "utcnow", "today"}
    return False
