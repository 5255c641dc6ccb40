"""The date of a letter that has no label, in several languages."""

import pytest

from analysis import read
from tests.unit.analysis.documents import a_pdf, best_values

RIGHT = 340


def issue_date(title, printed, *more):
    cells = [(50, 60, "Kaltenbach e. K."), (50, 140, "Wenzel Partner"), (RIGHT, 200, printed)]
    cells += [(50, 230, title), *more]
    return best_values(read(a_pdf(cells), "a.pdf", "application/pdf")).get("issue_date")


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("2. Mahnung", "Stuttgart, den 4. Mai 2026"),
        ("Mahnung", "Frankfurt am Main, 04.05.2026"),
        ("Mise en demeure", "Paris, le 4 mai 2026"),
        ("Sollecito di pagamento", "Milano, 4 maggio 2026"),
        ("Recordatorio de pago", "Madrid, a 4 de mayo de 2026"),
        ("Betalingsherinnering", "Den Haag, 4 mei 2026"),
        ("Final notice", "4 May 2026"),
        ("Orçamento", "Lisboa, 4 de maio de 2026"),
    ],
)
def test_the_date_of_a_letter_stands_behind_its_place_or_alone(title, printed):
    assert issue_date(title, printed) == "2026-05-04"


def test_a_date_in_a_table_is_not_that_of_the_letter():
    row = [
        (50, 280, "RE-1"),
        (150, 280, "02.03.2026"),
        (300, 280, "16.03.2026"),
        (450, 280, "10,00"),
    ]

    assert issue_date("2. Mahnung", "Herr Wenzel", *row) is None


def test_a_labelled_date_is_better_than_one_that_stands_alone():
    dated = (50, 260, "Datum: 04.05.2026")

    assert issue_date("2. Mahnung", "01.01.2026", dated) == "2026-05-04"
