"""This reader and an earlier one on the same scans, in turn: times, and the share of words.

    python -m bench.reader.earlier [COMMIT]

The earlier one is that of a commit, by default of the last one before the page model, with the
present libraries: it used the same versions of them. Each round reads each file with both, the
first of them alternating, so that other work of the machine delays both alike.
"""

import json
import os
import statistics
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO, Any, cast

from analysis.formats.pdf import pdf_file
from bench.options import LIMITS, ROOT, corpora
from bench.reader.speed import a_clean_scan, bare_text, clean_scan_lines, scanned
from bench.reader.unseen import is_unseen
from bench.reader.word_scores import WordScores, count_words
from training.generated import invoices

BEFORE = "8b400b1d"
"""The last commit with version 7 of the reader, of 28 November 2026."""
_SOURCES = "layers/analysis/python"
_EXTRACTED = ROOT / ".build" / "earlier"
_ROUNDS = 5
_SCANS = 3
_PHOTOS = 3

type Wanted = Mapping[Path, str]
"""The text of each file."""


def compare(commit: str = BEFORE) -> dict[str, Any]:
    """By kind of file: the times and words of both, and their ratio. A string if git lacks it."""
    sources = _sources_of(commit)
    if sources is None:
        return {commit: "is not in this clone of the project"}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        readers = {
            "earlier": stack.enter_context(_reader(sources)),
            "now": stack.enter_context(_reader(ROOT / _SOURCES)),
        }
        return {
            "commit": commit,
            "load": round(os.getloadavg()[0], 1),
            **{kind: _measured(readers, wanted) for kind, wanted in _kinds_of_files(folder)},
        }


def _kinds_of_files(folder: Path) -> Iterator[tuple[str, Wanted]]:
    """The scan of `bench.reader.speed`, scans of made invoices, and photographed receipts."""
    scan = folder / "scan.pdf"
    scan.write_bytes(a_clean_scan())
    yield "clean_scan", {scan: "\n".join(clean_scan_lines())}
    pages = {}
    for seed in range(_SCANS):
        drawn = invoices.make(seed, held_out=True).data
        with pdf_file.open_pdf(drawn, LIMITS) as document:
            text = bare_text(document, 0)
        file = folder / f"invoice{seed}.pdf"
        file.write_bytes(scanned(drawn))
        pages[file] = text
    yield "scans_of_made_invoices", pages
    photos = [file for file in sorted(corpora().glob("receipts/*.jpg")) if is_unseen(file)]
    truths = {}
    for file in photos[:_PHOTOS]:
        rows = file.with_suffix(".csv").read_text().splitlines()
        truths[file] = "\n".join(row.split(",", 8)[-1] for row in rows)
    if truths:
        yield "unseen_receipts", truths


def _measured(readers: Mapping[str, "Reader"], wanted: Wanted) -> dict[str, Any]:
    """Both readers on files of one kind; a first round that is not counted loads the models."""
    answers: dict[str, list[list[Any]]] = {name: [] for name in readers}
    for number in range(_ROUNDS + 1):
        order = list(readers) if number % 2 else [*readers][::-1]
        rounds: dict[str, list[Any]] = {name: [] for name in readers}
        for file in wanted:
            for name in order:
                rounds[name].append(readers[name].answer(file))
        if number:
            for name, found in rounds.items():
                answers[name].append(found)
    figures: dict[str, Any] = {"files": len(wanted), "rounds": _ROUNDS}
    for name, found in answers.items():
        score = WordScores()
        for text, answer in zip(wanted.values(), found[0], strict=True):
            score.add(count_words(text), count_words(answer["text"]))
        figures[name] = {
            "words": score.figures(),
            **{of: round(statistics.median(_times(found, of)), 2) for of in _CLOCKS},
        }
    for of in _CLOCKS:
        low, middle, high = quartiles_of_ratios(
            _times(answers["now"], of), _times(answers["earlier"], of)
        )
        figures[f"{of}_ratio"] = f"{middle:.2f} ({low:.2f} to {high:.2f})"
    return figures


_CLOCKS = ("seconds", "processor")


def _times(rounds: Sequence[Sequence[Any]], of: str) -> list[float]:
    """The mean time of a file in each round."""
    return [statistics.mean(answer[of] for answer in answers) for answers in rounds]


def quartiles_of_ratios(now: Sequence[float], earlier: Sequence[float]) -> list[float]:
    """Quartiles of the ratios of paired times."""
    return statistics.quantiles(
        [ours / theirs for ours, theirs in zip(now, earlier, strict=True)], method="inclusive"
    )


class Reader:
    """A process that reads files with one version of the reader."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._names = cast("IO[str]", process.stdin)
        self._answers = cast("IO[str]", process.stdout)

    def answer(self, file: Path) -> Any:
        """The result for a file.

        Raises `RuntimeError` if the process ends instead.
        """
        self._names.write(f"{file}\n")
        self._names.flush()
        if line := self._answers.readline():
            return json.loads(line)
        raise RuntimeError(f"a reader ended while it read {file.name}")


@contextmanager
def _reader(sources: Path) -> Iterator[Reader]:
    command = [sys.executable, str(Path(__file__).with_name("earlier_process.py"))]
    environment = {**os.environ, "PYTHONPATH": str(sources)}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        yield Reader(process)


def _sources_of(commit: str) -> Path | None:
    """The folder with the reader of that commit; None if the clone does not have it."""
    folder = _EXTRACTED / commit
    if not folder.is_dir():
        done = subprocess.run(
            ["git", "archive", commit, _SOURCES], cwd=ROOT, check=False, capture_output=True
        )
        if done.returncode:
            return None
        with tarfile.open(fileobj=BytesIO(done.stdout)) as archive:
            archive.extractall(folder, filter="data")
    return folder / _SOURCES


def main() -> None:
    """Print the figures as one line of JSON."""
    print(json.dumps(compare(*sys.argv[1:2])))


if __name__ == "__main__":
    main()
