"""Labels above their values: payslips, tax forms and sums in a row; a label is no value."""

import pytest

from analysis import read
from analysis.extract.label_words import is_label
from tests.unit.analysis.documents import a_pdf, best_values, values_of


def document(*cells):
    return read(a_pdf([*cells]), "a.pdf", "application/pdf")


def grid(title, labels, values, *more, width=120):
    cells = [(50, 50, "Brackenside Care Homes Ltd"), (400, 50, title)]
    for place, (label, value) in enumerate(zip(labels, values, strict=True)):
        cells += [(50 + width * place, 100, label), (50 + width * place, 114, value)]
    return document(*cells, *more)


@pytest.mark.parametrize(
    "text",
    [
        "Employee Name", "N.I. Number", "Process Date", "Tax Code", "Last name",
        "e Employee's first name and initial", "20 Locality name", "Personal-Nr.", "Geburtsdatum",
        "Nom et prénom", "Cognome e nome", "Exkl. moms", "Datum (TT.MM.JJJJ)", "Numer rachunku",
    ],
)  # fmt: skip
def test_words_of_labels_make_a_label(text):
    assert is_label(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee",
        "Postbank AG",
        "Name 12",
        "Rate my order Ltd",
        "City Cars",
        "National Insurance Company",
        "State Bank",
        "12.05.2026",
        "",
        "of",
    ],
)
def test_a_name_or_a_number_is_no_label(text):
    assert not is_label(text)


@pytest.mark.parametrize(
    ("title", "labels", "date"),
    [
        ("PAY ADVICE PAYSLIP", ("Employee No.", "Employee Name", "Process Date", "Tax Code"),
         "29/05/2026"),
        ("Lohnabrechnung", ("Personal-Nr.", "Mitarbeiter", "Auszahlungstag", "Steuerklasse"),
         "29.05.2026"),
        ("Bulletin de paie", ("Matricule", "Nom et prénom", "Payé le", "Emploi"), "29/05/2026"),
        ("Busta paga", ("Matricola", "Cognome e nome", "Data pagamento", "Qualifica"),
         "29/05/2026"),
        ("Loonstrook", ("Personeelsnummer", "Werknemer", "Betaaldatum", "Functie"), "29-05-2026"),
    ],
)  # fmt: skip
def test_a_payslip_has_its_values_below_a_row_of_labels(title, labels, date):
    facts = best_values(grid(title, labels, ("1093", "Adaeze Obi", date, "1257L")))

    assert facts["employee"] == "Adaeze Obi"
    assert facts["pay_date"] == "2026-05-29"


def test_an_empty_cell_below_a_label_is_no_name():
    result = grid("PAYSLIP", ("Employee Name", "Works Number", "Tax Code"), ("", "", "1257L"))

    assert values_of(result, "employee") == []


@pytest.mark.parametrize("label", ["Employee's first name and initial", "First name"])
def test_a_name_may_stand_below_two_labels(label):
    facts = best_values(
        document(
            (50, 50, "Form W-2 Wage and Tax Statement 2025"),
            (50, 100, label),
            (250, 100, "Last name"),
            (350, 100, "Suff."),
            (50, 114, "Marisol T"),
            (250, 114, "Quintana"),
            (50, 140, "1675 S Knox Court"),
        )
    )

    assert facts["payee"] == "Marisol T Quintana"


def test_the_recipient_of_a_1099_has_one_label():
    facts = best_values(
        document(
            (50, 50, "Form 1099-NEC"),
            (50, 100, "RECIPIENT'S name"),
            (300, 100, "Account number"),
            (50, 114, "Lee Ann Quintana"),
        )
    )

    assert facts["payee"] == "Lee Ann Quintana"


@pytest.mark.parametrize(
    "labels",
    [
        ("Exkl. moms", "Moms 25 %", "Att betala"),
        ("Beløb ekskl. moms", "Moms 25 %", "At betale"),
        ("Momsgrundlag", "Moms", "I alt inkl. moms"),
    ],
)
def test_sums_may_stand_in_a_row_below_their_labels(labels):
    more = ((50, 200, "Faktura 30561"), (50, 214, "Bankgiro 5317-8820"))
    facts = best_values(
        grid("FAKTURA", labels, ("16 364,00", "4 091,00", "20 455,00"), *more, width=150)
    )

    assert [facts[name]["minor"] for name in ("net", "tax", "gross")] == [1636400, 409100, 2045500]


def test_the_label_of_the_next_column_is_no_value_of_a_field():
    result = document((50, 100, "Bill to:"), (200, 100, "Invoice No."), (400, 100, "PSF-1188"))

    assert not [value for value in values_of(result, "field") if "Invoice No" in value]


def test_the_second_line_of_a_label_is_no_name():
    result = grid(
        "Form 1099-NEC Nonemployee Compensation",
        ("PAYER'S name, street address, city, state or province, ZIP",),
        ("or foreign postal code, and telephone no.",),
    )

    assert values_of(result, "payer") == []
