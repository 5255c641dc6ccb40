"""The kind of a document by its title and its words, in several languages and countries."""

import pytest

from analysis.extract.classify import classify

AN_INVOICE = "{title}\nNº: 26-19\nIBAN DE44 5001 0517 5407 3249 31\nTVA 21 %  71,40 €"


def likely_kind(text, *, photographed=False):
    return classify(text, photographed=photographed)[0]


@pytest.mark.parametrize(
    "title",
    [
        "FACTURA RECTIFICATIVA", "Nota di credito n. 12", "Facture d'avoir n° 7", "AVOIR",
        "Stornorechnung", "Gutschrift Nr. 3", "Rechnungskorrektur", "Creditnota", "Creditfactuur",
        "Faktura korygująca", "Opravný daňový doklad", "Kreditfaktura", "Nota de crédito",
        "適格返還請求書", "红字增值税专用发票", "ADJUSTMENT NOTE", "Credit memo",
    ],
)  # fmt: skip
def test_a_credit_note_is_known_by_its_title(title):
    assert likely_kind(AN_INVOICE.format(title=title)) == "credit_note"
    assert likely_kind(f"{title}\nNº 26-19") == "credit_note"


@pytest.mark.parametrize(
    "text",
    [
        "Policy Schedule: Commercial Property & Liability\nSection  Sum insured  Premium",
        "Northgate Mutual\nMotor Insurance Schedule\nPolicyholder  Ann Lee",
        "PERSONAL AUTO POLICY DECLARATIONS\nNamed insured: Ann Lee",
        "Homeowners Declarations Page\nDeductible $500",
        "Hausratversicherungsschein\nNr. 12-443",
        "Nachtrag zum Versicherungsschein\nNr. 12-443",
        ("CONDITIONS PARTICULIÈRES\nContrat n° 77120\nN° de contrat 77120\nSouscripteur : Mme Roy\n"
        "Franchise 150 €\nCotisation annuelle 212,40 €"),
        "Condiciones particulares\nNº de póliza 8812\nTomador: Ana Ruiz\nPrima total 312,10 €",
        "Polisblad\nPolisnummer 4471", "Apólice de seguro\nSegurado: Rui Melo",
        "保険証券\n証券番号 12345",
    ],
)  # fmt: skip
def test_an_insurance_policy_is_known_by_its_title_or_by_its_words(text):
    assert likely_kind(text) == "insurance_policy"


def test_an_invoice_of_a_premium_is_an_invoice():
    text = (
        "Beitragsrechnung\nVersicherungsschein-Nr. 12-443\nVersicherungsnehmer: Ann Lee\n"
        "Beitrag 212,40 €\nZahlbar bis 1.6.2026\nIBAN DE44 5001 0517 5407 3249 31"
    )

    assert likely_kind(text) == "invoice"


@pytest.mark.parametrize(
    "text",
    [
        (
            "Summit Visa\nNew balance $1,107.66\nMinimum payment due $35.00\nCash advances\n"
            "Credit limit $9,500.00\nStatement closing date 05/08/2026\nThank you for your payment"
        ),
        (
            "Your credit card statement\nPrevious balance £210.00\nYour new balance £340.12\n"
            "Minimum payment £5.00\nCredit limit £4,000"
        ),
        (
            "Kreditkartenabrechnung\nAlter Saldo 210,00\nNeuer Saldo 340,12\nVerfügungsrahmen\n"
            "Wir buchen ab von IBAN DE44 5001 0517 5407 3249 31"
        ),
        "Relevé de carte à débit différé\nAncien solde 210,00\nNouveau solde 340,12\nCarte Visa",
        "Extracto de tarjeta\nSaldo anterior 210,00\nLímite de crédito 3.000,00",
        "Výpis z účtu\nPočáteční zůstatek 210,00\nKonečný zůstatek 340,12",
    ],
)
def test_a_statement_of_an_account_or_a_card_is_no_receipt_and_no_invoice(text):
    assert likely_kind(text) == "statement"


def test_a_credit_among_the_transactions_makes_no_credit_note():
    text = "Kontoauszug 4/2026\nKontostand am 31.03.2026\nGutschrift\nKrankenkasse 48,50\nIBAN DE44"

    assert likely_kind(text) == "statement"


def test_a_till_paid_in_cash_is_a_receipt():
    assert likely_kind("CAFE\nTotal 3.20\nCash 5.00\nChange 1.80\nThank you") == "receipt"


@pytest.mark.parametrize(
    "line",
    ["Versicherungsschein: 12-443", "Policy declarations are attached to this letter."],
)  # fmt: skip
def test_a_policy_that_is_only_mentioned_is_no_title(line):
    assert likely_kind(f"Dear Ms Lee,\n{line}\nKind regards") == "letter"


def test_a_letter_about_a_policy_is_a_letter():
    text = (
        "Nordsee AG\nIhre Versicherungsschein-Nr. HR 88 4471\nSehr geehrter Herr Lee,\n"
        "Ihr Beitrag ändert sich. Die Selbstbeteiligung bleibt.\nMit freundlichen Grüßen"
    )

    assert likely_kind(text) == "letter"
