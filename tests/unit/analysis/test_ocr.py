"""The seam to OCR engines."""

import io
import os
import shutil

import pytest
from PIL import Image

from analysis.formats import ocr
from analysis.model import Box
from tests.unit.analysis.documents import a_picture

TABLE = "\n".join(
    "\t".join(row)
    for row in (
        ("level", "page_num", "block_num", "par_num", "line_num", "word_num", "left", "top",
         "width", "height", "conf", "text"),
        ("4", "1", "1", "1", "1", "0", "10", "10", "90", "12", "-1", ""),
        ("5", "1", "1", "1", "1", "1", "10", "10", "40", "12", "96.0", "Total"),
        ("5", "1", "1", "1", "1", "2", "60", "11", "40", "12", "90.0", "12.50"),
        ("5", "1", "1", "1", "2", "1", "10", "40", "40", "12", "80.0", "Thanks"),
        ("5", "1", "1", "1", "2", "2", "90", "40", "40", "12", "60.0", "3.00"),
    )
)  # fmt: skip


HAS_TESSERACT = shutil.which("tesseract") is not None
"""What `.ci/run` installs, so that its test is left out on no machine but a stranger's."""


class Blank:
    """An engine that sees nothing."""

    def lines(self, picture):
        assert picture.startswith(b"BM")
        return []


def test_the_words_of_the_fallback_become_lines():
    lines = list(ocr.tesseract_lines(TABLE))

    assert [(text, round(confidence, 2)) for text, confidence, _ in lines] == [
        ("Total 12.50", 0.93),
        ("Thanks", 0.8),
        ("3.00", 0.6),
    ]
    assert lines[0][2] == Box(10, 10, 100, 23)


@pytest.mark.skipif(
    not HAS_TESSERACT and "CI" not in os.environ, reason="Tesseract is not installed here"
)
@pytest.mark.parametrize("turned", [0, 180])
def test_the_fallback_reads_a_scan(monkeypatch, turned):
    monkeypatch.setattr(ocr, "_ENGINES", (ocr.Tesseract,))
    ocr.engine.cache_clear()
    lines = [("BLUE LAGOON TRADING", ""), ("Paper cups", "12.00"), ("Total due", "42.50")]

    with Image.open(io.BytesIO(a_picture(lines, turned=turned))) as picture:
        sight = ocr.read_picture(picture.convert("RGB"), model="tiny")

    ocr.engine.cache_clear()
    assert [line.text for line in sight.lines] == [
        "BLUE LAGOON TRADING", "Paper cups", "12.00", "Total due", "42.50",
    ]  # fmt: skip
    assert sight.turned == turned
    assert sight.confidence > 0.9


def test_the_fallback_says_when_it_is_not_installed(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)

    with pytest.raises(FileNotFoundError):
        ocr.Tesseract("tiny")


def test_an_engine_that_is_not_installed_gives_way_to_the_next(monkeypatch):
    def missing(model):
        raise ImportError(model)

    monkeypatch.setattr(ocr, "_ENGINES", (missing, lambda _: Blank()))
    ocr.engine.cache_clear()

    sight = ocr.read_picture(Image.new("RGB", (80, 60)), model="tiny")

    ocr.engine.cache_clear()
    assert (sight.lines, sight.confidence, sight.turned) == ([], 0.0, 0)


class Full:
    """An engine that has kept too much of what it saw before."""

    def lines(self, picture):
        raise MemoryError


def test_an_engine_that_has_no_memory_left_gives_way_to_a_fresh_one(monkeypatch):
    made = iter([Full(), Blank()])
    monkeypatch.setattr(ocr, "_ENGINES", (lambda _: next(made),))
    ocr.engine.cache_clear()

    sight = ocr.read_picture(Image.new("RGB", (80, 60)), model="tiny")

    ocr.engine.cache_clear()
    assert sight.lines == []


def test_a_picture_that_even_a_fresh_engine_cannot_hold_is_a_matter_of_memory(monkeypatch):
    class Engine:
        def ocr(self, picture):
            raise RuntimeError("onnxruntime: Failed to allocate memory for requested buffer")

    def paddle(model):
        engine = object.__new__(ocr.Paddle)
        engine._engine = Engine()
        return engine

    monkeypatch.setattr(ocr, "_ENGINES", (paddle,))
    ocr.engine.cache_clear()

    with pytest.raises(MemoryError):
        ocr.read_picture(Image.new("RGB", (80, 60)), model="tiny")
    ocr.engine.cache_clear()


def test_a_picture_upside_down_is_turned_and_its_boxes_stay_where_they_show():
    raw = a_picture([("ONE LINE AT THE TOP", ""), ("and a second below", "")], turned=180)

    with Image.open(io.BytesIO(raw)) as picture:
        sight = ocr.read_picture(picture.convert("RGB"), model="tiny")

    assert sight.turned == 180
    assert "ONE LINE" in sight.lines[0].text
    assert sight.lines[0].box.top > sight.lines[1].box.top
