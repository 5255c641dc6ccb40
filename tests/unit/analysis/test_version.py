"""A change of the reader's sources without a new digest is noticed."""

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from analysis import READER_VERSION

SCRIPT = Path(__file__).parents[3] / "layers/analysis/reader_digest.py"


@pytest.fixture
def reader_digest() -> Any:
    spec = importlib.util.spec_from_file_location("reader_digest", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_recorded_digest_is_that_of_the_sources(reader_digest):
    recorded = json.loads(reader_digest.RECORD.read_text())

    assert recorded == {"version": READER_VERSION, "sources": reader_digest.digest()}, (
        "The reader has changed. Raise READER_VERSION in analysis/version.py if any file may be "
        "read differently, then run `make reader-digest`."
    )


def test_only_sources_that_affect_results_change_the_digest(reader_digest, tmp_path, monkeypatch):
    package = tmp_path / "python" / "analysis"
    for name in ("pdf.py", "models/total.json", "report/paper.py", "version.py"):
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text("1")
    (tmp_path / "requirements.txt").write_text("1")
    monkeypatch.setattr(reader_digest, "LAYER", tmp_path)
    monkeypatch.setattr(reader_digest, "PACKAGE", package)

    def changed(path):
        before, original = reader_digest.digest(), path.read_text()
        path.write_text("2")
        after = reader_digest.digest()
        path.write_text(original)
        return after != before

    assert changed(package / "pdf.py")
    assert changed(package / "models/total.json")
    assert changed(tmp_path / "requirements.txt")
    assert not changed(package / "report/paper.py")
    assert not changed(package / "version.py")
