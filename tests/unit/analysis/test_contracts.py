"""The clauses and the parties of contracts, in the words of several drafters and languages."""

from collections import defaultdict

import pytest

from analysis import read
from bench.reader.contracts import measure
from tests.unit.analysis.documents import a_set_pdf, best_values, values_of

OPENING = "This Agreement is between Alder Robotics, Inc. and Brook Castings LLC, the parties."


def contract(*parts):
    return read(a_set_pdf("# SERVICES AGREEMENT", OPENING, *parts), "a.pdf", "")


def written(*parts):
    return read(a_set_pdf(*parts), "a.pdf", "")


@pytest.mark.parametrize(
    ("clause", "term"),
    [
        ("The duration of this Agreement is three (3) years.", "three (3) years"),
        ("This Agreement shall expire 18 months after its date.", "18 months"),
        ("The Agreement shall continue for a period of one (1) year.", "one (1) year"),
        (
            "This Agreement continues until the fourth (4th) anniversary of the Effective Date.",
            "until the fourth (4th) anniversary of the Effective Date",
        ),
        ("This Agreement remains in force until March 1, 2028.", "until March 1, 2028"),
        ("Der Vertrag ist auf zwei Jahre befristet.", "zwei Jahre"),
        ("Der Vertrag wird auf unbestimmte Zeit geschlossen.", "auf unbestimmte Zeit"),
        ("Le contrat est conclu pour une durée initiale de douze (12) mois.", "douze (12) mois"),
        ("De overeenkomst heeft een looptijd van twee jaar.", "twee jaar"),
    ],
)
def test_the_term_is_found_in_the_words_contracts_use(clause, term):
    assert best_values(contract(clause))["term"] == term


@pytest.mark.parametrize(
    ("clause", "notice"),
    [
        (
            "Either party may terminate upon one hundred eighty (180) days prior written notice.",
            "one hundred eighty (180) days",
        ),
        ("Each party may end this contract by giving notice of at least 60 days.", "60 days"),
        ("Der Vertrag ist mit einer Frist von sechs Wochen kündbar.", "sechs Wochen"),
        ("Ciascuna parte può recedere con un preavviso di tre mesi.", "tre mesi"),
        ("Las partes podrán desistir con una antelación mínima de dos meses.", "dos meses"),
        ("De opzegtermijn bedraagt drie maanden.", "drie maanden"),
    ],
)
def test_the_notice_is_found_in_the_words_contracts_use(clause, notice):
    assert best_values(contract(clause))["notice_period"] == notice


def test_periods_of_duties_are_neither_the_term_nor_the_notice():
    result = contract(
        "The Customer shall pay all invoices within thirty (30) days after receipt.",
        "If a party does not cure a breach within thirty (30) days after written notice thereof, "
        "the other party may terminate this Agreement immediately.",
        "Secrets are kept confidential for five (5) years after termination of this Agreement.",
        "Notices are in writing and deemed given three (3) business days after mailing.",
        "It renews for successive terms of one year unless a party gives notice at least 90 days "
        "before the end of the term.",
        "The initial term of this Agreement is two years.",
    )

    facts = best_values(result)
    assert (facts["term"], facts["notice_period"]) == ("two years", "90 days")


def test_of_two_languages_the_documents_own_is_preferred():
    result = contract(
        "Dieser Vertrag unterliegt dem deutschen Recht.",
        "This Agreement is governed by German law, and the courts there decide all disputes.",
        "Der Vertrag kann mit einer Frist von drei Monaten gekündigt werden.",
        "Either party may terminate this Agreement with three months written notice to the other.",
    )

    facts = best_values(result)
    assert result.language == "en"
    assert (facts["governing_law"], facts["notice_period"]) == ("German law", "three months")


def test_the_notice_after_a_trial_period_is_that_of_the_contract():
    result = contract(
        "Während der Probezeit kann mit einer Frist von zwei Wochen gekündigt werden.",
        "Nach der Probezeit gilt eine Kündigungsfrist von vier Wochen zum Monatsende.",
    )

    assert best_values(result)["notice_period"] == "vier Wochen"


@pytest.mark.parametrize(
    ("clause", "law"),
    [
        ("The laws of Singapore shall govern this Agreement.", "Singapore"),
        ("THIS AGREEMENT IS GOVERNED BY THE LAWS OF TEXAS WITHOUT REGARD TO CONFLICTS.", "TEXAS"),
        ("This Agreement is governed by the laws in effect in the State of New York, US.",
         "New York"),
        ("Governing Law: England and Wales", "England and Wales"),
        ("Auf diesen Vertrag findet österreichisches Recht Anwendung.", "österreichisches Recht"),
        ("Il contratto è disciplinato dalla legge italiana.", "legge italiana"),
        ("Op deze overeenkomst is Nederlands recht van toepassing.", "Nederlands recht"),
    ],
)  # fmt: skip
def test_the_law_is_found_in_the_words_contracts_use(clause, law):
    assert best_values(contract(clause))["governing_law"] == law


def test_the_law_under_which_a_party_exists_does_not_govern():
    clause = "Alder is a corporation duly organized and existing under the laws of Nevada."

    assert "governing_law" not in best_values(contract(clause))


@pytest.mark.parametrize(
    ("clause", "day"),
    [
        ("Il presente contratto entra in vigore il 3 marzo 2026.", "2026-03-03"),
        ("De overeenkomst gaat in op 1 juli 2026.", "2026-07-01"),
        ("Dieser Vertrag gilt ab dem 01.05.2026.", "2026-05-01"),
        ("El contrato surtirá efectos desde el 9 de junio de 2026.", "2026-06-09"),
    ],
)
def test_the_effective_date_is_found_in_several_languages(clause, day):
    assert best_values(contract(clause))["effective_date"] == day


def test_a_line_that_begins_with_a_number_in_brackets_continues_its_sentence():
    text = (
        "This Agreement shall commence on the Effective Date and it shall be in force for three "
        "(3) years, unless it is terminated."
    )

    assert best_values(contract(text))["term"] == "three (3) years"


@pytest.mark.parametrize(
    ("parts", "parties"),
    [
        (
            [
                "# LOAN AGREEMENT",
                ("This agreement is made between Apex Solutions, a Delaware corporation (Lender), "
                 "and John P. Doe, an individual residing at 12 Elm Street (Borrower)."),
            ],
            {"Apex Solutions", "John P. Doe"},
        ),
        (
            [
                "# CONTRAT DE SERVICES",
                "Entre les soussignés :",
                "Atlas Conseil SARL",
                "Siège social : 4 rue Neuve, 69002 Lyon",
                "ci-après dénommée « le Prestataire »,",
                "Et",
                "Monsieur Paul Girard, demeurant 2 rue Basse, 69003 Lyon,",
                "ci-après dénommé « le Client »,",
            ],
            {"Atlas Conseil SARL", "Paul Girard"},
        ),
        (
            [
                "# CONTRATTO DI SERVIZI",
                ("Tra la società Arredi Bianchi S.r.l., con sede in Via Roma 3, 20121 Milano (di "
                 "seguito Fornitore), e Studio Conti, con sede in Via Po 8, 10123 Torino (di "
                 "seguito Cliente), le parti."),
            ],
            {"Arredi Bianchi S.r.l.", "Studio Conti"},
        ),
    ],
    ids=["English", "French", "Italian"],
)  # fmt: skip
def test_parties_are_found_by_the_words_around_them(parts, parties):
    assert set(values_of(written(*parts), "party")) == parties


def test_contracts_in_words_that_were_held_out_are_read():
    outcomes = defaultdict(list)
    for name, right in measure(range(24), held_out=True):
        outcomes[name].append(right)

    shares = {name: sum(found) / len(found) for name, found in outcomes.items()}
    assert shares["party"] >= 0.8
    assert shares["governing_law"] >= 0.85
    assert shares["effective_date"] >= 0.8
    assert min(shares["term"], shares["notice_period"]) >= 0.75
