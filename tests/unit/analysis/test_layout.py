"""Rows of a page, whatever way it lies."""

import io
import re

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # it ships no types
import pytest
from hypothesis import given
from hypothesis import strategies as some
from PIL import Image, ImageOps

from analysis import previews, read
from analysis.layout import lines
from analysis.layout.rotation import displayed, upright
from analysis.model import Line, Page
from tests.unit.analysis.documents import a_pdf


def a_page(lines, **more):
    made = [Line(text, (x, y, x + 0.02 * len(text), y + 0.02)) for x, y, text in lines]
    given_ = {"source": "ocr", "confidence": 0.9, **more}
    return Page(number=0, width=600, height=800, lines=tuple(made), **given_)


def texts(page):
    return [lines.text_of(row) for row in lines.rows(page)]


def test_the_rows_of_a_leaning_photograph_are_found():
    lean = 0.04
    lines = [
        (x, 0.1 + 0.03 * row + lean * x, f"{row}{column}")
        for row in range(8)
        for column, x in enumerate((0.1, 0.5, 0.9))
    ]

    assert texts(a_page(lines)) == [f"{row}0 {row}1 {row}2" for row in range(8)]


def test_a_page_on_its_side_is_read_in_its_own_rows():
    page = a_page([(0.1, 0.1, "Total"), (0.6, 0.1, "12.50"), (0.1, 0.3, "Thanks")])
    turned = Page(
        number=0, width=800, height=600, source="ocr", confidence=0.9, turned=90,
        lines=tuple(Line(line.text, displayed(line.box, 90)) for line in page.lines),
    )  # fmt: skip

    assert texts(turned) == texts(page) == ["Total 12.50", "Thanks"]


def test_a_label_has_its_value_behind_right_or_below():
    page = a_page([(0.1, 0.1, "Date: 1.2.2026"), (0.5, 0.1, "right"), (0.1, 0.2, "below")])

    found = [
        (one.relation, one.text) for one in lines.labelled([lines.rows(page)], re.compile("Date"))
    ]

    assert found == [("same", "1.2.2026"), ("right", "right"), ("below", "below")]


_PART = some.floats(0, 1, allow_nan=False)


@given(some.tuples(_PART, _PART, _PART, _PART), some.sampled_from([0, 90, 180, 270]))
def test_a_box_turned_and_turned_back_is_where_it_was(box, turned):
    back = displayed(upright(box, turned), turned)

    assert all(abs(one - other) < 1e-9 for one, other in zip(back, box, strict=True))


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_the_box_of_text_on_a_turned_pdf_page_is_where_its_picture_shows_it(degrees):
    document = pdfium.PdfDocument(a_pdf(["All the text that stands on this page"]))
    document[0].set_rotation(degrees)
    buffer = io.BytesIO()
    document.save(buffer)
    document.close()

    boxes = [line.box for line in read(buffer.getvalue(), "a.pdf", "").pages[0].lines]
    [drawn] = previews(buffer.getvalue(), "a.pdf", "application/pdf", [0])
    with Image.open(io.BytesIO(drawn.readable)) as picture:
        left, top, right, bottom = ImageOps.invert(picture.convert("L")).point(
            lambda level: 255 if level > 100 else 0
        ).getbbox() or (0, 0, 0, 0)  # fmt: skip

    shown = (left / drawn.width, top / drawn.height, right / drawn.width, bottom / drawn.height)
    stated = (
        min(box[0] for box in boxes), min(box[1] for box in boxes),
        max(box[2] for box in boxes), max(box[3] for box in boxes),
    )  # fmt: skip
    assert stated == pytest.approx(shown, abs=0.02)
