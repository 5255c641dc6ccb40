"""`make bench-logins`: whether a time tells that an address has an account; a thousand guesses.

The handlers run on moto with the real password hashes. For each operation 1,000 requests with an
address that has an account and 1,000 with one that has none are made in random order, each from a
network of its own. The area under the curve (AUC) is the probability that a request of the first
kind takes longer than one of the second: .5 tells nothing, and the aim is .45 to .55. The time of
the processor shows what the load of the machine hides in that of the clock. Moto's time is not
counted, since AWS needs another; instead both kinds have to make the same calls, with as many parts
of transactions. Prints a table, then one line of JSON.
"""

import json
import os
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from time import perf_counter, process_time
from types import ModuleType
from typing import Any
from unittest.mock import patch

from moto.core.botocore_stubber import BotocoreStubber

from bench.database.table_stage import stage
from docket.auth import password_hashing
from docket.domain import rate_limits
from docket.domain.accounts.user import Credential, User
from docket.gateways import secrets
from docket.runtime import config
from docket.runtime.clock import new_id
from docket.table.accounts import users
from functions.auth import forgot_password, login, register
from infra.setting_types.rate_limits import RATE_LIMITS, UNLIMITED, RateLimits
from tests.make_calls import a_request

TRIES = 1000
"""Requests with a known address, and as many with an unknown one."""
GUESSES = 1000
"""Wrong passwords for one account."""
LOWEST_AUC = 0.45
"""Below it a time tells that an address has an account."""
HIGHEST_AUC = 0.55
"""Above it a time tells that an address has an account."""
SEED = 14
"""Of the order of requests, which is the same in each run."""
PASSWORD = "seven purple bicycles"  # noqa: S105 - of made accounts
START = datetime(2030, 1, 1, tzinfo=UTC)
"""The beginning of a window of the limits."""

SETTINGS = {
    "DOCKET_IDENTITY_PROVIDER": "jwt",
    "DOCKET_AUTHORIZER": "lambda",
    "DOCKET_ISSUER": "docket",
    "DOCKET_AUDIENCE": "docket-api",
    "DOCKET_ACCESS_TOKEN_SECONDS": "900",
    "DOCKET_REFRESH_TOKEN_SECONDS": "2592000",
    "DOCKET_SESSION_SECONDS": "15552000",
    "DOCKET_VERIFICATION": "before_payment",
}


@dataclass(frozen=True)
class Operation:
    """A request that anybody may make with an address."""

    module: ModuleType
    body: dict[str, str]
    status: int


OPERATIONS = {
    "login": Operation(login, {"password": "a wrong password"}, 401),
    "forgot-password": Operation(forgot_password, {}, 202),
    "register": Operation(register, {"password": PASSWORD}, 202),
}


def auc(known: Sequence[float], unknown: Sequence[float]) -> float:
    """The probability that a value of `known` is above one of `unknown` (Mann and Whitney, 1947).

    Equal values count half.
    """
    ranked = sorted([(value, True) for value in known] + [(value, False) for value in unknown])
    wins, below, start = 0.0, 0, 0
    while start < len(ranked):
        end = start
        while end < len(ranked) and ranked[end][0] == ranked[start][0]:
            end += 1
        of_known = sum(is_known for _, is_known in ranked[start:end])
        of_unknown = end - start - of_known
        wins += of_known * (below + of_unknown / 2)
        below += of_unknown
        start = end
    return wins / (len(known) * len(unknown))


def main() -> int:
    """The exit status: 1 if a time tells."""
    with login_stage() as account:
        areas = {name: _areas(name, operation, account) for name, operation in OPERATIONS.items()}
        guesses = {"one network": _guess(account(), 1), "a thousand": _guess(account(), GUESSES)}
    print("| request | AUC of processor time | AUC of elapsed time |")
    print("| --- | ---: | ---: |")
    for name, (processor, elapsed) in areas.items():
        print(f"| {name} | {processor:.3f} | {elapsed:.3f} |")
    print(json.dumps({"tries": TRIES, "auc": areas, "guesses": guesses}))
    values = [value for pair in areas.values() for value in pair]
    return 0 if all(LOWEST_AUC <= value <= HIGHEST_AUC for value in values) else 1


@contextmanager
def login_stage() -> Iterator[Callable[[], str]]:
    """A stage with accounts. Yields a function that makes one, and returns its address."""
    with stage():
        key = secrets._client().create_secret(  # noqa: SLF001 - no function makes secrets
            Name="token-key", SecretString=json.dumps({"kid": "1", "key": "k" * 64})
        )
        os.environ.update({**SETTINGS, "DOCKET_TOKEN_SECRET": key["ARN"]})
        _use(UNLIMITED)
        hashed = password_hashing.hashed(PASSWORD)

        def account() -> str:
            user = User(
                id=new_id(), email=f"{new_id()}@example.com", full_name=None, created_at=START
            )
            users.add(Credential(user=user, password_hash=hashed, made_by=None))
            return user.address

        yield account


def _use(limits: RateLimits) -> None:
    os.environ["DOCKET_RATE_LIMITS"] = json.dumps(asdict(limits))
    config._load.cache_clear()  # noqa: SLF001 - the settings of a function never change


def _areas(name: str, operation: Operation, account: Callable[[], str]) -> tuple[float, float]:
    """The AUC of the processor's time, and of the clock's."""
    requests = [(account(), True) for _ in range(TRIES)]
    requests += [(f"{new_id()}@example.com", False) for _ in range(TRIES)]
    random.Random(SEED).shuffle(requests)  # noqa: S311 - an order, not a secret
    times: dict[bool, list[tuple[float, float]]] = {True: [], False: []}
    calls: dict[bool, set[tuple[str, ...]]] = {True: set(), False: set()}
    for number, (address, is_known) in enumerate(requests):
        event = _event(name, {**operation.body, "email": address}, number)
        with _emulator() as emulator:
            processor, elapsed = process_time(), perf_counter()
            reply = operation.module.handler(event, None)
            processor, elapsed = process_time() - processor, perf_counter() - elapsed
        times[is_known].append((processor - emulator.processor, elapsed - emulator.elapsed))
        calls[is_known].add(tuple(emulator.calls))
        assert reply["statusCode"] == operation.status, reply  # noqa: S101 - the figures depend on it
    assert calls[True] == calls[False], calls  # noqa: S101 - the time of AWS depends on it
    known, unknown = (list(zip(*times[is_known], strict=True)) for is_known in (True, False))
    processor, elapsed = (auc(*pair) for pair in zip(known, unknown, strict=True))
    return round(processor, 3), round(elapsed, 3)


@dataclass
class Emulator:
    """What moto answered during a request: its time in seconds, and the calls."""

    processor: float = 0
    elapsed: float = 0
    calls: list[str] = field(default_factory=list)
    """The name of each, and the number of parts of a transaction."""


@contextmanager
def _emulator() -> Iterator[Emulator]:
    """Measure moto until the block ends."""
    emulator, answer = Emulator(), BotocoreStubber.__call__

    def measured(self: Any, event_name: str, request: Any, **options: Any) -> Any:
        processor, elapsed = process_time(), perf_counter()
        result = answer(self, event_name, request, **options)
        emulator.processor += process_time() - processor
        emulator.elapsed += perf_counter() - elapsed
        target = request.headers.get("X-Amz-Target", b"").decode()
        parts = json.loads(request.body).get("TransactItems", ()) if target else ()
        emulator.calls.append(f"{target or event_name} {len(parts)}")
        return result

    with patch.object(BotocoreStubber, "__call__", measured):
        yield emulator


def _guess(address: str, networks: int) -> dict[int, int]:
    """Guess a password a thousand times in one window, and in one network over ten windows.

    Returns how often each status was answered. At the end the owner gets in.
    """
    _use(replace(RATE_LIMITS, login=UNLIMITED.login))
    statuses: Counter[int] = Counter()
    for number in range(GUESSES):
        at = START + (timedelta(seconds=6 * number) if networks == 1 else timedelta())
        statuses[_login(address, "a guess", number % networks, at)] += 1
    after = START + rate_limits.WINDOW * (11 if networks == 1 else 1)
    status = _login(address, PASSWORD, GUESSES + 1, after)
    assert status == HTTPStatus.OK  # noqa: S101 - it is the claim
    _use(UNLIMITED)
    return dict(statuses)


def _login(address: str, password: str, number: int, at: datetime) -> int:
    with patch.object(login, "now", lambda: at):
        event = _event("login", {"email": address, "password": password}, number)
        return int(login.handler(event, None)["statusCode"])


def _event(name: str, body: dict[str, str], number: int) -> dict[str, Any]:
    """A request from the network of that number, in a site of its own."""
    headers = {"x-docket-viewer": f"11.{number // 250}.{number % 250}.7"}
    return a_request("POST", f"/api/v1/auth/{name}", body, headers=headers)


if __name__ == "__main__":
    sys.exit(main())
