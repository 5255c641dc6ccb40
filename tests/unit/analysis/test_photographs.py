"""Photographs: sheets seen at an angle are made flat, and several documents are not mixed."""

import io

import pypdfium2 as pdfium
import pytest
from PIL import Image

from analysis import join, read
from analysis.formats.images import sheet_corners
from analysis.model import Box, Page
from analysis.model.perspective import projection
from tests.unit.analysis.documents import a_pdf, a_picture, best_values

TABLE = "#6b5a48"
STRONG = ((0.22, 0.10), (0.80, 0.06), (0.97, 0.95), (0.03, 0.90))
SIDE = ((0.08, 0.06), (0.90, 0.18), (0.88, 0.86), (0.10, 0.96))
INVOICE = [
    (60, 60, "Tallow & Pike Ltd"),
    (60, 120, "Invoice number: TP-20417"),
    (60, 150, "Invoice date: 14 March 2026"),
    *[(x, 200, text) for x, text in ((60, "Description"), (330, "Quantity"), (440, "Amount"))],
    *[
        (x, 225 + 22 * row, text)
        for row in range(6)
        for x, text in ((60, f"Oak board {row}"), (330, f"{row + 2}"), (440, f"{row + 7}.50"))
    ],
    (60, 380, "Net total"), (440, 380, "GBP 60.00"),
    (60, 410, "VAT 20%"), (440, 410, "GBP 12.00"),
    (60, 440, "Total due"), (440, 440, "GBP 72.00"),
]  # fmt: skip


def a_sheet():
    """The picture of an invoice."""
    with pdfium.PdfDocument(a_pdf(INVOICE)) as document:
        return document[0].render(scale=2.6).to_pil().convert("RGB")


def photographed(sheet, corners, *, size=(1700, 2200)):
    """The sheet on a table, its corners at these fractions of the photograph."""
    table = Image.new("RGB", size, TABLE)
    table = Image.blend(table, Image.effect_noise(size, 30).convert("RGB"), 0.1)
    whole = Image.new("L", sheet.size, 255)
    perspective = projection(corners)
    square = ((0, 0), (1, 0), (1, 1), (0, 1))
    inverse = projection([perspective.flat_point(x, y) for x, y in square]).coefficients
    width, height = sheet.size
    a, b, c, d, e, f, g, h = inverse
    pixels = (
        a * width / size[0], b * width / size[1], c * width,
        d * height / size[0], e * height / size[1], f * height,
        g / size[0], h / size[1],
    )  # fmt: skip
    how = Image.Transform.PERSPECTIVE, pixels, Image.Resampling.BICUBIC
    table.paste(sheet.transform(size, *how), (0, 0), whole.transform(size, *how))
    return as_jpeg(table)


def as_jpeg(image):
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=88)
    return buffer.getvalue()


@pytest.mark.parametrize("corners", [STRONG, SIDE], ids=["from-below", "from-the-side"])
def test_an_invoice_photographed_at_an_angle_is_read_as_if_flat(corners):
    sheet = a_sheet()
    flat = read(as_jpeg(sheet), "a.jpg", "image/jpeg")

    leaning = read(photographed(sheet, corners), "a.jpg", "image/jpeg")

    assert best_values(leaning) == best_values(flat)
    assert [(item.description, item.amount) for item in leaning.line_items] == [
        (item.description, item.amount) for item in flat.line_items
    ]
    assert len(flat.line_items) == 6
    assert leaning.pages[0].perspective is not None


def test_boxes_are_those_of_the_photograph_as_displayed():
    data = photographed(a_sheet(), STRONG)

    result = read(data, "a.jpg", "image/jpeg")

    [number] = [fact for fact in result.facts if fact.name == "invoice_number"]
    x, y = projection(STRONG).point(200 / 595, 116 / 842)
    assert number.box is not None
    assert number.box.left < x < number.box.right
    assert number.box.contains(y=y)
    assert best_values(join([result])) == best_values(result)
    assert Page.from_dict(result.pages[0].to_dict()).perspective is not None


def test_a_box_is_found_again_on_the_flat_page():
    perspective = projection(STRONG)
    for box in (Box(0.1, 0.2, 0.9, 0.215), Box(0.7, 0.9, 0.75, 0.91), Box(0.0, 0.0, 1.0, 0.02)):
        again = perspective.flattened(perspective.displayed(box))
        assert again.to_list() == pytest.approx(box.to_list(), abs=0.001)


@pytest.mark.parametrize("corners", [STRONG, SIDE])
def test_the_corners_of_a_sheet_are_found(corners):
    photograph = Image.open(io.BytesIO(photographed(a_sheet(), corners)))

    [sheet] = sheet_corners.sheets(photograph)

    assert [value for point in sheet.corners for value in point] == pytest.approx(
        [value for point in corners for value in point], abs=0.006
    )


def test_a_sheet_without_a_background_has_no_corners():
    assert [sheet.corners for sheet in sheet_corners.sheets(a_sheet())] in ([], [()])


FIRST = [
    ("NORTH QUAY STORES", ""), ("14 Harbour Road, Leith", ""), ("12/03/2026 10:15", ""),
    *[(f"Bread {number}", "3.10") for number in range(5)],
    ("TOTAL GBP", "15.50"), ("CASH", "20.00"), ("CHANGE", "4.50"),
]  # fmt: skip
SECOND = [
    ("SOUTH MILL CAFE", ""), ("2 Mill Lane, Perth", ""), ("13/03/2026 18:40", ""),
    *[(f"Soup {number}", "6.40") for number in range(3)],
    ("TOTAL GBP", "19.20"), ("VISA", "19.20"), ("Thank you", ""),
]  # fmt: skip


def on_a_table(places, *, size, colour=TABLE, angles=(0, 0)):
    table = Image.new("RGB", size, colour)
    for lines, place, angle in zip((FIRST, SECOND), places, angles, strict=True):
        receipt = Image.open(io.BytesIO(a_picture(lines)))
        mask = Image.new("L", receipt.size, 255).rotate(angle, expand=True)
        table.paste(receipt.rotate(angle, expand=True), place, mask)
    return as_jpeg(table)


@pytest.mark.parametrize(
    "photograph",
    [
        on_a_table([(80, 120), (1000, 200)], size=(1900, 1300)),
        on_a_table([(80, 120), (1000, 200)], size=(1900, 1300), angles=(3, -4)),
        on_a_table([(80, 120), (1000, 200)], size=(1900, 1300), colour="#f7f5f0"),
        on_a_table([(100, 60), (120, 780)], size=(1000, 1500)),
    ],
    ids=["beside", "leaning", "without-edges", "above"],
)
def test_two_receipts_on_one_photograph_are_not_mixed(photograph):
    result = read(photograph, "a.jpg", "image/jpeg")

    values = best_values(result)
    assert (values["merchant"], values["date"]) == ("NORTH QUAY STORES", "2026-03-12")
    assert values["total"] == {"minor": 1550, "currency": "gbp"}
    assert {fact.value for fact in result.facts} & {"19.20", "13/03/2026", "6.40"} == set()
    assert len(result.line_items) == 5
    assert "SOUTH MILL CAFE" in result.pages[0].text
    [warning] = result.warnings
    assert (warning["code"], warning["params"]["documents"]) == ("several_documents", 2)
    assert join([result]).warnings == result.warnings


def test_the_columns_of_one_receipt_are_not_documents():
    result = read(a_picture(FIRST), "a.jpg", "image/jpeg")

    assert result.warnings == ()
    assert len(result.line_items) == 5
