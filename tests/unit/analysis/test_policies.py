"""Insurance policies of several countries: whose they are, from when, and at what premium."""

import pytest

from analysis import read
from tests.unit.analysis.documents import a_pdf, best_values

COLUMNS = (50, 240, 420)


def policy(*rows):
    cells = [
        (x, 50 + 20 * number, cell)
        for number, row in enumerate(rows)
        for x, cell in zip(COLUMNS, row, strict=False)
        if cell
    ]
    return best_values(read(a_pdf(cells), "a.pdf", "application/pdf"))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [("GREAT PLAINS MUTUAL INSURANCE COMPANY",), ("PERSONAL AUTO POLICY DECLARATIONS",),
             ("Policy Number: GPA 448-2017-33",), ("Named Insured", "Deborah K Olson"),
             ("Address", "118 Cedar St"), ("Policy Period", "From 06/15/2026 to 12/15/2026"),
             ("Coverage", "Limit", "Premium"), ("Bodily Injury", "$100,000", "$212.00"),
             ("Total Policy Premium", "", "$360.00")],
            ("GREAT PLAINS MUTUAL INSURANCE COMPANY", "GPA448-2017-33", "Deborah K Olson",
             "2026-06-15", "2026-12-15", 36000),
        ),
        (
            [("Nordsee Versicherung AG",), ("Versicherungsschein zur Hausratversicherung",),
             ("Versicherungsschein-Nr.: HR 88 4471 02",),
             ("Versicherungsnehmer:", "Jonas Petersen"), ("Versicherungsbeginn:", "01.06.2026"),
             ("Versicherungsablauf:", "01.06.2027"), ("Beitrag ohne Steuer", "102,10 EUR"),
             ("Gesamtbeitrag jährlich", "118,59 EUR")],
            ("Nordsee Versicherung AG", "HR88447102", "Jonas Petersen", "2026-06-01",
             "2027-06-01", 11859),
        ),
        (
            [("Mutuelle du Val de Seine",), ("CONDITIONS PARTICULIÈRES",),
             ("Contrat habitation n° 7744 1120",), ("Souscripteur :", "Mme Anne Roy"),
             ("Date d'effet :", "01/06/2026"), ("Échéance :", "01/06/2027"),
             ("Franchise :", "150,00 €"), ("Cotisation annuelle TTC :", "212,40 €")],
            ("Mutuelle du Val de Seine", "77441120", "Mme Anne Roy", "2026-06-01", "2027-06-01",
             21240),
        ),
        (
            [("Adriatica Assicurazioni S.p.A.",), ("POLIZZA R.C. AUTO",),
             ("Polizza n. 2210/44/778812",), ("Contraente:", "Luca Ferri"),
             ("Decorrenza:", "01/06/2026"), ("Scadenza:", "01/06/2027"),
             ("Premio netto", "310,00 €"), ("Premio totale", "359,60 €")],
            ("Adriatica Assicurazioni S.p.A.", "2210/44/778812", "Luca Ferri", "2026-06-01",
             "2027-06-01", 35960),
        ),
    ],
    ids=["us", "de", "fr", "it"],
)  # fmt: skip
def test_a_policy_names_the_parties_the_period_and_the_whole_premium(rows, expected):
    facts = policy(*rows)

    names = ("insurer", "policy_number", "insured", "policy_start", "policy_end")
    assert (*(facts.get(name) for name in names), facts["premium"]["minor"]) == expected


@pytest.mark.parametrize(
    ("known", "whole"),
    [
        ("PLAINS STATES MUTUAL", "Plains States Mutual Insurance Company"),
        ("Küsten Versicherung", "Küsten Versicherung VVaG"),
        ("Lowfell Insurance", "Lowfell Insurance plc"),
    ],
)
def test_an_insurer_has_its_legal_form_where_the_page_has_it(known, whole):
    facts = policy(
        (known,), ("POLICY SCHEDULE",), ("Policy number", "BH 4471 9028 C"), (f"{whole}, Box 12",)
    )

    assert (facts["insurer"], facts["policy_number"]) == (whole, "BH44719028C")


def test_a_heading_of_two_labels_is_not_the_insured():
    facts = policy(
        ("AUTO POLICY DECLARATIONS",),
        ("NAMED INSURED AND MAILING ADDRESS", "POLICY NUMBER"),
        ("DANA R HOLT", "PA 0071845-03"),
    )

    assert facts["insured"] == "DANA R HOLT"


@pytest.mark.parametrize(
    "printed", ["ACV less $500 deductible", "$500 Deductible", "Comprehensive, $500 excess"]
)
def test_a_deductible_may_stand_before_its_word(printed):
    facts = policy(("AUTO POLICY DECLARATIONS",), ("Collision", printed, "$182.00"))

    assert facts["deductible"]["minor"] == 50000
