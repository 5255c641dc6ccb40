"""The rows and boxes of tilted and turned pages."""

import io
import re
from dataclasses import FrozenInstanceError, astuple

import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as some
from PIL import Image, ImageOps

from analysis import previews, read
from analysis.layout import lines
from analysis.model import Box, Line, Page
from tests.unit.analysis.documents import a_pdf, a_set_pdf


def a_page(lines, **more):
    page_lines = [Line(text, Box(x, y, x + 0.02 * len(text), y + 0.02)) for x, y, text in lines]
    fields = {"source": "ocr", "confidence": 0.9, **more}
    return Page(number=0, width=600, height=800, lines=tuple(page_lines), **fields)


def texts(page):
    return [lines.text_of(row) for row in lines.group_lines(page)]


def test_the_rows_of_a_tilted_photograph_are_found():
    lean = 0.04
    lines = [
        (x, 0.1 + 0.03 * row + lean * x, f"{row}{column}")
        for row in range(8)
        for column, x in enumerate((0.1, 0.5, 0.9))
    ]

    assert texts(a_page(lines)) == [f"{row}0 {row}1 {row}2" for row in range(8)]


def test_a_turned_page_has_the_same_rows():
    page = a_page([(0.1, 0.1, "Total"), (0.6, 0.1, "12.50"), (0.1, 0.3, "Thanks")])
    turned = Page(
        number=0, width=800, height=600, source="ocr", confidence=0.9, turned=90,
        lines=tuple(Line(line.text, line.box.rotated(-90)) for line in page.lines),
    )  # fmt: skip

    assert texts(turned) == texts(page) == ["Total 12.50", "Thanks"]


def test_a_value_is_after_right_of_or_below_its_label():
    page = a_page([(0.1, 0.1, "Date: 1.2.2026"), (0.5, 0.1, "right"), (0.1, 0.2, "below")])

    values = [
        (candidate.relation, candidate.text)
        for candidate in lines.labelled_values([lines.group_lines(page)], re.compile("Date"))
    ]

    assert values == [("same", "1.2.2026"), ("right", "right"), ("below", "below")]


_PART = some.floats(0, 1, allow_nan=False)


_BOXES = some.builds(Box, _PART, _PART, _PART, _PART)


@given(_BOXES, some.sampled_from([0, 90, 180, 270]))
def test_a_box_rotated_back_is_the_same(box, degrees):
    assert astuple(box.rotated(degrees).rotated(-degrees)) == pytest.approx(astuple(box), abs=1e-9)


def test_a_box_rotated_clockwise_moves_its_top_to_the_right():
    assert Box(0.0, 0.0, 0.5, 0.25).rotated(90) == Box(0.75, 0.0, 1.0, 0.5)
    assert Box(0.0, 0.0, 0.5, 0.25).rotated(180) == Box(0.5, 0.75, 1.0, 1.0)
    assert Box(0.0, 0.0, 0.5, 0.25).rotated(-90) == Box(0.0, 0.5, 0.25, 1.0)


@given(some.lists(_BOXES, min_size=1))
def test_the_union_of_boxes_contains_each_of_them(boxes):
    union = boxes[0].union(*boxes[1:])

    assert union.left == min(box.left for box in boxes)
    assert union.top == min(box.top for box in boxes)
    assert union.right == max(box.right for box in boxes)
    assert union.bottom == max(box.bottom for box in boxes)


def test_the_overlap_of_boxes_is_their_common_width():
    assert Box(0, 0, 0.5, 0.1).overlap(Box(0.25, 0.5, 1, 1)) == 0.25
    assert Box(0, 0, 0.25, 0.1).overlap(Box(0.5, 0, 1, 0.1)) == -0.25
    assert Box(0, 0, 0, 0.5).contains(y=0.5)
    assert not Box(0, 0.1, 0, 0.5).contains(y=0.05)


def test_a_box_is_frozen_and_rounded_in_json():
    with pytest.raises(FrozenInstanceError):
        Box(0, 0, 1, 1).left = 0.5  # type: ignore[misc]  # the tested mistake

    assert Line("a", Box(0.123456, 0, 1, 1)).to_dict()["box"] == [0.1235, 0, 1, 1]


def rotated_pdf(document, degrees):
    """The PDF with its first page rotated clockwise."""
    pdf = pdfium.PdfDocument(document)
    pdf[0].set_rotation(degrees)
    buffer = io.BytesIO()
    pdf.save(buffer)
    pdf.close()
    return buffer.getvalue()


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_rotated_text_page_has_the_same_facts(degrees):
    invoice = a_set_pdf(
        "# Invoice",
        "Invoice number: RE-2026-17\nInvoice date: 2026-03-14",
        [
            ["Description", "Qty", "Price", "Amount"],
            ["Oak table", "1", "100.00", "100.00"],
            ["Chair", "2", "50.00", "100.00"],
            ["Net", "", "", "200.00"],
            ["VAT 19 %", "", "", "38.00"],
            ["Total EUR", "", "", "238.00"],
        ],
    )

    upright = read(invoice, "a.pdf", "")
    turned = read(rotated_pdf(invoice, degrees), "a.pdf", "")

    def facts(result):
        return [(fact.name, fact.value) for fact in result.facts]

    assert turned.pages[0].turned == 360 - degrees
    assert ("gross", "238.00") in facts(turned)
    assert facts(turned) == facts(upright)
    assert len(turned.line_items) == len(upright.line_items) == 2
    box, turned_box = upright.facts[0].box, turned.facts[0].box
    assert box is not None
    assert turned_box is not None
    assert astuple(turned_box) == pytest.approx(astuple(box.rotated(degrees)), abs=0.01)


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_the_box_of_a_text_matches_the_drawn_page(degrees):
    page = rotated_pdf(a_pdf(["All the text that stands on this page"]), degrees)

    boxes = [line.box for line in read(page, "a.pdf", "").pages[0].lines]
    [drawn] = previews(page, "a.pdf", "application/pdf", [0])
    with Image.open(io.BytesIO(drawn.readable)) as picture:
        left, top, right, bottom = ImageOps.invert(picture.convert("L")).point(
            lambda level: 255 if level > 100 else 0
        ).getbbox() or (0, 0, 0, 0)  # fmt: skip

    drawn_box = (left / drawn.width, top / drawn.height, right / drawn.width, bottom / drawn.height)
    union = boxes[0].union(*boxes[1:])
    assert astuple(union) == pytest.approx(drawn_box, abs=0.02)
