"""The judgement of a complete test run, as a plugin of pytest.

With xdist, each worker sends what it recorded, and the roles that it synthesised, to the
controller, which judges. A part of the tests records a part of the calls and is not judged.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from infra.endpoint_spec import IDENTITIES, FunctionSpec
from infra.endpoints import FUNCTIONS
from tests import grants
from tests.iam.judgement import Judgement, of_one_test, unneeded
from tests.iam.recording import RECORDING, Recording
from tests.iam.roles import SYNTHESISED, StageRoles, plain_roles, roles_from

TESTS = Path(__file__).parents[1]
HANDLERS, POLICIES = TESTS / "unit/functions", TESTS / "infra/test_policies.py"
CALLS, ROLES = "recorded_calls", "synthesised_roles"
WHOLE, SYNTHESISES = "all_handlers_tested", "roles_synthesised"

NO_ROLES = "identities whose roles no test synthesised"
UNUSED = "grants in infra/endpoints/ that no handler used"
MISEXPLAINED = "grants that infra/endpoints/ explains, but that are used or absent"
DENIED = "calls that the role of the function denies"
UNNEEDED = "actions of statements without which every recorded call is allowed"
OF_ONE_TEST = "actions of statements that a single test needs (not a failure)"


class Run:
    """What the handlers of this process called; on xdist's controller, those of all processes."""

    def __init__(
        self,
        config: pytest.Config,
        rows: Iterable[FunctionSpec] = FUNCTIONS,
        recording: Recording = RECORDING,
        stages: Mapping[str, StageRoles] = SYNTHESISED,
    ) -> None:
        self._rows = list(rows)
        self._controller = recording, stages
        self._output: dict[str, Any] | None = getattr(config, "workeroutput", None)
        self._recording = Recording()
        self._roles: dict[str, Any] = {}
        self._whole = False
        self._synthesises = False
        self._deselected = False
        self.findings: dict[str, list[str]] = {}

    def pytest_deselected(self) -> None:
        self._deselected = True

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        parts = any("::" in argument for argument in session.config.args)
        collected = {item.path for item in session.items}
        tests = set(HANDLERS.rglob("test_*.py"))
        self._whole = tests <= collected and not parts and not self._deselected
        self._synthesises = self._whole and POLICIES in collected

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Collect what an ended worker recorded."""
        output = getattr(node, "workeroutput", {})
        self._recording.merge(output.get(CALLS, ()))
        self._roles |= output.get(ROLES, {})
        self._whole |= output.get(WHOLE, False)
        self._synthesises |= output.get(SYNTHESISES, False)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        recording, stages = self._controller
        self._recording.merge(recording.plain())
        self._roles |= plain_roles(stages)
        if self._output is not None:
            self._output |= {CALLS: self._recording.plain(), ROLES: self._roles, WHOLE: self._whole}
        elif self._whole and session.exitstatus == pytest.ExitCode.OK:
            self._judge()
            if any(found for title, found in self.findings.items() if title != OF_ONE_TEST):
                session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def _judge(self) -> None:
        used = grants.used(self._recording.tests, self._rows)
        self.findings = {
            UNUSED: grants.unused(self._rows, used),
            MISEXPLAINED: grants.misexplained(self._rows, used),
        }
        stages = roles_from(self._roles)
        if self._synthesises:
            identities = {identity for identity, _ in stages.values()}
            self.findings[NO_ROLES] = sorted({*IDENTITIES} - identities)
        of_one: dict[str, list[str]] = {}
        for stage, (identity, roles) in stages.items():
            judgement = Judgement(self._recording, roles, identity)
            statements = judgement.statements()
            self.findings[f"{DENIED} ({stage})"] = judgement.denied()
            self.findings[f"{UNNEEDED} ({stage})"] = unneeded(statements)
            of_one.setdefault(identity, of_one_test(statements))  # stages differ in names only
        self.findings[OF_ONE_TEST] = sorted({line for lines in of_one.values() for line in lines})

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for title, found in self.findings.items():
            if found:
                terminalreporter.section(title, red=title != OF_ONE_TEST)
                for line in found:
                    terminalreporter.line(line if title == OF_ONE_TEST else f"FAILED {line}")
