"""Payslips: what is paid of the month, not of the year, by whom, to whom and when."""

import pytest

from analysis import read
from tests.unit.analysis.documents import a_pdf, best_values


def payslip(*rows, columns=(60, 200, 330, 460)):
    """A payslip with rows of cells at these columns."""
    cells = [
        (x, 60 + 20 * number, cell)
        for number, row in enumerate(rows)
        for x, cell in zip(columns, row, strict=False)
        if cell
    ]
    return read(a_pdf(cells), "a.pdf", "application/pdf")


def minor(facts, name):
    return facts[name]["minor"]


@pytest.mark.parametrize(
    ("title", "paid"),
    [
        ("Abrechnung der Brutto/Netto-Bezüge für Mai 2026", "Überweisung zum 29.05.2026 auf Konto"),
        ("Brutto-Netto-Abrechnung Mai 2026", "Auszahlung am 29.05.2026"),
        ("Verdienstabrechnung 05/2026", "Zahltag: 29.05.2026"),
    ],
)
def test_a_german_payslip_bills_nobody_and_names_what_is_paid_out(title, paid):
    result = payslip(
        (title,),
        ("Personal-Nr.", "Geburtsdatum", "StKl", "Krankenkasse"),
        ("00417", "03.02.1985", "1", "BKK Nord"),
        ("Malerbetrieb Jahnke GmbH, Ringstr. 4, 18055 Rostock",),
        ("Frau",),
        ("Meike Sander",),
        ("Lindenweg 7",),
        ("18057 Rostock",),
        ("VL-Zuschuss Arbeitgeber", "", "", "26,59"),
        ("Gesamt-Brutto", "", "", "3.100,00"),
        ("Lohnsteuer", "", "", "390,00"),
        ("Netto-Verdienst", "", "", "2.080,00"),
        ("Auszahlungsbetrag", "", "", "2.040,00"),
        (paid,),
    )

    facts = best_values(result)
    assert result.kind == "payslip"
    assert facts["employer"] == "Malerbetrieb Jahnke GmbH"
    assert facts["employee"] == "Meike Sander"
    assert facts["pay_date"] == "2026-05-29"
    assert (minor(facts, "gross_pay"), minor(facts, "net_pay")) == (310000, 204000)


def test_what_is_paid_after_the_income_tax_is_the_net_of_a_french_payslip():
    facts = best_values(
        payslip(
            ("ATELIER DES DUNES", "", "", "BULLETIN DE PAIE"),
            ("Virement le : 30/04/2026",),
            ("Monsieur Luc PERRIN",),
            ("SALAIRE BRUT", "", "", "2 410,00"),
            ("NET À PAYER AVANT IMPÔT SUR LE REVENU", "", "", "1 902,00"),
            ("NET PAYÉ EN EUROS", "", "", "1 850,40"),
            ("Cumul salaire brut", "", "", "9 640,00"),
        )
    )

    assert facts["employer"] == "ATELIER DES DUNES"
    assert facts["employee"] == "Luc PERRIN"
    assert facts["pay_date"] == "2026-04-30"
    assert (minor(facts, "gross_pay"), minor(facts, "net_pay")) == (241000, 185040)


@pytest.mark.parametrize(
    "rows",
    [
        [("Total Gross Pay TD", "8,400.00"), ("Total Gross Pay", "2,100.00")],
        [("Gross for Tax", "1,990.00"), ("Total Gross Pay", "2,100.00")],
        [("Gross Pay YTD", "8,400.00"), ("Gross Pay", "2,100.00")],
        [("", "", "Year to date", ""), ("", "", "Gross pay", "8,400.00"),
         ("Gross pay", "2,100.00")],
        [("", "This period", "Year to date"), ("Gross pay", "2,100.00", "8,400.00")],
    ],
)  # fmt: skip
def test_the_gross_is_that_of_the_month(rows):
    facts = best_values(payslip(("PAYSLIP",), ("Employee", "Gemma Hall"), *rows))

    assert minor(facts, "gross_pay") == 210000


def test_an_employer_may_stand_at_the_foot():
    facts = best_values(
        payslip(
            ("Employee No.", "Employee", "Process Date", "Tax Code"),
            ("118", "Miss Gemma Hall", "28/05/2026", "1257L"),
            ("", "", "PAYSLIP", ""),
            ("Total Gross Pay", "2,100.00"),
            ("Longmoor Nurseries Ltd", "", "Net Pay", "1,700.00"),
        )
    )

    assert facts["employer"] == "Longmoor Nurseries Ltd"
