"""The interface to OCR engines."""

import io
import os
import shutil

import pytest
from PIL import Image

from analysis import read
from analysis.formats.images import ocr
from analysis.layout.lines import group_lines
from analysis.model import Box
from tests.unit.analysis.documents import UNICODE_FONT, a_picture

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
"""`.ci/run` installs it, so that its test is skipped on developers' machines only."""


class EmptyEngine:
    """An engine that finds no text."""

    def lines(self, picture):
        assert picture.startswith(b"BM")
        return []


def test_tesseract_words_become_lines():
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
def test_tesseract_reads_a_scan(monkeypatch, turned):
    monkeypatch.setattr(ocr, "_ENGINES", (ocr.Tesseract,))
    ocr.engine.cache_clear()
    lines = [("BLUE LAGOON TRADING", ""), ("Paper cups", "12.00"), ("Total due", "42.50")]

    with Image.open(io.BytesIO(a_picture(lines, turned=turned))) as picture:
        ocr_page = ocr.read_image(picture.convert("RGB"), model="tiny")

    ocr.engine.cache_clear()
    assert [line.text for line in ocr_page.lines] == [
        "BLUE LAGOON TRADING", "Paper cups", "12.00", "Total due", "42.50",
    ]  # fmt: skip
    assert ocr_page.turned == turned
    assert ocr_page.confidence > 0.9


def test_a_missing_tesseract_is_an_error(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)

    with pytest.raises(FileNotFoundError):
        ocr.Tesseract("tiny")


def test_a_missing_engine_is_replaced_by_the_next(monkeypatch):
    def missing(model):
        raise ImportError(model)

    monkeypatch.setattr(ocr, "_ENGINES", (missing, lambda _: EmptyEngine()))
    ocr.engine.cache_clear()

    ocr_page = ocr.read_image(Image.new("RGB", (80, 60)), model="tiny")

    ocr.engine.cache_clear()
    assert (ocr_page.lines, ocr_page.confidence, ocr_page.turned) == ([], 0.0, 0)


class FullEngine:
    """An engine that has no memory left."""

    def lines(self, picture):
        raise MemoryError


def test_an_engine_without_memory_is_replaced_by_a_new_one(monkeypatch):
    engines = iter([FullEngine(), EmptyEngine()])
    monkeypatch.setattr(ocr, "_ENGINES", (lambda _: next(engines),))
    ocr.engine.cache_clear()

    ocr_page = ocr.read_image(Image.new("RGB", (80, 60)), model="tiny")

    ocr.engine.cache_clear()
    assert ocr_page.lines == []


def test_a_picture_too_large_for_a_new_engine_is_a_memory_error(monkeypatch):
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
        ocr.read_image(Image.new("RGB", (80, 60)), model="tiny")
    ocr.engine.cache_clear()


def test_the_boxes_of_an_upside_down_picture_are_relative_to_the_picture():
    raw = a_picture([("ONE LINE AT THE TOP", ""), ("and a second below", "")], turned=180)

    with Image.open(io.BytesIO(raw)) as picture:
        ocr_page = ocr.read_image(picture.convert("RGB"), model="tiny")

    assert ocr_page.turned == 180
    assert "ONE LINE" in ocr_page.lines[0].text
    assert ocr_page.lines[0].box.top > ocr_page.lines[1].box.top


@pytest.mark.parametrize(("lean", "flattened"), [(-11, True), (-5, False), (4, False), (9, False)])
def test_the_rows_of_a_leaning_page_are_straightened(lean, flattened):
    """By its text, or with the sheet whose four sides are seen."""
    rows = [(f"Item {number} of the list", f"{number}7.10") for number in range(1, 10)]

    page = read(a_picture(rows, lean=lean), "photo.jpg", "image/jpeg").pages[0]

    assert (page.perspective is not None) is flattened
    assert page.tilt == pytest.approx(0 if flattened else lean, abs=1)
    assert [[span.text for span in row] for row in group_lines(page)] == [list(r) for r in rows]


def test_a_level_page_is_not_straightened():
    rows = [(f"Item {number} of the list", f"{number}7.10") for number in range(1, 10)]

    assert read(a_picture(rows), "photo.jpg", "image/jpeg").pages[0].tilt == 0


def test_the_box_of_a_fact_of_a_leaning_page_is_on_the_displayed_page():
    rows = [("NORTH QUAY STORES", ""), ("Bread rolls, twelve", "3.10"), ("Total", "3.10")]
    rows += [("Thank you for your visit today", ""), ("Receipt of 14 March 2026, shop 7", "")]
    level, leaning = (
        read(a_picture(rows, lean=lean), "photo.jpg", "image/jpeg") for lean in (0, 8)
    )

    found = next(line for line in leaning.pages[0].lines if "Bread" in line.text)
    straight = leaning.pages[0].upright(found.box)
    expected = next(line for line in level.pages[0].lines if "Bread" in line.text).box
    assert leaning.pages[0].tilt > 6
    assert (
        found.box.height * leaning.pages[0].height > 1.5 * expected.height * level.pages[0].height
    )
    assert straight.height * leaning.pages[0].height == pytest.approx(
        expected.height * level.pages[0].height, rel=0.3
    )
    assert leaning.pages[0].displayed(straight).to_list() == pytest.approx(
        found.box.to_list(), abs=0.002
    )


@pytest.mark.parametrize(
    ("rows", "unread"),
    [
        (["Договор аренды помещения", "Арендатор обязан оплатить", "Сумма 12 500,00 руб."], True),  # noqa: RUF001 - that script
        (["Τιμολόγιο πώλησης αρ. 12", "Παρακαλούμε πληρώστε έγκαιρα", "Σύνολο 1.250,00 €"], True),  # noqa: RUF001 - that script
        (["فاتورة ضريبية مبسطة", "شكرا لزيارتكم متجرنا", "المجموع 1250.00"], True),
        (["Daňový doklad č. 55", "Dodavatel: Řezníček s.r.o.", "Celkem 1 250,00 Kč"], False),
        (["Faktura VAT nr 12/2026", "Dziękujemy za zakupy", "Razem 1 250,00 zł"], False),
    ],
    ids=["Cyrillic", "Greek", "Arabic", "Czech", "Polish"],
)
def test_a_script_that_ocr_does_not_know_has_a_warning(rows, unread):
    result = read(a_picture([(row, "") for row in rows], font=UNICODE_FONT), "a.jpg", "image/jpeg")

    codes = [warning["code"] for warning in result.warnings]
    assert ("script_not_read" in codes) == unread
    assert (result.pages[0].confidence < 0.6) == unread
