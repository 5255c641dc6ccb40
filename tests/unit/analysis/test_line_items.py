"""The line items of invoices and receipts, and the cells of tables."""

import pytest

from analysis import read
from analysis.extract.item_columns import role_of
from tests.unit.analysis.documents import a_pdf, a_picture

HEAD = [
    (60, 60, "Hollin Works Ltd"), (60, 90, "Invoice number: HW-1"),
    (60, 110, "Invoice date: 14 March 2026"),
]  # fmt: skip
COLUMNS = (60, 300, 345, 420, 490)


def rows(*cells, top=200, columns=COLUMNS):
    """Rows of cells at the columns' positions; an empty cell is not printed."""
    return [
        (x, top + 20 * number, cell)
        for number, row in enumerate(cells)
        for x, cell in zip(columns, row, strict=True)
        if cell
    ]


def items_of(*pages):
    result = read(a_pdf(*pages), "invoice.pdf", "application/pdf")
    return [
        (item.description, item.quantity, item.unit_price, item.amount)
        for item in result.line_items
    ]


TITLES = ("Description", "Qty", "VAT", "Unit price", "Amount")


def test_a_word_in_the_description_does_not_hide_an_item():
    page = HEAD + rows(
        TITLES,
        ("Grounds maintenance, second round", "2", "20 % VAT", "180.00", "360.00"),
        ("Business card holder, net weight 2 kg", "1", "20 % VAT", "9.50", "9.50"),
        ("Tax advice, discount agreed", "3", "20 % VAT", "50.00", "150.00"),
        ("Total", "", "", "", "519.50"),
    )

    assert items_of(page) == [
        ("Grounds maintenance, second round", "2", "180.00", "360.00"),
        ("Business card holder, net weight 2 kg", "1", "9.50", "9.50"),
        ("Tax advice, discount agreed", "3", "50.00", "150.00"),
    ]


@pytest.mark.parametrize(
    ("titles", "ending"),
    [
        (("Bezeichnung", "Menge", "USt.", "Einzelpreis", "Gesamtpreis"), "Zwischensumme"),
        (("Désignation", "Qté", "TVA", "PU HT", "Montant HT"), "Total HT"),
        (("Descrizione", "Q.tà", "IVA", "Prezzo", "Importo"), "Totale imponibile"),
        (("Omschrijving", "Aantal", "BTW", "Stukprijs", "Bedrag"), "Subtotaal"),
        (("Description", "Hours", "Tax", "Rate", "Line total"), "Subtotal"),
    ],
)
def test_the_heads_of_columns_are_known_in_several_languages(titles, ending):
    page = HEAD + rows(
        titles,
        ("Kiefer 60x120", "3", "19 %", "17,50", "52,50"),
        (ending, "", "", "", "52,50"),
        ("19 %", "", "", "", "9,98"),
    )

    assert items_of(page) == [("Kiefer 60x120", "3", "17.50", "52.50")]


def test_a_row_of_text_continues_the_description_above():
    page = HEAD + rows(
        TITLES,
        ("Survey of the north wall", "1", "20 %", "75.00", "75.00"),
        ("and of the roof above it", "", "", "", ""),
        ("Report", "1", "20 %", "25.00", "25.00"),
        ("Total", "", "", "", "100.00"),
    )

    assert [item[0] for item in items_of(page)] == [
        "Survey of the north wall and of the roof above it",
        "Report",
    ]


def test_an_amount_in_the_row_below_belongs_to_the_item_above():
    page = HEAD + rows(
        TITLES,
        ("Rental days", "2", "20 %", "86.55", ""),
        ("", "", "", "", "173.10"),
        ("Insurance", "2", "20 %", "23.10", "46.20"),
        ("Total", "", "", "", "219.30"),
    )

    assert items_of(page) == [
        ("Rental days", "2", "86.55", "173.10"),
        ("Insurance", "2", "23.10", "46.20"),
    ]


def test_items_continue_on_the_next_page():
    first = HEAD + rows(TITLES, ("Sawn timber", "2", "20 %", "10.00", "20.00"), top=700)
    second = rows(
        ("Oak boards", "1", "20 %", "30.00", "30.00"), ("Total", "", "", "", "50.00"), top=80
    )

    assert [item[0] for item in items_of(first, second)] == ["Sawn timber", "Oak boards"]


def test_a_table_of_taxes_below_the_items_has_no_items():
    page = HEAD + rows(
        TITLES,
        ("Sawn timber", "2", "20 %", "10.00", "20.00"),
        ("Tax group", "", "Base", "", "Tax due"),
        ("Standard", "", "20.00", "", "4.00"),
    )

    assert [item[0] for item in items_of(page)] == ["Sawn timber"]


def test_an_empty_cell_of_a_table_is_empty():
    titles = ("Date", "Details", "Paid out", "Paid in", "Balance")
    columns = (60, 130, 300, 390, 480)
    page = [
        (60, 40, "Harrow Bank account statement"),
        *rows(
            titles,
            ("2 Feb", "Card payment", "43.18", "", "1,161.37"),
            ("9 Feb", "Faster payment", "", "150.00", "1,311.37"),
            ("", "Standing order", "25.00", "", "1,286.37"),
            ("11 Feb", "Interest", "", "1.00", "1,287.37"),
            columns=columns,
        ),
    ]

    [table] = read(a_pdf(page), "statement.pdf", "application/pdf").tables

    assert table.rows == (
        titles,
        ("2 Feb", "Card payment", "43.18", "", "1,161.37"),
        ("9 Feb", "Faster payment", "", "150.00", "1,311.37"),
        ("", "Standing order", "25.00", "", "1,286.37"),
        ("11 Feb", "Interest", "", "1.00", "1,287.37"),
    )


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("Einzelpreis (EUR)", "unit_price"), ("Betrag €", "amount"), ("Item no.", "number"),
        ("kWh used", "quantity"), ("品名", "description"), ("Taxable base", None), ("Terms", None),
    ],
)  # fmt: skip
def test_the_role_of_a_column_follows_from_its_head(head, role):
    assert role_of(head) == role


SHOP = [("NORTH QUAY STORES", ""), ("14 Harbour Road", ""), ("Date: 14/03/2026 10:22", "")]
PAID = [("Total", "18.84"), ("Cash", "20.00"), ("Change", "1.16")]


def receipt_items(*lines):
    data = a_picture([*SHOP, *lines, *PAID])
    result = read(data, "receipt.jpg", "image/jpeg")
    assert result.kind == "receipt"
    return [
        (item.description, item.quantity, item.unit_price, item.amount)
        for item in result.line_items
    ]


def test_rows_of_two_cells_are_items_of_a_receipt():
    lines = [("Wood screws", "6.49"), ("Paint brush", "8.25"), ("Sandpaper", "4.10")]

    assert receipt_items(*lines) == [
        ("Wood screws", None, None, "6.49"),
        ("Paint brush", None, None, "8.25"),
        ("Sandpaper", None, None, "4.10"),
    ]


def test_a_name_above_or_a_quantity_below_belongs_to_the_item():
    lines = [
        ("Wood screws 40 mm box", ""),
        ("2 x 3.25", "6.50"),
        ("Paint brush wide", "8.24"),
        ("2 x 4.12", ""),
        ("Sandpaper sheet", "4.10"),
    ]

    assert receipt_items(*lines) == [
        ("Wood screws 40 mm box", "2", "3.25", "6.50"),
        ("Paint brush wide", "2", "4.12", "8.24"),
        ("Sandpaper sheet", None, None, "4.10"),
    ]


def test_taxes_and_payments_are_no_items_of_a_receipt():
    lines = [("Wood screws", "17.60"), ("Subtotal", "17.60"), ("GST 7.05%", "1.24")]

    assert receipt_items(*lines) == [("Wood screws", None, None, "17.60")]
