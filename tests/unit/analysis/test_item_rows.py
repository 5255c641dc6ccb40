"""Which rows of a table are line items, and which of their columns have codes and quantities."""

import pytest

from analysis import Box, Page, read
from analysis.extract import line_items
from analysis.extract.line_items.columns import role_of
from analysis.layout.lines import TextSpan
from tests.unit.analysis.documents import a_pdf
from tests.unit.analysis.test_line_items import HEAD, rows

COLUMNS = (40, 110, 300, 420, 500, 580, 700)


def items(page, **options):
    return read(a_pdf(page, **options), "invoice.pdf", "application/pdf").line_items


def numbers(found):
    return [(item.quantity, item.unit_price, item.amount) for item in found]


@pytest.mark.parametrize(
    "titles",
    [
        ("Sl", "Description of Goods", "HSN/SAC", "Qty", "Unit", "Rate", "Amount"),
        ("Sr. No", "Particulars", "Code", "Qty", "per", "Price", "Amount"),
        ("Pos.", "Bezeichnung", "Art.-Nr.", "Menge", "Einheit", "Einzelpreis", "Gesamtpreis"),
        ("Ligne", "Désignation", "Réf.", "Qté", "Unité", "P.U. HT", "Montant HT"),
        ("Item", "Description", "Part no.", "Qty", "UoM", "Unit price", "Total"),
    ],
)
def test_a_serial_number_is_not_a_part_of_the_name(titles):
    page = HEAD + rows(
        titles,
        ("1", "Hex bolt M12", "7318", "40", "pcs", "2.00", "80.00"),
        ("2", "Spring washer", "7319", "10", "pcs", "1.50", "15.00"),
        columns=COLUMNS,
    )

    found = items(page, size=(842, 595))

    assert [item.description for item in found] == ["Hex bolt M12", "Spring washer"]
    assert [item.item_number for item in found] == ["7318", "7319"]
    assert numbers(found) == [("40", "2.00", "80.00"), ("10", "1.50", "15.00")]


@pytest.mark.parametrize(
    "titles",
    [
        ("Artigo", "Descrição", "Qtd.", "Preço unit.", "Total"),
        ("Artículo", "Descripción", "Cantidad", "Precio", "Importe"),
        ("Articolo", "Descrizione", "Quantità", "Prezzo", "Importo"),
        ("Article", "Désignation", "Quantité", "Prix unitaire", "Montant"),
        ("Artikel", "Omschrijving", "Aantal", "Prijs", "Bedrag"),
        ("Produkt", "Bezeichnung", "Menge", "Preis", "Betrag"),
        ("Code", "Description", "Qty", "Unit £", "Value £"),
        ("Vare", "Beskrivelse", "Antal", "Enhedspris", "Beløb"),
        ("Services", "Details", "Hours", "Rate", "Amount"),
    ],
)
def test_a_code_in_a_column_of_its_own_is_the_item_number(titles):
    page = HEAD + rows(
        titles,
        ("AZ-15A", "Tile 15x15", "40", "2.00", "80.00"),
        ("RD-08", "Skirting 1/1 65 mm", "10", "1.50", "15.00"),
        columns=(40, 110, 345, 420, 490),
    )

    found = items(page)

    assert [(item.item_number, item.description) for item in found] == [
        ("AZ-15A", "Tile 15x15"),
        ("RD-08", "Skirting 1/1 65 mm"),
    ]
    assert numbers(found) == [("40", "2.00", "80.00"), ("10", "1.50", "15.00")]


def test_a_column_of_products_with_words_is_a_part_of_the_description():
    page = HEAD + rows(
        ("Product", "Details", "Qty", "Price", "Amount"),
        ("Garden table", "oak, oiled", "1", "80.00", "80.00"),
        ("Folding chair", "beech", "4", "20.00", "80.00"),
        columns=(40, 130, 345, 420, 490),
    )

    assert [item.description for item in items(page)] == [
        "Garden table oak, oiled",
        "Folding chair beech",
    ]


@pytest.mark.parametrize(
    "row",
    [
        "CGST @ 9%", "Add: SGST", "IGST 18%", "UTGST", "Less: Round off", "Rounding", "PST 7%",
        "QST", "TPS", "w tym", "z toho", "davon 19 %", "darin enthalten", "of which VAT",
        "dont TVA 20 %",
        "di cui IVA", "waarvan btw", "varav moms", "Less deposit received", "Rundungsdifferenz",
        "Arredondamento:", "Zaokrouhlení", "Öresavrundning", "Acompte versé",
    ],
)  # fmt: skip
def test_taxes_roundings_and_parts_of_a_sum_are_no_items(row):
    page = HEAD + rows(
        ("Description", "Qty", "VAT", "Unit price", "Amount"),
        ("Oak board", "2", "", "10.00", "20.00"),
        (row, "", "", "", "3.80"),
    )

    assert [item.description for item in items(page)] == ["Oak board"]


@pytest.mark.parametrize(
    "name",
    [
        "Davon-Pumpe 12 V",
        "Round table, oak",
        "Tax advice",
        "Depositary services",
        "Rounded oak rail",
    ],
)
def test_an_item_may_begin_like_a_tax_or_a_rounding(name):
    page = HEAD + rows(
        ("Description", "Qty", "VAT", "Unit price", "Amount"),
        (name, "2", "", "10.00", "20.00"),
        ("Elm board", "1", "", "5.00", "5.00"),
    )

    assert [item.description for item in items(page)] == [name, "Elm board"]


@pytest.mark.parametrize(
    "row",
    ["Discount 10%", "Less: Discount", "Less trade discount", "Rabatt (10 %)", "abzgl. Rabatt",
     "Remise 10 %", "Sconto 10%", "Descuento", "Desconto comercial", "Korting 10%", "Sleva 10 %"],
)  # fmt: skip
def test_a_discount_of_the_whole_is_no_item_and_the_items_still_add_up(row):
    page = HEAD + rows(
        ("Description", "Qty", "VAT", "Unit price", "Amount"),
        ("Oak board", "2", "", "10.00", "20.00"),
        ("Elm board", "1", "", "30.00", "30.00"),
        (row, "", "", "", "-5.00"),
        ("Total", "", "", "", "45.00"),
    )

    result = read(a_pdf(page), "invoice.pdf", "application/pdf")

    assert [item.description for item in result.line_items] == ["Oak board", "Elm board"]
    assert "items_do_not_add_up" not in {entry["code"] for entry in result.warnings}


def test_items_follow_the_discount_of_an_item():
    page = HEAD + rows(
        ("Description", "Qty", "VAT", "Unit price", "Amount"),
        ("Oak board", "2", "", "10.00", "20.00"),
        ("Rabatt 10 %", "", "", "", "-2.00"),
        ("Elm board", "1", "", "30.00", "30.00"),
    )

    assert [item.description for item in items(page)] == ["Oak board", "Elm board"]


@pytest.mark.parametrize(
    ("titles", "surcharge"),
    [
        (("Charge", "Weight", "Rate", "Amount"), "Fuel surcharge 24.5%"),
        (("Leistung", "Menge", "Satz", "Betrag"), "Dieselzuschlag 8 %"),
        (("Prestation", "Qté", "Prix", "Montant"), "Surtaxe carburant 12,4 %"),
        (("Charges", "Units", "Rate", "Charges"), "Environmental levy"),
    ],
)
def test_a_surcharge_without_a_quantity_is_an_item(titles, surcharge):
    page = HEAD + rows(
        titles,
        ("Line haul", "2", "100.00", "200.00"),
        (surcharge, "", "", "24.50"),
        ("Liftgate", "1", "75.00", "75.00"),
        columns=(60, 300, 400, 490),
    )

    assert [(item.description, item.amount) for item in items(page)] == [
        ("Line haul", "200.00"), (surcharge, "24.50"), ("Liftgate", "75.00"),
    ]  # fmt: skip


@pytest.mark.parametrize("title", ["Verbruik", "Verbrauch", "Consumption", "Zaehlwert", ""])
def test_a_quantity_has_its_unit_beside_it_and_a_head_of_any_name(title):
    page = HEAD + rows(
        ("Omschrijving", title, "Tarief", "Bedrag"),
        ("Levering", "1.412", "0,13480", "190,34"),
        ("Vaste kosten", "365", "0,19726", "72,00"),
        columns=(60, 250, 400, 490),
    )
    page += [(330, 220, "kWh"), (330, 240, "dagen")]

    found = items(page)

    assert numbers(found) == [("1412", "0.13480", "190.34"), ("365", "0.19726", "72.00")]
    assert [item.unit for item in found] == ["kWh", "dagen"]


def test_a_number_of_the_description_is_no_quantity_but_a_stated_product_is():
    page = HEAD + rows(
        ("Description", "Amount"),
        ("Pan 1/1 65 mm", "113.40"),
        ("Consulting, 3 hours @ 50.00", "150.00"),
        ("Board 2 x 4", "8.00"),
        columns=(60, 490),
    )

    assert numbers(items(page)) == [
        (None, None, "113.40"), ("3", "50.00", "150.00"), ("2", "4", "8.00"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("heads", "role"),
    [
        (("Sl", "Sl. No.", "Sr", "Lp.", "Poř. č.", "P.č.", "Lfd.", "Linha", "序号"), "position"),
        (("Indeks", "Symbol", "Kód zboží", "Cód.", "Nr kat.", "品番", "货号"), "number"),
        (("Verbruik", "Verbrauch", "Zużycie", "Spotřeba", "Förbrukning", "使用量"), "quantity"),
    ],
)
def test_heads_of_codes_and_quantities_are_known_in_several_languages(heads, role):
    assert {head: role_of(head) for head in heads} == dict.fromkeys(heads, role)


def test_the_unit_of_a_head_with_a_currency_is_a_price():
    heads = ("Unit £", "Unit (EUR)", "Unit", "Unit (kg)", "Einheit €")
    assert [role_of(head) for head in heads] == [
        "unit_price", "unit_price", "unit", "unit", "unit_price",
    ]  # fmt: skip


@pytest.mark.parametrize(("source", "quantity"), [("ocr", "1"), ("text", None)])
def test_ocr_may_not_see_a_1_that_is_alone_in_its_column(source, quantity):
    page = Page(number=0, width=600, height=800, source=source, confidence=1.0)
    table = [
        [
            TextSpan(text, Box(left, 0.05 * row, left + 0.1, 0.05 * row + 0.03), page, row)
            for left, text in zip((0.1, 0.5, 0.65, 0.8), texts, strict=True)
            if text
        ]
        for row, texts in enumerate(
            (
                ("Description", "Qty", "Price", "Amount"),
                ("Rewinding", "", "385.00", "385.00"),
                ("Bearing", "2", "20.00", "40.00"),
            )
        )
    ]

    found, _ = line_items.find([table])

    assert [item.quantity for item in found] == [quantity, "2"]


def test_items_add_up_to_the_gross_without_the_tax_if_no_net_is_printed():
    page = HEAD + rows(
        ("Description", "Qty", "VAT", "Unit price", "Amount"),
        ("Oak board", "2", "", "10.00", "20.00"),
        ("Tax 10%", "", "", "", "2.00"),
        ("Total", "", "", "", "22.00"),
    )

    result = read(a_pdf(page), "invoice.pdf", "application/pdf")

    assert "items_do_not_add_up" not in {entry["code"] for entry in result.warnings}
