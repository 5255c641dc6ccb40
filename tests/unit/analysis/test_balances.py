"""The balances and account numbers of statements, in the words of banks."""

import pytest

from analysis import read
from tests.unit.analysis.documents import a_pdf, best_values

PLACES = (50, 130, 210, 400, 500)


def statement(*rows, title="Kontoauszug", places=PLACES):
    cells = [(50, 60, title)]
    for number, row in enumerate(rows):
        cells += [
            (x, 100 + 22 * number, cell) for x, cell in zip(places, row, strict=False) if cell
        ]
    return read(a_pdf(cells), "a.pdf", "application/pdf")


def balances(result):
    facts = best_values(result)
    return tuple(
        facts[name]["minor"] if name in facts else None
        for name in ("opening_balance", "closing_balance")
    )


GERMAN = ("Buchung", "Wert", "Vorgang", "", "Betrag EUR")


@pytest.mark.parametrize(
    ("title", "first", "last", "expected"),
    [
        ("Kontoauszug", "Kontostand am 31.03.2026", "Kontostand am 30.04.2026", (10000, 6800)),
        ("Kontoauszug", "Alter Kontostand", "Neuer Kontostand", (10000, 6800)),
        ("Kontoauszug", "Anfangssaldo", "Endsaldo", (10000, 6800)),
        ("Relevé de compte", "Solde créditeur au 31/03/2026", "Solde créditeur au 30/04/2026",
         (10000, 6800)),
        ("Extracto de cuenta", "Saldo anterior", "Saldo final", (10000, 6800)),
        ("Estratto conto", "Saldo iniziale", "Saldo finale", (10000, 6800)),
        ("Estratto conto", "Saldo contabile al 31/03/2026", "Saldo contabile al 30/04/2026",
         (10000, 6800)),
        ("Rekeningafschrift", "Beginsaldo", "Eindsaldo", (10000, 6800)),
        ("Bank statement", "Balance brought forward", "Balance carried forward", (10000, 6800)),
        ("Kontoutdrag", "Ingående saldo", "Utgående saldo", (10000, 6800)),
    ],
)  # fmt: skip
def test_balances_in_the_first_and_last_row_of_the_table_are_no_transactions(
    title, first, last, expected
):
    result = statement(
        GERMAN,
        ("", "", first, "", "100,00 H"),
        ("02.04.2026", "02.04.2026", "Stadtwerke", "", "74,00 S"),
        ("03.04.2026", "03.04.2026", "Erstattung", "", "42,00 H"),
        ("", "", last, "", "68,00 H"),
        title=title,
    )

    assert balances(result) == expected
    assert [entry.paid_out for entry in result.transactions] == ["74.00", None]
    assert {entry.confidence for entry in result.transactions} == {0.97}


def test_an_overdrawn_balance_is_below_zero():
    result = statement(
        GERMAN,
        ("", "", "Kontostand am 31.03.2026", "", "100,00 H"),
        ("02.04.2026", "02.04.2026", "Miete", "", "174,00 S"),
        ("", "", "Kontostand am 30.04.2026", "", "74,00 S"),
    )
    french = statement(
        ("Solde débiteur au 30/04/2026", "", "", "74,00 €"), title="Relevé de compte"
    )

    assert balances(result) == (10000, -7400)
    assert balances(french) == (None, -7400)
    assert result.transactions[0].confidence == 0.97


def test_a_summary_has_its_amount_beside_each_label_or_below_it():
    beside = statement(
        ("Previous balance", "", "$842.19", "Credit limit", "$9,500.00"),
        ("New balance", "", "$1,107.66", "Available credit", "$8,392.34"),
        title="Card statement",
    )
    below = statement(
        ("Previous balance", "", "", "Payments", "New balance"),
        ("$842.19", "", "", "$100.00", "$742.19"),
        title="Card statement",
    )

    assert balances(beside) == (84219, 110766)
    assert balances(below) == (84219, 74219)


def test_what_a_card_is_in_credit_is_below_zero():
    result = statement(
        ("Previous balance", "", "£210.00"), ("New balance", "", "£12.50 CR"),
        ("Credit limit", "", "£3,000.00"), title="Credit card statement",
    )  # fmt: skip

    assert balances(result) == (21000, -1250)


def test_a_balance_that_is_carried_to_the_next_page_is_not_the_closing_one():
    result = statement(
        ("Date", "", "Description", "Amount", "Balance"),
        ("Balance brought forward", "", "", "", "100.00"),
        ("1 May 2026", "", "Rent", "40.00", "60.00"),
        ("Balance carried forward", "", "", "", "60.00"),
        ("Closing balance", "", "", "", "25.00"),
        title="Bank statement",
    )

    assert balances(result) == (10000, 2500)


def test_a_payee_named_total_is_a_transaction():
    result = statement(
        ("Date", "Valeur", "Libellé", "Débit", "Crédit"),
        ("02/04/2026", "02/04/2026", "TOTAL STATION ANGERS", "54,10", ""),
        ("", "", "TOTAL DES OPÉRATIONS", "54,10", "0,00"),
        title="Relevé de compte",
    )

    assert [entry.description for entry in result.transactions] == ["TOTAL STATION ANGERS"]


@pytest.mark.parametrize(
    ("label", "printed"),
    [
        ("Compte n°", "00020551607"),
        ("Konto-Nr.", "45518207"),
        ("Kontonr.", "4551 8207 00"),
        ("Conto corrente n.", "000100443912"),
        ("Nº de cuenta", "2100 0418 45 0200051332"),
        ("Rekeningnummer", "12.34.56.789"),
        ("Account number:", "20-44912-7"),
    ],
)
def test_an_account_has_its_national_number(label, printed):
    result = statement((f"{label} {printed}",), ("Saldo", "", "10,00"))

    assert best_values(result)["account_number"] == printed


def test_a_purchase_by_card_may_have_a_minus_and_a_payment_a_plus():
    result = statement(
        ("Datum", "Beleg", "Verwendungszweck", "", "Betrag EUR"),
        ("", "", "Saldo der letzten Abrechnung", "", "412,10-"),
        ("24.04.2026", "25.04.", "Lastschrift", "", "412,10+"),
        ("28.04.2026", "29.04.", "DB Vertrieb", "", "89,90-"),
        ("", "", "Neuer Saldo", "", "89,90-"),
        title="Kreditkartenabrechnung",
    )

    assert [(entry.paid_in, entry.paid_out) for entry in result.transactions] == [
        ("412.10", None),
        (None, "89.90"),
    ]
    assert {entry.confidence for entry in result.transactions} == {0.97}


def test_the_direction_may_have_a_column_of_its_own():
    result = statement(
        ("Boekdatum", "", "Omschrijving", "Bedrag", "Af/Bij"),
        ("03-04-2026", "", "Supermarkt", "40,00", "Af"),
        ("04-04-2026", "", "Salaris", "900,00", "Bij"),
        title="Rekeningafschrift",
    )

    assert [entry.paid_out for entry in result.transactions] == ["40.00", None]


def test_an_iban_is_no_account_number():
    result = statement(("Rekeningnummer NL91 ABNA 0417 1643 00",), title="Rekeningafschrift")

    assert "account_number" not in best_values(result)


def test_transactions_with_a_second_line_are_one_table():
    rows = [
        GERMAN,
        ("01.04.2026", "01.04.2026", "Dauerauftrag", "", "980,00 S"),
        ("", "", "Hausverwaltung Lindlar"),
        ("02.04.2026", "02.04.2026", "Lastschrift", "", "74,00 S"),
        ("", "", "RheinEnergie AG Abschlag"),
        ("09.04.2026", "09.04.2026", "Kartenzahlung", "", "63,17 S"),
        ("", "", "Markt Bonner Str"),
    ]
    result = statement(*rows)

    assert [len(table.rows) for table in result.tables] == [4]
    assert result.transactions[0].description == "Dauerauftrag Hausverwaltung Lindlar"


def test_holder_and_number_may_stand_below_their_labels():
    result = statement(
        ("Account holder", "", "Account number", "Sort code"),
        ("Owen Price", "", "40718823", "20-44-91"),
        title="Bank statement",
    )
    facts = best_values(result)

    assert (facts["account_holder"], facts["account_number"]) == ("Owen Price", "40718823")
    assert facts["sort_code"] == "20-44-91"


@pytest.mark.parametrize(
    "heads",
    [
        (("Date of", "", "", ""), ("Transaction", "Merchant Name or Transaction Description", "",
                                   "$ Amount")),
        (("Trans.", "", "", ""), ("Date", "Merchant or Payee", "", "Amount ($)")),
        (("Purchase", "", "", "USD"), ("Date", "Description", "", "Amount")),
    ],
)  # fmt: skip
def test_heads_of_columns_may_have_two_lines_and_two_names(heads):
    places = (50, 130, 330, 470)
    cells = [(50, 60, "Credit card statement"), (300, 60, "Credit limit $5,000.00")]
    cells += [
        (50, 76, "Opening/Closing Date 04/09/26 - 05/08/26"),
        (300, 76, "Previous Balance $100.00"),
    ]
    for y, row in zip((110, 121), heads, strict=True):
        cells += [(x, y, cell) for x, cell in zip(places, row, strict=True) if cell]
    for number, row in enumerate([("04/28", "Payment Thank You", "", "-100.00"),
                                  ("05/02", "CORNER HARDWARE", "", "24.99")]):  # fmt: skip
        cells += [(x, 150 + 20 * number, c) for x, c in zip(places, row, strict=True) if c]
    cells += [(60, 650, "DANA R HOLT"), (60, 662, "12 MAPLE ST"), (60, 674, "AMES IA 50010-1234")]
    result = read(a_pdf(cells), "a.pdf", "application/pdf")

    facts = best_values(result)
    assert [(t.paid_in, t.paid_out) for t in result.transactions] == [
        ("100.00", None), (None, "24.99"),
    ]  # fmt: skip
    assert (facts["period_start"], facts["period_end"]) == ("2026-04-09", "2026-05-08")
    assert facts["account_holder"] == "DANA R HOLT"


@pytest.mark.parametrize("holder", ["MS HANNAH R ABARA", "Mr Owen Tranter", "Dª PILAR LAHOZ"])
def test_a_holder_may_be_in_capitals_with_a_title(holder):
    result = statement((holder,), ("Flat 6",), ("LONDON",), title="Bank statement")

    assert [fact.value for fact in result.facts if fact.name == "account_holder"] == [holder]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("Kontostand am 31.03.2026", "Kontostand am 30.04.2026 um 20:04 Uhr"),
        ("SALDOANTERIOR", "SALDO FINAL A 30.04.2026"),
        ("OPENINGBALANCE", "CLOSING BALANCE on 30.04.2026"),
    ],
)
def test_the_closing_balance_names_the_last_day(first, last):
    result = statement(
        GERMAN,
        ("", "", first, "", "318,44"),
        ("02.04.2026", "02.04.2026", "Markt", "", "-57,83"),
        ("", "", last, "", "260,61"),
    )

    assert balances(result) == (31844, 26061)
    assert best_values(result)["period_end"] == "2026-04-30"
