"""The counts of many lives, and a file from which an interrupted run of them goes on."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from tests.simulation.faults import Fault
from tests.simulation.proof.coverage import Coverage
from tests.simulation.proof.sources import sources

ROOT = Path(__file__).parents[3]


@dataclass
class Total:
    """The results of many lives, added up."""

    lives: int = 0
    seconds: float = 0.0
    longest: float = 0.0
    loop_seconds: float = 0.0
    """The sum, over these lives, of what a round of the fixed loop took when they were run."""
    firings: Counter[Fault] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    coverage: Coverage = field(default_factory=Counter)
    failing: list[int] = field(default_factory=list)

    def add(self, other: "Total") -> None:
        self.lives += other.lives
        self.seconds += other.seconds
        self.longest = max(self.longest, other.longest)
        self.loop_seconds += other.loop_seconds
        self.firings += other.firings
        self.states += other.states
        self.coverage += other.coverage
        self.failing += other.failing

    @property
    def cost(self) -> float:
        """What a life costs on average, in rounds of the fixed loop."""
        return self.seconds / self.loop_seconds if self.loop_seconds else 0.0

    def to_dict(self) -> dict[str, Any]:
        """Without the failing seeds: lives that failed are run again."""
        return {
            "lives": self.lives,
            "seconds": self.seconds,
            "longest": self.longest,
            "loop_seconds": self.loop_seconds,
            "firings": self.firings,
            "states": self.states,
            "coverage": [[*pair, count] for pair, count in self.coverage.items()],
        }

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> Self:
        return cls(
            lives=fields["lives"],
            seconds=fields["seconds"],
            longest=fields["longest"],
            loop_seconds=fields["loop_seconds"],
            firings=Counter({Fault(fault): count for fault, count in fields["firings"].items()}),
            states=Counter(fields["states"]),
            coverage=Counter(
                {(state, Fault(fault)): count for state, fault, count in fields["coverage"]}
            ),
        )


class OtherSources(Exception):
    """The file belongs to other sources than those that are run now."""


class Progress:
    """The chunks of seeds that ran without a violation, one on each line of a file.

    Raises `OtherSources` if the file was begun with other sources. A line that was cut off when
    the run was interrupted counts as not run.
    """

    def __init__(self, path: Path | None = None, digest: str = "") -> None:
        self._path = path
        self.chunks: dict[range, Total] = {}
        if path is None:
            return
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps({"sources": digest}) + "\n")
        first, *lines = path.read_text().splitlines(keepends=True)
        if json.loads(first)["sources"] != digest:
            raise OtherSources
        for line in lines:
            if line.endswith("\n"):
                entry = json.loads(line)
                self.chunks[range(*entry["seeds"])] = Total.from_dict(entry["total"])
        path.write_text("".join([first, *(line for line in lines if line.endswith("\n"))]))

    def add(self, seeds: range, total: Total) -> None:
        if self._path is None or total.failing:
            return
        entry = {"seeds": [seeds.start, seeds.stop], "total": total.to_dict()}
        with self._path.open("a") as file:
            file.write(json.dumps(entry) + "\n")


def digest_of_sources(root: Path = ROOT) -> str:
    """The digest of the sources that a life depends on, and of the pinned packages."""
    whole = hashlib.sha256((root / "requirements-dev.txt").read_bytes())
    for path in sources(root):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        whole.update(f"{path.relative_to(root).as_posix()} {content}\n".encode())
    return whole.hexdigest()
