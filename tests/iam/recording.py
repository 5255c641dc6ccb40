"""The calls of AWS that handlers made, each with the tests that made it.

Recordings of several processes are merged: a recording has a form of plain values.
"""

import os
import re
from collections.abc import Iterable
from dataclasses import astuple, dataclass, field
from typing import Any

from tests.iam.calls import Need, Needs

_PARAMETERS = re.compile(r"(\[.*\])? \(\w+\)$", re.DOTALL)

MANY_TESTS = 2
"""How many tests of a call are recorded: enough to know whether it is the only one."""


@dataclass(frozen=True)
class Call:
    """A call, or several that differ in ids only.

    `identity` is that of the stage under test, empty if the call does not depend on it;
    `malware_scan` is whether the stage scans uploads.
    """

    function: str
    identity: str
    needs: Needs
    malware_scan: bool = False


@dataclass
class Recording:
    """`tests` has the names of the tests that made each call, at most `MANY_TESTS` of them."""

    tests: dict[Call, set[str]] = field(default_factory=dict)

    def add(self, call: Call, test: str) -> None:
        """Record that a test made a call."""
        tests = self.tests.setdefault(call, set())
        if len(tests) < MANY_TESTS:
            tests.add(test)

    def merge(self, plain: Iterable[Any]) -> None:
        """Add the recording of another process."""
        for function, identity, needs, malware_scan, tests in plain:
            call = Call(function, identity, tuple(Need(*need) for need in needs), malware_scan)
            for test in tests:
                self.add(call, test)

    def plain(self) -> list[Any]:
        """The recording as lists and strings."""
        return [
            [
                call.function,
                call.identity,
                [list(astuple(need)) for need in call.needs],
                call.malware_scan,
                sorted(tests),
            ]
            for call, tests in self.tests.items()
        ]


RECORDING = Recording()
"""The calls in this process."""


def running_test() -> str:
    """The name of the test that is running, without its parameters."""
    return _PARAMETERS.sub("", os.environ.get("PYTEST_CURRENT_TEST", ""))
