"""Tables by their cells: drawn rules of PDFs, and the tables of DOCX files."""

import io

import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, Table

from analysis import Result, read
from analysis.layout import ruling
from tests.unit.analysis.documents import a_docx

GRID = ("GRID", (0, 0), (-1, -1), 0.5, "black")
MIDDLE = ("VALIGN", (0, 0), (-1, -1), "MIDDLE")
HEAD = ("Description", "Qty", "Unit price", "Amount")
WIDTHS = (150, 40, 60, 60)
SMALL = ParagraphStyle("small", fontName="Helvetica", fontSize=9, leading=11)
TITLE = ("Hollin Works Ltd", "Invoice number: HW-1", "Invoice date: 14 March 2026")


def a_ruled_pdf(*pages, widths=WIDTHS, style=(GRID, MIDDLE), rotation=0):
    """Pages with a table each, whose longer texts are wrapped."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(842, 842), invariant=1)
    for number, rows in enumerate(pages):
        canvas.setPageRotation(rotation)
        for line, text in enumerate(TITLE if number == 0 else ()):
            canvas.drawString(60, 800 - 16 * line, text)
        cells = [
            [Paragraph(text, SMALL) if len(text) > 12 else text for text in row] for row in rows
        ]
        table = Table(cells, colWidths=widths, style=[("FONTSIZE", (0, 0), (-1, -1), 9), *style])
        _, height = table.wrap(500, 700)
        table.drawOn(canvas, 60, 740 - height)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def read_pdf(*pages, **options):
    return read(a_ruled_pdf(*pages, **options), "invoice.pdf", "application/pdf")


def items_of(result: Result):
    return [
        (item.description, item.quantity, item.unit_price, item.amount)
        for item in result.line_items
    ]


LONG = "Survey of the north wall and of the roof above it, with drawings of all its parts"
ROWS = (HEAD, (LONG, "2", "100.00", "200.00"), ("Report", "3", "10.00", "30.00"))
ITEMS = [(LONG, "2", "100.00", "200.00"), ("Report", "3", "10.00", "30.00")]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_row_of_cells_is_one_item_with_its_texts_in_the_middle(rotation):
    result = read_pdf(ROWS, rotation=rotation)

    assert items_of(result) == ITEMS
    [table] = result.tables
    assert table.rows == ROWS
    assert table.header_rows == 1


def test_texts_are_divided_where_a_rule_is_between_them():
    rows = (
        HEAD,
        ("Consulting on site", "12", "110.00", "1,320.00"),
        ("Drive", "1", "9.00", "9.00"),
    )
    narrow = (72, 22, 33, 45)
    tight = [("LEFTPADDING", (0, 0), (-1, -1), 1), ("RIGHTPADDING", (0, 0), (-1, -1), 1),
             ("ALIGN", (1, 0), (1, -1), "RIGHT")]  # fmt: skip

    result = read_pdf(rows, widths=narrow, style=(GRID, MIDDLE, *tight))

    assert items_of(result) == [
        ("Consulting on site", "12", "110.00", "1320.00"), ("Drive", "1", "9.00", "9.00"),
    ]  # fmt: skip


def test_rows_without_rules_between_them_are_rows_of_text():
    columns_only = (
        ("BOX", (0, 0), (-1, -1), 0.5, "black"),
        ("LINEBELOW", (0, 0), (-1, 0), 0.5, "black"),
        ("INNERGRID", (0, 0), (-1, 0), 0.5, "black"),
        ("LINEBEFORE", (1, 0), (-1, -1), 0.5, "black"),
    )
    rows = (HEAD, ("Survey", "2", "100.00", "200.00"), ("Report", "3", "10.00", "30.00"))

    result = read_pdf(rows, style=columns_only)

    assert items_of(result) == [("Survey", "2", "100.00", "200.00"), ITEMS[1]]
    assert result.tables[0].rows == rows


def test_a_table_with_rules_between_its_rows_only_is_read():
    rows_only = (
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, "black"),
        ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
    )
    rows = (HEAD, ("Survey", "2", "100.00", "200.00"), (LONG, "", "", "30.00"), ROWS[2])

    result = read_pdf(rows, style=(*rows_only, MIDDLE))

    assert items_of(result) == [
        ("Survey", "2", "100.00", "200.00"), (LONG, None, None, "30.00"), ITEMS[1],
    ]  # fmt: skip
    [table] = result.tables
    assert (table.rows[0], table.header_rows) == (HEAD, 1)
    assert table.rows[-1] == ROWS[2]


def test_cells_over_several_rows_and_columns_are_stated():
    rows = (
        ("Site", "Hours", "", "Notes"),
        ("", "March", "April", ""),
        ("Otley", "12", "15", "late"),
        ("Ilkley", "", "7", ""),
    )
    spans = (
        ("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (2, 0)), ("SPAN", (3, 0), (3, 1)),
        ("SPAN", (3, 2), (3, 3)),
    )  # fmt: skip

    [table] = read_pdf(rows, style=(GRID, ("VALIGN", (0, 0), (-1, -1), "TOP"), *spans)).tables

    assert table.rows == rows
    assert set(table.spans) == {(0, 0, 2, 1), (0, 1, 1, 2), (0, 3, 2, 1), (2, 3, 2, 1)}


def test_a_table_continues_on_the_next_page():
    second = (HEAD, ("Drawing", "1", "5.00", "5.00"), ("", "", "Total", "235.00"))

    result = read_pdf(ROWS, second)

    assert items_of(result) == [*ITEMS, ("Drawing", "1", "5.00", "5.00")]
    assert [table.continued for table in result.tables] == [False, True]


def test_a_drawing_is_no_grid():
    rules = [(float(number), 0.0, 500.0) for number in range(0, 900, 3)]

    assert not list(ruling.grids(rules, rules))


def test_many_short_lines_are_no_grid():
    short = [
        (10.0 * row, 10.0 * column + 5 * (row % 2), 10.0 * column + 5 * (row % 2) + 6)
        for row in range(40)
        for column in range(40)
    ]
    long = [(5.0 * column, 0.0, 400.0) for column in range(80)]

    assert list(ruling.grids(short[:80], long))
    assert not list(ruling.grids(short, long))


def p(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(text, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def tr(*cells):
    return f"<w:tr>{''.join(cell if cell.startswith('<') else tc(cell) for cell in cells)}</w:tr>"


def read_docx(body):
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return read(a_docx(body), "invoice.docx", kind)


def test_the_merged_cells_of_a_docx_are_stated():
    down, more = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    [table] = read_docx(
        p("Hours worked")
        + "<w:tbl>"
        + tr(tc("Site", down), tc("Hours", '<w:gridSpan w:val="2"/>'))
        + tr(tc("", more), "March", "April")
        + tr("Otley", "12", "15")
        + "</w:tbl>"
    ).tables

    assert table.rows == (("Site", "Hours", ""), ("", "March", "April"), ("Otley", "12", "15"))
    assert set(table.spans) == {(0, 0, 2, 1), (0, 1, 1, 2)}


def test_the_items_of_a_table_within_a_table_of_a_docx_are_read():
    items = "<w:tbl>" + tr(*HEAD) + tr(LONG, "2", "100.00", "200.00") + "</w:tbl>"
    frame = f"<w:tc>{p('')}{items}{p('')}</w:tc>"

    result = read_docx("".join(map(p, TITLE)) + "<w:tbl>" + tr("Work", frame) + "</w:tbl>")

    assert items_of(result) == [ITEMS[0]]
