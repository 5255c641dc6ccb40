"""After a run of all tests of handlers: no function has a grant that its handler never used."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from infra.endpoint_spec import FunctionSpec
from infra.endpoints import FUNCTIONS
from tests import grants

HANDLERS = Path(__file__).parent / "unit/functions"
USED, WHOLE = "grants_used", "all_handlers_tested"


class Run:
    """The grants that handlers used in this process; on xdist's controller, in all processes."""

    def __init__(self, config: pytest.Config, rows: Iterable[FunctionSpec] = FUNCTIONS) -> None:
        self._rows = rows
        self._output: dict[str, Any] | None = getattr(config, "workeroutput", None)
        self._used: set[str] = set()
        self._whole = False
        self._deselected = False
        self._unused: list[str] = []

    def pytest_deselected(self) -> None:
        self._deselected = True

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        parts = any("::" in argument for argument in session.config.args)
        collected = {item.path for item in session.items}
        tests = set(HANDLERS.rglob("test_*.py"))
        self._whole = tests <= collected and not parts and not self._deselected

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Collect what an ended worker recorded."""
        output = getattr(node, "workeroutput", {})
        self._used.update(output.get(USED, ()))
        self._whole |= output.get(WHOLE, False)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        self._used |= grants.USED
        if self._output is not None:
            self._output |= {USED: sorted(self._used), WHOLE: self._whole}
        elif self._whole and session.exitstatus == pytest.ExitCode.OK:
            self._unused = grants.unused(self._rows, self._used)
            if self._unused:
                session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self._unused:
            terminalreporter.section("grants in infra/endpoints.py that no handler used", red=True)
            for grant in self._unused:
                terminalreporter.line(grant)


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Run(config))
