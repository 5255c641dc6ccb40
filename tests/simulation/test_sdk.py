"""The twin of the SDK repeats requests as botocore does."""

import io
import json
from random import Random
from typing import Any
from unittest.mock import patch

import boto3
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ClientError, EndpointConnectionError, ReadTimeoutError

from docket.runtime.aws import client_config
from tests.simulation.clock import Clock
from tests.simulation.differential import seed, steps
from tests.simulation.faults import Fault, Faults
from tests.simulation.sdk import Connection, error

CALLS = 300
WEIGHTS = {
    None: 5,
    Fault.UNREACHABLE: 2,
    Fault.SERVER_ERROR: 2,
    Fault.THROTTLED: 2,
    Fault.REPLY_LOST: 2,
    Fault.CONFLICT: 1,
}
CODES = {
    Fault.SERVER_ERROR: ("InternalServerError", 500),
    Fault.THROTTLED: ("ProvisionedThroughputExceededException", 400),
    Fault.CONFLICT: ("TransactionConflictException", 400),
}
KEY = {"PK": {"S": "a"}, "SK": {"S": "b"}}


class Script:
    """What happens to each attempt, the same for both; `attempts` counts them."""

    def __init__(self, seed):
        self._random = Random(seed)
        self.attempts = 0

    def next(self):
        self.attempts += 1
        return self._random.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]


class ScriptedFaults(Faults):
    def __init__(self, script):
        super().__init__(Random(0))
        self._script = script

    def fires(self, fault, place):
        if fault is Fault.CRASH_BEFORE:  # the first question of each attempt
            self._now = self._script.next()
        return fault is self._now


class Highest(Random):
    def random(self):
        return 1.0


class _Body(io.BytesIO):
    def stream(self, *_, **__):
        yield self.read()


def botocore_client(script):
    """The real client, without a network."""
    session: Any = boto3.Session(
        aws_access_key_id="test", aws_secret_access_key="test", region_name="eu-central-1"
    )
    client: Any = session.client("dynamodb", config=client_config(3))

    def send(request, **_):
        fault = script.next()
        if fault is Fault.UNREACHABLE:
            raise EndpointConnectionError(endpoint_url=request.url)
        if fault is Fault.REPLY_LOST:
            raise ReadTimeoutError(endpoint_url=request.url)
        code, status = CODES.get(fault, ("", 200))
        body = {"__type": f"com.amazonaws.dynamodb.v20120810#{code}"} if code else {}
        headers: Any = {"content-type": "application/x-amz-json-1.0"}
        return AWSResponse(request.url, status, headers, _Body(json.dumps(body).encode()))

    client.meta.events.register_first("before-send", send)  # also before moto, if it is active
    return client


def outcome(call):
    try:
        call()
    except ClientError as failure:
        return failure.response["Error"]["Code"]
    except (EndpointConnectionError, ReadTimeoutError) as failure:
        return type(failure).__name__
    return "success"


def test_random_faults_have_the_same_outcome_after_as_many_attempts():
    real_script, twin_script = Script(seed(5)), Script(seed(5))
    real, clock = botocore_client(real_script), Clock()
    twin = Connection("dynamodb", clock, ScriptedFaults(twin_script), Highest(), latency=False)
    refusals = [
        (fault, lambda code=code, status=status: error("GetItem", code, "", status=status))
        for fault, (code, status) in CODES.items()
    ]
    outcomes = set()

    for call in range(steps(CALLS)):
        before = clock.true_time()
        with patch("time.sleep") as sleep:
            expected = outcome(lambda: real.get_item(TableName="docket", Key=KEY))
        actual = outcome(lambda: twin.call("GetItem", lambda: None, refusals))

        assert actual == expected, f"call {call}"
        assert twin_script.attempts == real_script.attempts, f"call {call}"
        waited = sum(pause.args[0] for pause in sleep.call_args_list)
        assert 0 <= waited <= clock.true_time() - before + 1e-3, f"call {call}"
        outcomes.add(actual)

    assert len(outcomes) == 6, "an outcome did not occur"
