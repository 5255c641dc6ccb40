import os
import subprocess
import sys
from random import Random

import pytest

from tests.simulation.aws import SimulatedAws
from tests.simulation.faults import RATES, Fault, Faults
from tests.simulation.shrink import shrink


def test_only_the_faults_that_matter_are_left():
    def live(suppressed):
        fired = [number for number in range(40) if number not in suppressed]
        return fired if {3, 17} <= set(fired) else None

    assert shrink(live) == set(range(40)) - {3, 17}


def test_a_life_that_does_not_fail_is_not_shrunk():
    with pytest.raises(AssertionError, match="does not fail"):
        shrink(lambda suppressed: None)


def lose_updates(seed, suppressed):
    """A life whose handlers add to a number, and trust that each call happens once."""
    aws = SimulatedAws(seed, faults=always_with(Fault.REPLY_LOST), suppressed=suppressed)
    client = aws.life.clients["dynamodb"]

    def add():
        client.update_item(
            TableName="docket",
            Key={"PK": {"S": "a"}, "SK": {"S": "b"}},
            UpdateExpression="ADD n :one",
            ExpressionAttributeValues={":one": {"N": "1"}},
        )

    for _ in range(20):
        aws.world.start("add", add)
    aws.world.run_dry(within_seconds=600)
    return aws


def always_with(fault):
    def faults(random: Random, suppressed):
        return Faults(random, {fault: RATES[-1]}, suppressed)

    return faults


def test_a_failing_life_becomes_a_short_story():
    def live(suppressed):
        aws = lose_updates(1, suppressed)
        (item,) = aws.store.items()
        fails = item["n"] != {"N": "20"}
        return [firing.number for firing in aws.faults.firings] if fails else None

    suppressed = shrink(live)
    aws = lose_updates(1, suppressed)

    assert len(lose_updates(1, ()).faults.firings) > 3
    (firing,) = aws.faults.firings
    assert f"FAULT {firing.number}: reply lost after the effect" in aws.world.story()
    assert "add#1 begins" in aws.world.story()
    assert live(suppressed | {firing.number}) is None


PRINT_STORY = """
from tests.simulation.test_shrink import lose_updates
print(lose_updates(3, ()).world.story())
"""


def test_a_seed_has_the_same_steps_in_every_process():
    def story(hash_seed):
        """The story in a process in which sets have another order."""
        environment = {
            **os.environ,
            "PYTHONHASHSEED": hash_seed,
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        command = [sys.executable, "-c", PRINT_STORY]
        result = subprocess.run(command, env=environment, check=True, capture_output=True)  # noqa: S603 - the text is above
        return result.stdout

    assert story("1") == story("2") == f"{lose_updates(3, ()).world.story()}\n".encode()
