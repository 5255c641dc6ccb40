"""The other tools, in a separate environment: their installation, and what they answer."""

import json
import subprocess
import venv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.options import ROOT

ENVIRONMENT = ROOT / ".build" / "bench"
PACKAGES: Mapping[str, Sequence[str]] = {
    "kreuzberg": ["kreuzberg"],
    "markitdown": ["markitdown[docx,pdf]"],
    "pdfplumber": ["pdfplumber"],
    "invoice2data": ["invoice2data"],
    "rapidocr": ["rapidocr", "onnxruntime"],
}
"""What is installed from PyPI for each tool, by the name of its module."""


_SAME_PACKAGE = {"pdfplumber_text": "pdfplumber"}
"""Another way to use a tool."""


def installed() -> dict[str, str]:
    """The version of each tool, which is installed first; without those for which that fails."""
    python = _python()
    if not python.exists():
        venv.create(ENVIRONMENT, with_pip=True)
    versions = {}
    for name, packages in PACKAGES.items():
        if not _is_importable(name):
            install = [str(python), "-m", "pip", "install", "--quiet", *packages]
            subprocess.run(install, check=False, capture_output=True)
        if _is_importable(name):
            code = f"import importlib.metadata as m; print(m.version({name!r}))"
            found = subprocess.run(
                [str(python), "-c", code], check=True, capture_output=True, text=True
            )
            versions[name] = found.stdout.strip()
    also = {name: versions[tool] for name, tool in _SAME_PACKAGE.items() if tool in versions}
    return versions | also


def answers_of(name: str, paths: Sequence[Path], *, seconds: float = 240) -> Iterator[Any]:
    """What the tool answers for each file; nothing for one that crashes it or takes too long."""
    left = [str(file) for file in paths]
    script = str(Path(__file__).with_name("tools.py"))
    while left:
        try:
            done = subprocess.run(
                [str(_python()), script, name], input="\n".join(left), text=True, check=False,
                capture_output=True, timeout=seconds,
            )  # fmt: skip
            out = done.stdout
        except subprocess.TimeoutExpired as late:
            out = (late.stdout or b"").decode() if isinstance(late.stdout, bytes) else ""
        answers = [json.loads(line) for line in out.splitlines() if line.startswith('{"')]
        yield from answers
        left = left[len(answers) + 1 :]


def _python() -> Path:
    return ENVIRONMENT / "bin" / "python"


def _is_importable(name: str) -> bool:
    have = [str(_python()), "-c", f"import {name}"]
    return not subprocess.run(have, check=False, capture_output=True).returncode
