"""The tables of spreadsheets, by their cells."""

from analysis import read
from tests.unit.analysis.workbooks import TYPE, a_workbook, cells

EMPTY_ROW = "<row/>"
SHIFTS = ("Date", "Site", "Start", "End", "Hours")


def tables_of(*rows, **options):
    return read(a_workbook("".join(rows), **options), "book.xlsx", TYPE).tables


def test_a_timesheet_is_a_table_with_its_empty_cells():
    [table] = tables_of(
        cells("Timesheet of March 2026"),
        cells(*SHIFTS),
        cells((46084, 1), "Otley", "08:00", "16:30", (8.5, 0)),
        cells((46085, 1), "", "", "", ""),
        cells((46086, 1), "Ilkley", "09:00", "", (3, 0)),
        EMPTY_ROW,
        cells("Signed: R. Hollin"),
    )

    assert table.rows == (
        SHIFTS,
        ("2026-03-03", "Otley", "08:00", "16:30", "8.5"),
        ("2026-03-04", "", "", "", ""),
        ("2026-03-05", "Ilkley", "09:00", "", "3"),
    )
    assert table.header_rows == 1


def test_an_empty_row_or_a_row_of_heads_divides_tables():
    made = tables_of(
        cells("Customer", "Brandt"),
        cells("Order", "417"),
        cells("Article", "Unit", "Price"),
        cells("Oak board", "m", (12.5, 2)),
        EMPTY_ROW,
        cells("Zone", "Freight"),
        cells("North", (9, 2)),
    )

    assert [table.rows[0] for table in made] == [
        ("Customer", "Brandt", ""), ("Article", "Unit", "Price"), ("Zone", "Freight", ""),
    ]  # fmt: skip


def test_the_prices_of_a_price_list_are_no_items():
    rows = [cells(f"Board {size} cm", "m", (size / 4, 2)) for size in (10, 20, 30)]
    workbook = a_workbook(cells("Article", "Unit", "Price") + "".join(rows))

    result = read(workbook, "prices.xlsx", TYPE)

    assert len(result.tables[0].rows) == 4
    assert not result.line_items


def test_merged_cells_are_stated():
    [table] = tables_of(
        cells("Site", "Hours", ""),
        cells("", "March", "April"),
        cells("Otley", (12, 0), (15, 0)),
        merged=("A1:A2", "B1:C1", "B3:B3", "nonsense"),
    )

    assert table.rows == (("Site", "Hours", ""), ("", "March", "April"), ("Otley", "12", "15"))
    assert set(table.spans) == {(0, 0, 2, 1), (0, 1, 1, 2)}


def test_a_long_table_continues_on_the_next_page():
    rows = [cells((46084, 1), f"Site {number}", "", (number, 0)) for number in range(60)]

    first, second = tables_of(cells("Date", "Site", "Notes", "Hours"), *rows)

    assert (first.page, second.page, second.continued) == (0, 1, True)
    assert len(first.rows) + len(second.rows) == 61


def test_a_line_break_in_a_cell_ends_a_line():
    rows = cells("Hollin Works Ltd\n4 Mill Lane", "Date"), cells("Otley", (46084, 1))

    [page] = read(a_workbook("".join(rows)), "book.xlsx", TYPE).pages

    assert [line.text for line in page.lines][:3] == ["Hollin Works Ltd", "4 Mill Lane", "Date"]
