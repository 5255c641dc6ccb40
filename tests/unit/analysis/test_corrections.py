"""The number, the date and the sums of a credit note itself, beside those of what it corrects."""

import pytest

from analysis import read
from tests.unit.analysis.documents import a_pdf, best_values

ITEMS = [
    (56, 400, "Description"), (400, 400, "Qty"), (500, 400, "Amount"),
    (56, 420, "Wheel bearing"), (400, 420, "-2"), (500, 420, "-500.00"),
    (400, 450, "Subtotal"), (500, 450, "-500.00"), (400, 470, "VAT 20%"), (500, 470, "-100.00"),
    (400, 490, "Total"), (500, 490, "-600.00"),
]  # fmt: skip


@pytest.mark.parametrize(
    "lines",
    [
        ["AVOIR N° AV-118", "Date : 12/05/2026", "Avoir sur facture n° F-901 du 02/04/2026"],
        ["Avoir n° AV-118", "Date : 12/05/2026", "annule la facture n° F-901 du 02/04/2026"],
        [
            "FACTURA RECTIFICATIVA", "Nº: AV-118", "Fecha: 12/05/2026",
            "Rectifica la factura nº F-901", "Fecha factura original: 02/04/2026",
        ],
        [
            "NOTA DI CREDITO N. AV-118", "Data: 12/05/2026", "Storno su fattura n. F-901",
            "Data fattura originale: 02/04/2026",
        ],
        ["CREDITNOTA", "Creditnummer: AV-118", "Datum: 12-05-2026",
         "Creditering van factuurnummer F-901 van 02-04-2026"],
        ["CREDIT NOTE", "Credit note no. AV-118", "Date: 12/05/2026",
         "Credit for invoice no. F-901", "Original invoice date: 02/04/2026"],
        ["Stornorechnung Nr. AV-118", "Datum: 12.05.2026", "zu unserer Rechnung Nr. F-901"],
    ],
)  # fmt: skip
def test_a_credit_note_has_its_own_number_and_date(lines):
    printed = [(56, 60 + 20 * place, line) for place, line in enumerate(lines)]

    facts = best_values(read(a_pdf([*printed, *ITEMS]), "a.pdf", ""))

    assert (facts["invoice_number"], facts["issue_date"]) == ("AV-118", "2026-05-12")


def test_the_sum_of_a_correction_of_two_rates_has_the_word_of_its_kind():
    sums = [
        (56, 60, "Rechnungskorrektur"), (56, 90, "Belegnummer: RK-7"),
        (56, 110, "zur Rechnung Nr. RE-4 vom 02.04.2026"),
        (350, 450, "Summe netto"), (500, 450, "-300,00 €"),
        (350, 470, "zzgl. 19 % USt auf -200,00 €"), (500, 470, "-38,00 €"),
        (350, 490, "zzgl. 7 % USt auf -100,00 €"), (500, 490, "-7,00 €"),
        (350, 510, "Korrekturbetrag"), (500, 510, "-345,00 €"),
    ]  # fmt: skip

    facts = best_values(read(a_pdf(sums), "a.pdf", ""))

    sums_of_facts = [facts[name]["minor"] for name in ("net", "tax", "gross")]
    assert sums_of_facts == [-30000, -4500, -34500]
