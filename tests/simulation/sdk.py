"""The SDK between a twin's client and its service: faults, and the repeats of botocore.

botocore's standard retry mode repeats a request that was throttled, failed on the server, or whose
reply did not arrive, at most four times here, as long as its quota of retries lasts. The request
that is repeated is the same, with the same client token.
"""

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any

from botocore import exceptions as failures
from botocore.exceptions import ClientError

from tests.simulation.clock import Clock
from tests.simulation.faults import Crash, Fault, Faults

ATTEMPTS = 5
"""`max_attempts` of `docket.runtime.aws.client_config`, and the first attempt."""

READ_TIMEOUT_SECONDS = 3.0
LATENCY_SECONDS = (0.002, 0.02)

QUOTA = 500
RETRY_COST = 14
THROTTLING_RETRY_COST = 5
MAX_BACKOFF_SECONDS = 20.0
THROTTLING_BACKOFF_SECONDS = 1.0
BACKOFF_SECONDS = {"dynamodb": 0.025}
DEFAULT_BACKOFF_SECONDS = 0.05

_TRANSIENT_CODES = {"RequestTimeout", "RequestTimeoutException", "PriorRequestNotComplete"}
_TRANSIENT_STATUSES = {500, 502, 503, 504}
_THROTTLING_CODES = {
    "Throttling",
    "ThrottlingException",
    "ThrottledException",
    "RequestThrottledException",
    "RequestThrottled",
    "TooManyRequestsException",
    "ProvisionedThroughputExceededException",
    "TransactionInProgressException",
    "RequestLimitExceeded",
    "BandwidthLimitExceeded",
    "LimitExceededException",
    "SlowDown",
    "PriorRequestNotComplete",
    "EC2ThrottledException",
}

type Refusals = Sequence[tuple[Fault, Callable[[], Exception]]]
"""The faults by which a service refuses a request without effect, each with its error."""


def error(
    operation: str,
    code: str,
    message: str,
    *,
    status: int = 400,
    fields: Mapping[str, Any] | None = None,
) -> ClientError:
    """The error that botocore makes of a service's refusal; `fields` stand beside `Error`."""
    response: Any = {
        "Error": {"Code": code, "Message": message},
        "ResponseMetadata": {"HTTPStatusCode": status, "HTTPHeaders": {}, "RetryAttempts": 0},
        **(fields or {}),
    }
    return ClientError(response, operation)


class Connection:
    """One client's calls to one service."""

    def __init__(
        self,
        service: str,
        clock: Clock,
        faults: Faults,
        random: Random,
        *,
        latency: bool = True,
        unreachable: Callable[[], Exception] | None = None,
        timed_out: Callable[[], Exception] | None = None,
    ) -> None:
        """Without `latency` no time passes. The two errors are botocore's, if none are given."""
        url = f"https://{service}.test"
        self.service, self.clock, self.faults, self.random = service, clock, faults, random
        self._latency = latency
        self.note: Callable[[str], None] = lambda text: None
        """Called with each effect, for the story of the life."""
        self._quota = QUOTA
        self._unreachable = unreachable or (
            lambda: failures.EndpointConnectionError(endpoint_url=url)
        )
        self._timed_out = timed_out or (lambda: failures.ReadTimeoutError(endpoint_url=url))

    def call[R](
        self, operation: str, effect: Callable[[], R], refusals: Refusals = (), detail: str = ""
    ) -> R:
        """The result of `effect`. Raises what botocore would, or `Crash`."""
        place = f"{self.service}.{operation}{detail and ' '}{detail}"
        acquired = 0
        for attempt in range(1, ATTEMPTS + 1):
            try:
                reply = self.attempt(place, effect, refusals)
            except (ClientError, failures.ConnectionError, failures.HTTPClientError) as failure:
                throttled = _is_throttled(failure)
                cost = THROTTLING_RETRY_COST if throttled else RETRY_COST
                if (
                    attempt == ATTEMPTS
                    or not (throttled or _is_transient(failure))
                    or cost > self._quota
                ):
                    raise
                self._quota -= cost
                acquired = cost
                self._back_off(attempt, throttled=throttled)
            else:
                self._quota = min(QUOTA, self._quota + (acquired or 1))
                return reply
        raise AssertionError("the last attempt returns or raises")

    def attempt[R](self, place: str, effect: Callable[[], R], refusals: Refusals = ()) -> R:
        """One attempt, with its faults. For clients of another SDK, which repeats by itself."""
        fires = self.faults.fires
        if fires(Fault.CRASH_BEFORE, place):
            raise Crash(place)
        if self._latency:
            self.clock.sleep(self.random.uniform(*LATENCY_SECONDS))
        if fires(Fault.UNREACHABLE, place):
            raise self._unreachable()
        for fault, refusal in refusals:
            if fires(fault, place):
                raise refusal()
        reply = effect()
        self.note(place)
        if fires(Fault.CRASH_AFTER, place):
            raise Crash(place)
        if fires(Fault.REPLY_LOST, place):
            if self._latency:
                self.clock.sleep(READ_TIMEOUT_SECONDS)
            raise self._timed_out()
        return reply

    def _back_off(self, attempt: int, *, throttled: bool) -> None:
        base = BACKOFF_SECONDS.get(self.service, DEFAULT_BACKOFF_SECONDS)
        scale = THROTTLING_BACKOFF_SECONDS if throttled else base
        longest = min(scale * 2 ** (attempt - 1), MAX_BACKOFF_SECONDS)
        self.clock.sleep(self.random.random() * longest)


def _is_throttled(failure: Exception) -> bool:
    return isinstance(failure, ClientError) and _code(failure) in _THROTTLING_CODES


def _is_transient(failure: Exception) -> bool:
    if not isinstance(failure, ClientError):
        return True
    status = failure.response["ResponseMetadata"]["HTTPStatusCode"]
    return _code(failure) in _TRANSIENT_CODES or status in _TRANSIENT_STATUSES


def _code(failure: ClientError) -> str:
    return failure.response["Error"]["Code"]
