"""The table of OWASP ASVS in `docs/asvs.md`, and the judgement of its tests by a run.

A run of folders or files is judged by the rows whose tests are in them: each named test must have
passed. A run of chosen tests, by name or expression, is not judged.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import pytest

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/asvs.md"

_ROW = re.compile(r"\| (V\d+\.\d+\.\d+) \| ([12]) \| (.+?) \| (.+?) \| (.*?) ?\|")
_TEST = re.compile(r"`(tests/[\w/]+\.py::test_\w+)`")

NOT_SHOWN = "tests that docs/asvs.md names and that did not pass"


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """`tests` are node ids without parameters."""

    id: str
    level: int
    how: str
    tests: tuple[str, ...]

    @classmethod
    def of(cls, line: str) -> Self:
        """Raises ValueError for a line of another form."""
        parts = _ROW.fullmatch(line)
        if parts is None:
            raise ValueError(line)
        return cls(
            id=parts[1], level=int(parts[2]), how=parts[4], tests=tuple(_TEST.findall(parts[5]))
        )


def requirements() -> list[Requirement]:
    return [
        Requirement.of(line) for line in PAGE.read_text().splitlines() if line.startswith("| V")
    ]


class ShownByTests:
    """A plugin of pytest; on xdist's controller, which gets the reports of all workers."""

    def __init__(self, config: pytest.Config, table: list[Requirement] | None = None) -> None:
        self._is_worker = hasattr(config, "workeroutput")
        self._table = table
        self._passed: set[str] = set()
        self.not_shown: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and report.passed:
            self._passed.add(report.nodeid.partition("[")[0])

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self._is_worker or session.exitstatus != pytest.ExitCode.OK or _is_chosen(session):
            return
        table = requirements() if self._table is None else self._table
        expected = {test for row in table for test in row.tests if _is_of_run(test, session)}
        self.not_shown = sorted(expected - self._passed)
        if self.not_shown:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.not_shown:
            terminalreporter.section(NOT_SHOWN, red=True)
            for test in self.not_shown:
                terminalreporter.line(f"FAILED {test}")


def _is_chosen(session: pytest.Session) -> bool:
    """Whether the run is of some tests only of its files."""
    option = session.config.option
    chosen = option.keyword or option.markexpr or option.deselect or option.collectonly
    return bool(chosen) or any("::" in argument for argument in session.config.args)


def _is_of_run(test: str, session: pytest.Session) -> bool:
    file = ROOT / test.partition("::")[0]
    ignored = [Path(path).absolute() for path in session.config.option.ignore or ()]
    folders = [Path(path).absolute() for path in session.config.args]
    return any(file.is_relative_to(path) for path in folders) and not any(
        file.is_relative_to(path) for path in ignored
    )
