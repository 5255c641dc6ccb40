"""The recorded calls against the roles of a stage: each allowed, and each statement needed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from infra.endpoint_spec import Identity
from infra.endpoints import FUNCTIONS
from tests.iam.calls import SENDER, readings
from tests.iam.policy import Request, Statement, allows
from tests.iam.recording import Call, Recording
from tests.iam.roles import Role

LAMBDA = "Lambda itself"

type Tests = set[str]

_ROWS = {row.name: row for row in FUNCTIONS}


@dataclass(frozen=True)
class Judged:
    """A call in a stage: its requests by each reading, and the tests that made it."""

    by_reading: dict[str, tuple[Request, ...]]
    tests: frozenset[str]

    def denied_by(self, statements: Iterable[Statement]) -> dict[str, list[Request]]:
        """The requests that the statements do not allow, by each reading that has some."""
        listed = list(statements)
        denied = {
            reading: [request for request in requests if not allows(listed, request)]
            for reading, requests in self.by_reading.items()
        }
        return {reading: requests for reading, requests in denied.items() if requests}


class Judgement:
    """The recording judged in a stage with an identity."""

    def __init__(self, recording: Recording, roles: Mapping[str, Role], identity: Identity) -> None:
        self._recording = recording
        self._roles = roles
        self._identity = identity

    @cached_property
    def _calls(self) -> dict[str, list[Judged]]:
        calls: dict[str, list[Judged]] = {
            name: [
                Judged({"": (request,)}, frozenset({LAMBDA})) for request in role.lambda_requests
            ]
            for name, role in self._roles.items()
        }
        for call, tests in self._recording.tests.items():
            role = self._roles.get(call.function)
            if role and self._applies(call, role):
                calls[call.function].append(_judged(call, role, tests))
        return calls

    def _applies(self, call: Call, role: Role) -> bool:
        """A function that knows the identity is judged by the calls made with it, or with the one
        with which it is the same.

        Another one is also judged by those that do not depend on it.

        The calls of a stage that scans uploads are those of such stages only, and those that send
        mail of stages with a sender.
        """
        row = _ROWS.get(call.function)
        identity = row.as_with(self._identity) if row else self._identity
        identities = {identity} if role.knows_identity else {identity, ""}
        knows_call = call.identity in identities
        if any(need.condition_key == SENDER for need in call.needs):
            knows_call = knows_call and role.sends_mail
        return knows_call and (role.malware_scan or not call.malware_scan)

    def denied(self) -> list[str]:
        """The recorded calls that a role does not allow, by each reading."""
        return sorted(
            {
                f"{function}, {reading or LAMBDA}: {_spelled(request)}"
                for function, calls in self._calls.items()
                for call in calls
                for reading, requests in call.denied_by(self._roles[function].statements).items()
                for request in requests
            }
        )

    def statements(self) -> dict[str, Tests]:
        """Each action of each statement, and the tests with a call that needs it by every reading.

        Without a statement, or without one of its actions, those calls are denied.
        """
        needed: dict[str, Tests] = {}
        for function, role in self._roles.items():
            single = [part for statement in role.statements for part in statement.by_action()]
            for position, statement in enumerate(single):
                others = [*single[:position], *single[position + 1 :]]
                tests = needed.setdefault(f"{function}: {statement}", set())
                for call in self._calls[function]:
                    if call.denied_by(others).keys() == call.by_reading.keys():
                        tests |= call.tests
        return needed


def _spelled(request: Request) -> str:
    """The request with the prefixes of its keys, so that it names no id."""
    values = sorted(value for values in request.context.values() for value in values)
    prefixes = dict.fromkeys(value.partition("#")[0] for value in values)
    keys = f" of {', '.join(prefixes)}" if prefixes else ""
    return f"{request.action}{keys} on {request.resource or 'a resource without a variable'}"


def _judged(call: Call, role: Role, tests: set[str]) -> Judged:
    by_reading = {
        reading: tuple(role.request(need) for need in needs)
        for reading, needs in readings(call.needs).items()
    }
    return Judged(by_reading, frozenset(tests))


def unneeded(statements: Mapping[str, Tests]) -> list[str]:
    """The actions without which every recorded call is allowed by some reading."""
    return sorted(name for name, tests in statements.items() if not tests)


def of_one_test(statements: Mapping[str, Tests]) -> list[str]:
    """`<statement>: <test>` for the actions that only the calls of one test need."""
    return sorted(
        f"{name}: {test}"
        for name, tests in statements.items()
        if len(tests) == 1
        for test in tests - {LAMBDA}
    )
