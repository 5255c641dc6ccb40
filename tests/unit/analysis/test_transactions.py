"""The transactions of account statements, and whether they and the line items add up."""

import pytest

from analysis import read
from tests.unit.analysis.documents import a_pdf
from tests.unit.analysis.test_line_items import HEAD, TITLES, rows

COLUMNS = (60, 150, 350, 450, 560)
BANK = [
    (60, 40, "Harrow Bank account statement"), (60, 60, "Account number 31926819"),
    (60, 80, "Statement period 1 January 2026 to 28 February 2026"),
]  # fmt: skip
HEADS = ("Date", "Details", "Paid out", "Paid in", "Balance")


def statement(*pages):
    return read(a_pdf(*pages, size=(700, 842)), "statement.pdf", "application/pdf")


def listed(result):
    return [
        (entry.date, entry.description, entry.paid_in, entry.paid_out, entry.balance)
        for entry in result.transactions
    ]


def page_of(*cells, head=BANK, top=120):
    return [*head, *rows(*cells, columns=COLUMNS, top=top)]


def test_transactions_have_a_date_a_direction_and_a_checked_balance():
    first = page_of(
        HEADS,
        ("30 Dec", "Balance brought forward", "", "", "100.00"),
        ("31 Dec", "Card payment", "40.00", "", "60.00"),
        ("", "Standing order", "10.00", "", "50.00"),
        ("", "to the landlord", "", "", ""),
        ("9 Feb", "Salary", "", "2,000.00", "2,050.00"),
        ("", "Balance carried forward", "", "", "2,050.00"),
    )
    second = page_of(
        ("", "Balance brought forward", "", "", "2,050.00"),
        ("11 Feb", "Interest", "", "1.00", "2,051.00"),
        ("", "Total", "50.00", "2,001.00", ""),
        head=[],
    )

    result = statement(first, second)

    assert listed(result) == [
        ("2025-12-31", "Card payment", None, "40.00", "60.00"),
        ("2025-12-31", "Standing order to the landlord", None, "10.00", "50.00"),
        ("2026-02-09", "Salary", "2000.00", None, "2050.00"),
        ("2026-02-11", "Interest", "1.00", None, "2051.00"),
    ]
    assert {entry.confidence for entry in result.transactions} == {0.97}
    assert not result.warnings


@pytest.mark.parametrize(
    ("heads", "cells"),
    [
        (("Buchungstag", "Verwendungszweck", "Valuta", "Betrag EUR", "Saldo"),
         ("02.02.2026", "Miete", "02.02.2026", "-725,00", "275,00")),
        (("Bu-Tag", "Vorgang", "Wert", "Umsatz", "Kontostand"),
         ("02.02.2026", "Miete", "02.02.2026", "725,00 S", "275,00 H")),
        (("Date", "Libellé", "Débit", "Crédit", "Solde"),
         ("02/02/2026", "Loyer", "725,00", "", "275,00")),
        (("Fecha", "Concepto", "F. valor", "Importe", "Saldo"),
         ("02/02/2026", "Alquiler", "02/02/2026", "-725,00", "275,00")),
        (("Data", "Descrizione", "Dare", "Avere", "Saldo"),
         ("02/02/2026", "Affitto", "725,00", "", "275,00")),
        (("Datum", "Omschrijving", "Af", "Bij", "Saldo"),
         ("02-02-2026", "Huur", "725,00", "", "275,00")),
        (("Date", "Description", "Type", "Amount", "Balance"),
         ("02/02/2026", "Rent", "SO", "725.00", "275.00")),
    ],
)  # fmt: skip
def test_the_columns_of_statements_are_known_in_several_languages(heads, cells):
    opening = ("01/02/2026", "Balance brought forward", "", "", "1,000.00")

    result = statement(page_of(heads, opening, cells, ("", "Closing balance", "", "", cells[-1])))

    assert listed(result) == [("2026-02-02", cells[1], None, "725.00", "275.00")]
    assert result.transactions[0].confidence == 0.97


def test_the_newest_transaction_may_be_the_first():
    page = page_of(
        HEADS,
        ("9 Feb 2026", "Interest", "", "1.00", "51.00"),
        ("8 Feb 2026", "Rent", "10.00", "", "50.00"),
        ("7 Feb 2026", "Rent", "40.00", "", "60.00"),
    )

    result = statement(page)

    assert [entry.confidence for entry in result.transactions] == [0.97, 0.97, 0.85]
    assert not result.warnings


def test_a_balance_that_does_not_follow_is_named():
    page = page_of(
        HEADS,
        ("1 Feb 2026", "Opening balance", "", "", "100.00"),
        ("7 Feb 2026", "Rent", "40.00", "", "60.00"),
        ("8 Feb 2026", "Rent", "10.00", "", "55.00"),
        ("9 Feb 2026", "Interest", "", "1.00", "56.00"),
    )

    result = statement(page)

    [reason] = result.warnings
    assert reason == {"code": "transactions_do_not_add_up", "params": {"rows": "2"}}
    assert [entry.confidence for entry in result.transactions] == [0.97, 0.5, 0.97]


def test_a_printed_direction_is_kept_against_the_balance():
    page = page_of(
        HEADS,
        ("1 Feb 2026", "Opening balance", "", "", "100.00"),
        ("7 Feb 2026", "Refund", "", "50.00", "50.00"),
        ("8 Feb 2026", "Rent", "10.00", "", "40.00"),
    )

    result = statement(page)

    assert [entry.paid_in for entry in result.transactions] == ["50.00", None]
    assert [entry.confidence for entry in result.transactions] == [0.5, 0.97]
    assert [reason["params"] for reason in result.warnings] == [{"rows": "1"}]


def test_equal_payments_are_paid_in_also_if_the_newest_is_the_first():
    page = page_of(
        HEADS,
        ("9 Feb 2026", "Rent", "", "10.00", "30.00"),
        ("8 Feb 2026", "Rent", "", "10.00", "20.00"),
        ("7 Feb 2026", "Rent", "", "10.00", "10.00"),
    )

    result = statement(page)

    assert [entry.paid_in for entry in result.transactions] == ["10.00"] * 3
    assert not result.warnings


def test_a_balance_of_a_card_may_be_what_is_owed():
    page = page_of(
        ("Date", "Details", "Debit", "Credit", "Balance"),
        ("7 Feb 2026", "Groceries", "10.00", "", "110.00"),
        ("8 Feb 2026", "Fuel", "30.00", "", "140.00"),
        ("9 Feb 2026", "Thank you", "", "100.00", "40.00"),
        head=[*BANK, (60, 100, "Credit limit 5,000.00")],
    )

    result = statement(page)

    assert [entry.paid_out for entry in result.transactions] == ["10.00", "30.00", None]
    assert [entry.confidence for entry in result.transactions] == [0.85, 0.97, 0.97]


def test_a_purchase_by_card_is_paid_out_and_a_credit_is_paid_in():
    page = [
        (60, 40, "Summit card statement"), (60, 60, "Credit limit"), (200, 60, "$5,000"),
        (60, 75, "Previous balance"), (200, 75, "$50.00"), (60, 90, "New balance"),
        (200, 90, "$84.11"), (60, 105, "Statement closing date"), (200, 105, "03/07/2026"),
        *rows(
            ("Trans", "Description", "", "", "Amount"),
            ("02/09", "Groceries", "", "", "$84.11"), ("02/21", "Payment", "", "", "50.00 CR"),
            columns=COLUMNS, top=140,
        ),
    ]  # fmt: skip

    result = statement(page)

    assert listed(result) == [
        ("2026-02-09", "Groceries", None, "84.11", None),
        ("2026-02-21", "Payment", "50.00", None, None),
    ]
    assert {entry.confidence for entry in result.transactions} == {0.97}


def invoice(*cells, net, tax, gross):
    totals = (("Net", "", "", "", net), ("VAT", "", "", "", tax), ("Total", "", "", "", gross))
    return read(a_pdf(HEAD + rows(TITLES, *cells, *totals)), "invoice.pdf", "application/pdf")


ITEMS = (("Survey", "2", "20 %", "10.00", "20.00"), ("Report", "1", "20 %", "5.00", "5.00"))


def test_items_that_make_the_net_amount_are_more_certain():
    result = invoice(*ITEMS, net="25.00", tax="5.00", gross="30.00")

    assert not result.warnings
    assert {round(item.confidence, 3) for item in result.line_items} == {0.978}


@pytest.mark.parametrize(
    ("sums", "reason"),
    [
        ({"net": "35.00", "tax": "7.00", "gross": "42.00"},
         ("items_do_not_add_up", {"sum": "25.00", "total": "35.00"})),
        ({"net": "25.00", "tax": "1.75", "gross": "26.75"},
         ("taxes_do_not_add_up", {"sum": "5.00", "tax": "1.75"})),
    ],
)  # fmt: skip
def test_sums_that_the_items_do_not_make_are_named(sums, reason):
    result = invoice(*ITEMS, **sums)

    assert [(entry["code"], entry["params"]) for entry in result.warnings] == [reason]


def test_items_in_yen_are_rounded_to_a_yen():
    items = (("Hosting", "1.5", "10 %", "¥333", "¥499"), ("Report", "1", "10 %", "¥505", "¥505"))

    result = invoice(*items, net="¥1,004", tax="¥101", gross="¥1,105")

    assert not result.warnings


def test_items_in_yen_that_do_not_add_up_are_named_without_decimals():
    items = (("Hosting", "1", "10 %", "¥500", "¥500"), ("Report", "1", "10 %", "¥505", "¥505"))

    [reason] = invoice(*items, net="¥1,205", tax="¥120", gross="¥1,325").warnings

    assert reason["params"] == {"sum": "1005", "total": "1205"}


def test_an_item_whose_numbers_do_not_make_its_amount_is_named():
    wrong = ("Report", "3", "20 %", "5.00", "5.00")

    result = invoice(ITEMS[0], wrong, net="25.00", tax="5.00", gross="30.00")

    [reason] = result.warnings
    assert reason == {"code": "item_does_not_add_up", "params": {"items": "2"}}


def test_a_price_may_be_rounded():
    result = invoice(
        ("Power", "10000", "20 %", "0.05", "520.00"), net="520.00", tax="104.00", gross="624.00"
    )

    assert not result.warnings
    assert [item.confidence for item in result.line_items] == [0.917]


def test_a_price_of_a_hundred_units_makes_the_amount():
    result = invoice(
        ("Screws", "500", "20 %", "5.00", "25.00"), net="25.00", tax="5.00", gross="30.00"
    )

    assert not result.warnings
