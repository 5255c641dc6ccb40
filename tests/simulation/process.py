"""What the code gets from its process: the time, randomness, ids and AWS clients.

`docket` asks the time in `docket.runtime.clock` and makes clients in `docket.runtime.aws`. In a
simulated process both belong to the present life, of which a process has one at a time, so that
nothing has to be patched again for every life.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from datetime import datetime, tzinfo
from random import Random
from typing import Any
from unittest.mock import patch

import stripe
from greenlet import getcurrent
from pydantic import BaseModel

from docket.gateways import (
    debt_queues,
    queue_operations,
    queues,
    s3,
    secrets,
    stored_objects,
    stripe_pace,
)
from docket.gateways import stripe as stripe_gateway
from docket.runtime import aws, batch, clock, config
from docket.table import client, keys
from tests.simulation.clock import Clock, Ids

SHARDS = 1
"""The partitions of each class of debts: few, because each is asked every time."""


class Life:
    """The environment of one life: its clock, randomness, ids, and the clients of its services."""

    def __init__(self, clock: Clock, random: Random, clients: Mapping[str, Any]) -> None:
        self.clock, self.random, self.clients = clock, random, dict(clients)
        self.settings: Mapping[str, str] = {}
        """Variables of the environment that differ from those of the process. A run that has
        begun goes on with those of its beginning."""
        self.ids = Ids(clock, random)


class Process:
    """A process in which the code uses the life that was passed to `live`."""

    def __init__(self) -> None:
        self.life: Life | None = None

    def live(self, life: Life) -> None:
        """Let the code use this life from now on. Its cached secrets are cleared."""
        self.life = life
        secrets._cache.clear()

    @property
    def current_life(self) -> Life:
        """The life that the code uses."""
        assert self.life, "no life has begun"
        return self.life


@contextmanager
def simulated_process(environment: Mapping[str, str]) -> Iterator[Process]:
    """Run `docket` in a simulated process with these variables of the environment."""
    process = Process()
    with ExitStack() as stack:
        settings = _Settings(process, environment)
        for module, name, replacement in _replacements(process, settings):
            stack.enter_context(patch.object(module, name, replacement))
        stack.enter_context(patch.dict(os.environ, environment))
        _forget_clients()
        yield process
    _forget_clients()


def _replacements(process: Process, settings: "_Settings") -> list[tuple[Any, str, Any]]:
    """Each name that is replaced, with the module that uses it."""
    platform_time, random = _Time(process), _Random(process)
    return [
        (clock, "datetime", _Datetime(process)),
        (clock, "ULID", random.new_id),
        (aws, "client", lambda service, **_: _CurrentClient(process, service)),
        (keys, "SHARDS", SHARDS),
        (client, "time", platform_time),
        (client, "uniform", random.uniform),
        (batch, "time", platform_time),
        (batch, "uniform", random.uniform),
        (config, "_load", settings),
        (secrets, "time", platform_time),
        (stripe, "RequestsClient", lambda **_: _CurrentClient(process, "stripe")),
        (stripe_gateway, "time", platform_time),
        (stripe_pace, "time", platform_time),
        (sys.modules["stripe._webhook"], "time", platform_time),
    ]


def _forget_clients() -> None:
    """Clients and settings are cached for the process: none may outlive its end."""
    caches: list[Any] = [
        client.dynamodb,
        s3._s3,
        debt_queues._sqs,
        queues._sqs,
        queue_operations._sqs,
        stored_objects._s3,
        secrets._client,
        stripe_gateway._client_with,
        config._load,
    ]
    for cached in caches:
        cached.cache_clear()


class _Groups:
    """The groups of settings that were read so far, with these changes of the environment."""

    def __init__(self, changes: Mapping[str, str]) -> None:
        self.changes = changes
        self.read: dict[type[BaseModel], BaseModel] = {}


class _Settings:
    """In place of `_load` in `docket.runtime.config`: each life has settings of its own."""

    def __init__(self, process: Process, environment: Mapping[str, str]) -> None:
        self._process, self._environment = process, environment
        self._groups: dict[frozenset[tuple[str, str]], _Groups] = {}
        self._of_run: ContextVar[_Groups] = ContextVar("settings of a run")

    def __call__(self, group: type[BaseModel]) -> BaseModel:
        groups = self._groups_of_run()
        found = groups.read.get(group)
        if found is None:
            found = groups.read[group] = self._read(group, groups.changes)
        return found

    def _read(self, group: type[BaseModel], changes: Mapping[str, str]) -> BaseModel:
        variables = {**self._environment, **changes}
        values = {name: variables.get(config._variable(name)) for name in group.model_fields}
        return group.model_validate(
            {name: value for name, value in values.items() if value is not None}
        )

    def _groups_of_run(self) -> "_Groups":
        """The settings of the current run are those of its first question."""
        life = self._process.life
        if life is None:
            return self._changed_by({})
        if getcurrent().parent is None:
            return self._changed_by(life.settings)
        groups = self._of_run.get(None)
        if groups is None:
            groups = self._changed_by(life.settings)
            self._of_run.set(groups)
        return groups

    def _changed_by(self, changes: Mapping[str, str]) -> "_Groups":
        key = frozenset(changes.items())
        if key not in self._groups:
            self._groups[key] = _Groups(dict(changes))
        return self._groups[key]

    def cache_clear(self) -> None:
        """The variables are those of the process and the life: nothing else is cached."""


class _CurrentClient:
    """A client of a service, whose calls reach the current life."""

    def __init__(self, process: Process, service: str) -> None:
        self._process, self._service = process, service

    def __getattr__(self, name: str) -> Any:
        return getattr(self._process.current_life.clients[self._service], name)


class _Datetime:
    """In place of the class `datetime` in `docket.runtime.clock`."""

    def __init__(self, process: Process) -> None:
        self._process = process

    def now(self, zone: tzinfo) -> datetime:
        return self._process.current_life.clock.now().astimezone(zone)


class _Random:
    """In place of `random` and of the random part of ids."""

    def __init__(self, process: Process) -> None:
        self._process = process

    def uniform(self, low: float, high: float) -> float:
        return self._process.current_life.random.uniform(low, high)

    def new_id(self) -> str:
        return self._process.current_life.ids.new()


class _Time:
    """In place of the module `time`."""

    def __init__(self, process: Process) -> None:
        self._process = process

    def time(self) -> float:
        return self._process.current_life.clock.time()

    def monotonic(self) -> float:
        return self._process.current_life.clock.true_time()

    def sleep(self, seconds: float) -> None:
        self._process.current_life.clock.sleep(seconds)
