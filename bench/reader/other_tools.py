"""The same files, read by kreuzberg and markitdown in a separate environment."""

import json
import statistics
import subprocess
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.options import ROOT
from bench.reader.word_scores import WordScores, count_words

OTHERS = ("kreuzberg", "markitdown")
OTHER_TOOLS = ROOT / ".build" / "bench"


def others(where: Path) -> dict[str, Any]:
    """Text and seconds of the same files with the other tools, which extract no facts."""
    python = others_python()
    if python is None:
        return dict.fromkeys(OTHERS, "not installed: no package index could be reached")
    return {name: measure_other(name, python, where) for name in OTHERS}


def others_python() -> Path | None:
    """The interpreter with both tools, which are installed first; None if that fails."""
    python = OTHER_TOOLS / "bin" / "python"
    if not python.exists():
        venv.create(OTHER_TOOLS, with_pip=True)
    install = [str(python), "-m", "pip", "install", "--quiet", "kreuzberg", "markitdown[docx,pdf]"]
    have = [str(python), "-c", "import kreuzberg, markitdown"]
    if subprocess.run(have, check=False, capture_output=True).returncode:
        done = subprocess.run(install, check=False, capture_output=True)
        return None if done.returncode else python
    return python


def measure_other(name: str, python: Path, where: Path) -> dict[str, Any]:
    """What the tool reads of the same files, and how long it takes."""
    counted = WordScores()
    for answer in answers_of(name, python, sorted((where / "docx").glob("*.docx"))):
        wanted = count_words(Path(answer["file"] + ".md").read_text())
        counted.add(wanted, count_words(answer.get("text", "")))
    invoices = list(answers_of(name, python, sorted((where / "einvoices").glob("*.pdf"))))
    hostile_files = sorted((where / "hostile-pdf").glob("*.pdf"))
    survived = list(answers_of(name, python, hostile_files))
    photos = list(answers_of(name, python, sorted((where / "receipts").glob("*.jpg"))[:5]))
    return {
        "docx": counted.figures(),
        "einvoice_ms_a_file": round(
            1000 * statistics.mean(answer["seconds"] for answer in invoices), 1
        ),
        "hostile_read": sum("text" in answer for answer in survived),
        "hostile_errors": sum("error" in answer for answer in survived),
        "hostile_unanswered": len(hostile_files) - len(survived),
        "photos_with_text": sum(bool(answer.get("text", "").strip()) for answer in photos) / 5,
    }


def answers_of(name: str, python: Path, paths: list[Path]) -> Iterator[dict[str, Any]]:
    """The result for each file; None if the tool crashed or exceeded its time."""
    left = [str(file) for file in paths]
    while left:
        script = str(Path(__file__).with_name("others.py"))
        try:
            done = subprocess.run(
                [str(python), script, name], input="\n".join(left), text=True, check=False,
                capture_output=True, timeout=240,
            )  # fmt: skip
            out = done.stdout
        except subprocess.TimeoutExpired as late:
            out = (late.stdout or b"").decode() if isinstance(late.stdout, bytes) else ""
        answers = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
        yield from answers
        left = left[len(answers) + 1 :]
