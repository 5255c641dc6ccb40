"""The line items of invoices, and the cells of tables."""

import pytest

from analysis import read
from analysis.extract.line_items.columns import role_of
from tests.unit.analysis.documents import a_pdf

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


WIDE = (40, 110, 200, 400, 460, 520, 600, 680, 740)


@pytest.mark.parametrize(
    ("titles", "item"),
    [
        (("Item no.", "Date", "Description", "Qty", "Unit", "Unit price", "Disc.", "VAT", "Amount"),
         ("A-17", "02/03/2026", "Oak boards", "4", "pcs", "12.50", "10%", "20%", "45.00")),
        (("Art.-Nr.", "Datum", "Bezeichnung", "Menge", "Einh.", "Preis", "Rabatt", "USt", "Gesamt"),
         ("A-17", "02.03.2026", "Eichenbretter", "4", "Stk", "12,50", "10 %", "19 %", "45,00")),
        (("Réf.", "Date", "Désignation", "Qté", "Unité", "P.U. HT", "Remise", "TVA", "Montant HT"),
         ("A-17", "02/03/2026", "Planches", "4", "pce", "12,50", "10 %", "20 %", "45,00")),
        (("Ref.", "Fecha", "Descripción", "Cant.", "Ud.", "Precio", "Dto.", "IVA", "Importe"),
         ("A-17", "02/03/2026", "Tablas", "4", "ud", "12,50", "10 %", "21 %", "45,00")),
        (("Codice", "Data", "Descrizione", "Q.tà", "U.M.", "Prezzo", "Sconto", "IVA", "Importo"),
         ("A-17", "02/03/2026", "Assi", "4", "pz", "12,50", "10 %", "22 %", "45,00")),
        (("Artikelnr.", "Datum", "Omschrijving", "Aantal", "Eenh.", "Prijs", "Korting", "BTW",
          "Bedrag"),
         ("A-17", "02-03-2026", "Planken", "4", "st", "12,50", "10 %", "21 %", "45,00")),
    ],
    ids=["en", "de", "fr", "es", "it", "nl"],
)  # fmt: skip
def test_the_fields_of_an_item_follow_from_the_heads_of_their_columns(titles, item):
    page = HEAD + rows(titles, item, ("", "", "Total", "", "", "", "", "", item[-1]), columns=WIDE)

    data = a_pdf(page, size=(842, 595))
    [found] = read(data, "invoice.pdf", "application/pdf").line_items

    assert (found.item_number, found.date, found.description) == ("A-17", "2026-03-02", item[2])
    assert (found.quantity, found.unit, found.unit_price) == ("4", item[4], "12.50")
    assert (found.discount, found.tax_rate) == ("10%", item[7].strip(" %"))
    assert (found.amount, round(found.confidence or 0, 2)) == ("45.00", 0.98)


def test_a_unit_may_stand_beside_its_quantity():
    page = HEAD + rows(TITLES, ("Survey", "1.500 kg", "", "10.00", "15.00"))

    [found] = read(a_pdf(page), "invoice.pdf", "application/pdf").line_items

    assert (found.quantity, found.unit) == ("1.5", "kg")


def test_numbers_of_two_columns_that_are_one_text_are_divided():
    titles = ("Description", "Qty", "Price", "Disc.", "Amount")
    page = HEAD + rows(
        titles, ("Nougat", "20", "4.55 10%", "", "81.90"), columns=(60, 300, 345, 385, 490)
    )

    [found] = read(a_pdf(page), "invoice.pdf", "application/pdf").line_items

    assert (found.unit_price, found.discount, found.confidence) == ("4.55", "10%", 0.97)


def test_numbers_at_the_right_of_a_column_may_be_nearer_to_the_next_head():
    heads = [(60, "Description"), (250, "Qty"), (330, "Price"), (410, "VAT"), (480, "Amount")]
    page = [*HEAD, *((x, 200, head) for x, head in heads)]
    for y, (name, quantity, price, amount) in enumerate(
        [("Survey", "2", "10.00", "20.00"), ("Report", "3", "11.00", "33.00")]
    ):
        values = ((60, name), (312, quantity), (372, price), (420, "20%"), (520, amount))
        page += [(x, 230 + 20 * y, value) for x, value in values]

    assert items_of(page) == [("Survey", "2", "10.00", "20.00"), ("Report", "3", "11.00", "33.00")]


def test_a_quantity_may_be_one_text_with_the_description_behind_it():
    titles = ("Qty", "Description", "VAT", "Unit price", "Amount")
    numbers = [("", "", "20 %", "10.00", "40.00"), ("", "", "20 %", "5.00", "60.00")]
    page = HEAD + rows(titles, *numbers, columns=(60, 110, 345, 420, 490))
    page += [(100, 220, "4 Oak boards"), (93, 240, "12 Hinges")]

    assert items_of(page) == [
        ("Oak boards", "4", "10.00", "40.00"), ("Hinges", "12", "5.00", "60.00"),
    ]  # fmt: skip


def test_an_item_may_have_the_name_of_a_sum_that_is_carried_over():
    page = HEAD + rows(
        TITLES, ("Report 2", "3", "20 %", "11.00", "33.00"), ("A riportare", "", "", "", "33.00"),
        ("Survey", "2", "20 %", "10.00", "20.00"),
    )  # fmt: skip

    assert [item[0] for item in items_of(page)] == ["Report 2", "Survey"]


def test_an_item_whose_numbers_do_not_make_its_amount_is_less_certain():
    page = HEAD + rows(
        TITLES, ("Survey", "2", "20 %", "10.00", "20.00"), ("Report", "3", "20 %", "10.00", "20.00")
    )

    found = read(a_pdf(page), "invoice.pdf", "application/pdf").line_items

    assert [item.confidence for item in found] == [0.97, 0.6]


def test_a_head_of_two_rows_and_joined_heads_are_known():
    page = [
        *HEAD, (60, 200, "Description"), (300, 200, "Quantity VAT"), (420, 200, "Unit"),
        (490, 200, "Amount"), (300, 210, "ordered"), (420, 210, "price"),
        *rows(("Survey", "2", "20 %", "10.00", "21.00"), top=240),
    ]  # fmt: skip

    assert items_of(page) == [("Survey", "2", "10.00", "21.00")]


def test_a_row_of_text_belongs_to_the_item_that_it_is_nearer_to():
    page = HEAD + rows(TITLES, top=200) + rows(
        ("Survey of", "", "", "", ""), ("", "1", "20 %", "75.00", "75.00"),
        ("the wall", "", "", "", ""), top=225,
    ) + rows(("Drawing of", "", "", "", ""), top=320) + rows(
        ("all the rooms", "1", "20 %", "25.00", "25.00"), top=333,
    ) + rows(("Total", "", "", "", "100.00"), top=400)  # fmt: skip

    assert [item[0] for item in items_of(page)] == [
        "Survey of the wall",
        "Drawing of all the rooms",
    ]


def test_items_follow_a_sum_that_is_carried_over():
    first = HEAD + rows(
        TITLES, ("Sawn timber", "2", "20 %", "10.00", "20.00"),
        ("Subtotal carried forward", "", "", "", "20.00"), top=700,
    ) + [(60, 790, "Subtotal"), (490, 790, "20.00")]  # fmt: skip
    second = rows(
        ("Brought forward", "", "", "", "20.00"), ("Oak boards", "1", "20 %", "30.00", "30.00"),
        ("Total", "", "", "", "50.00"), ("Paid by card", "1", "", "50.00", "50.00"), top=80,
    )  # fmt: skip

    assert [item[0] for item in items_of(first, second)] == ["Sawn timber", "Oak boards"]


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


@pytest.mark.parametrize(
    ("note", "label"),
    [
        ("Thank you for your business", "SUBTOTAL"),
        ("Vielen Dank für Ihren Auftrag", "Zwischensumme"),
        ("Quadro resumo", "Mercadoria/Serviços"),
        ("Merci de votre confiance", "Total HT"),
    ],
)
def test_totals_beside_a_note_are_no_items(note, label):
    page = HEAD + rows(
        ("Description", "Qty", "VAT", "Unit price", "Amount"),
        ("Hedge trimming", "2", "20 %", "180.00", "360.00"),
        ("Tree survey", "1", "20 %", "95.00", "95.00"),
        (note, "", "", label, "455.00"),
        ("", "", "", "VAT", "91.00"),
    )

    assert [item[0] for item in items_of(page)] == ["Hedge trimming", "Tree survey"]


def test_a_word_for_tax_left_of_an_amount_does_not_end_the_table():
    page = HEAD + rows(
        ("Description", "Qty", "Unit price", "Tax", "Amount"),
        ("Hedge trimming", "", "", "VAT", "360.00"),
        ("Tree survey", "", "", "VAT", "95.00"),
        ("Total", "", "", "", "455.00"),
    )

    assert [item[0] for item in items_of(page)] == ["Hedge trimming", "Tree survey"]


@pytest.mark.parametrize("tax", ["Output CGST", "Output IGST 18%", "Input VAT"])
def test_a_tax_that_is_booked_is_no_item(tax):
    page = HEAD + rows(
        ("Description", "Qty", "Unit", "Rate", "Amount"),
        ("Copper wire", "2", "nos", "180.00", "360.00"),
        ("LED lamp", "1", "nos", "95.00", "95.00"),
        ("", "", "", "", "455.00"),
        (tax, "", "", "", "40.95"),
    )

    assert [item[0] for item in items_of(page)] == ["Copper wire", "LED lamp"]


@pytest.mark.parametrize(
    ("titles", "first", "second"),
    [
        (("Activity", "Description"), ("Sod", "Bermuda, per pallet"), ("Crew", "Two men, hours")),
        (("Leistung", "Beschreibung"), ("Montage", "Tor im Hof"), ("Anfahrt", "Hin und zurück")),
        (("Service", "Description"), ("Labour", "Rewire of loft"), ("Parts", "Cable, 20 m")),
    ],
)
def test_a_category_is_no_part_of_the_description(titles, first, second):
    columns = (60, 130, 345, 420, 490)
    page = HEAD + rows(
        (*titles, "Qty", "Price", "Amount"),
        (*first, "3", "95.00", "285.00"),
        (*second, "2", "50.00", "100.00"),
        ("Total", "", "", "", "385.00"),
        columns=columns,
    )

    assert [item[0] for item in items_of(page)] == [first[1], second[1]]


def test_an_item_with_no_more_than_a_short_name_keeps_it():
    columns = (60, 130, 345, 420, 490)
    page = HEAD + rows(
        ("Activity", "Description", "Qty", "Price", "Amount"),
        ("Sod", "Bermuda, per pallet", "3", "95.00", "285.00"),
        ("Delivery", "", "2", "50.00", "100.00"),
        ("Total", "", "", "", "385.00"),
        columns=columns,
    )

    assert "Delivery" in [item[0] for item in items_of(page)]
