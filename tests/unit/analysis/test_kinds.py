"""Contracts, letters, statements and other kinds of documents in several languages."""

import pytest

from analysis import read
from tests.unit.analysis.documents import a_set_pdf, best_values, values_of

GERMAN_CONTRACT = (
    "# Dienstleistungsvertrag",
    "zwischen",
    "der Muster Software GmbH, Hauptstraße 1, 10115 Berlin,\n\u2013 nachfolgend „Auftragnehmer“",
    "und",
    "der Beispiel Handel AG, Marktplatz 5, 80331 München,\n\u2013 nachfolgend „Auftraggeber“",
    "# § 1 Vergütung",
    "Der Auftraggeber zahlt eine monatliche Vergütung von 1.500,00 € zuzüglich Umsatzsteuer.",
    "# § 2 Laufzeit und Kündigung",
    (
        "Dieser Vertrag beginnt am 1. April 2026 und hat eine Laufzeit von 24 Monaten. Er kann von "
        "jeder Partei mit einer Frist von drei Monaten zum Ende der Laufzeit gekündigt werden."
    ),
    "# § 3 Schlussbestimmungen",
    "Es gilt das Recht der Bundesrepublik Deutschland.",
    "",
    [
        ["_____________________", "_____________________"],
        ["Max Muster, Geschäftsführer", "Eva Beispiel, Vorstand"],
    ],
)
ENGLISH_CONTRACT = (
    "# MUTUAL NON-DISCLOSURE AGREEMENT",
    (
        'This Mutual Non-Disclosure Agreement (the "Agreement") is made and entered into as '
        "of January "
        '15, 2026 (the "Effective Date"), by and between Acme Robotics, Inc., a '
        "Delaware corporation "
        'with its principal place of business at 100 Main Street, Boston ("Acme"), and Globex '
        'Corporation, a New York corporation ("Globex").'
    ),
    "1. Term",
    (
        "This Agreement shall remain in effect for a period of two (2) years from the "
        "Effective Date. "
        "Either party may terminate this Agreement upon sixty (60) days' prior written notice."
    ),
    "2. Law",
    (
        "This Agreement shall be governed by and construed in accordance with the laws of "
        "the State "
        "of New York, without regard to conflict of laws principles."
    ),
    "",
    [
        ["By: _________________", "By: _________________"],
        ["Name: Jane Doe", "Name: Hank Scorpio"],
        ["Title: CEO", "Title: President"],
    ],
)
FRENCH_CONTRACT = (
    "# Contrat de prestation de services",
    "Entre les soussignés :",
    (
        "La société Dupont Conseil SARL, dont le siège social est situé 10 rue de Rivoli, "
        "75001 Paris, "
        "ci-après dénommée « le Prestataire »,"
    ),
    "et",
    (
        "La société Martin Industrie SA, dont le siège social est situé 5 avenue Foch, 69006 Lyon, "
        "ci-après dénommée « le Client »,"
    ),
    (
        "Le présent contrat est conclu pour une durée de douze mois à compter du 1er mars "
        "2026. Chaque "
        "partie peut le résilier moyennant un préavis de trois mois."
    ),
    "Le présent contrat est soumis au droit français.",
)
SPANISH_CONTRACT = (
    "# Contrato de arrendamiento de vivienda",
    "De una parte, D. Luis Fernández Ruiz, con DNI 12345678Z, en adelante el arrendador.",
    "Y de otra parte, Dña. Carmen Soto Gil, con DNI 87654321X, en adelante la arrendataria.",
    "El contrato tendrá una duración de un año, a partir del 1 de abril de 2026.",
    "Este contrato se rige por la ley española. Las partes firman el presente contrato.",
)


@pytest.mark.parametrize(
    ("parts", "parties", "expected"),
    [
        (
            GERMAN_CONTRACT,
            {"Muster Software GmbH", "Beispiel Handel AG"},
            {
                "effective_date": "2026-04-01", "term": "24 Monaten",
                "notice_period": "drei Monaten",
                "governing_law": "Recht der Bundesrepublik Deutschland",
            },
        ),
        (
            ENGLISH_CONTRACT,
            {"Acme Robotics, Inc.", "Globex Corporation"},
            {
                "effective_date": "2026-01-15", "term": "two (2) years",
                "notice_period": "sixty (60) days", "governing_law": "New York",
            },
        ),
        (
            FRENCH_CONTRACT,
            {"Dupont Conseil SARL", "Martin Industrie SA"},
            {
                "effective_date": "2026-03-01", "term": "douze mois",
                "notice_period": "trois mois", "governing_law": "droit français",
            },
        ),
        (
            SPANISH_CONTRACT,
            {"Luis Fernández Ruiz", "Carmen Soto Gil"},
            {"effective_date": "2026-04-01", "term": "un año", "governing_law": "ley española"},
        ),
    ],
    ids=["German", "English", "French", "Spanish"],
)  # fmt: skip
def test_the_parties_and_terms_of_a_contract_are_found(parts, parties, expected):
    result = read(a_set_pdf(*parts), "a.pdf", "")

    assert result.kind == "contract"
    assert set(values_of(result, "party")) == parties
    assert {name: best_values(result).get(name) for name in expected} == expected


@pytest.mark.parametrize(
    ("parts", "signers"),
    [
        (GERMAN_CONTRACT, ["Max Muster", "Eva Beispiel"]),
        (ENGLISH_CONTRACT, ["Jane Doe", "Hank Scorpio"]),
    ],
)
def test_the_names_below_signature_lines_are_signatures(parts, signers):
    assert values_of(read(a_set_pdf(*parts), "a.pdf", ""), "signature") == signers


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (
            (
                "Stadtwerke Musterstadt GmbH\nNetzweg 4\n20095 Hamburg", "",
                "Frau\nErika Beispiel\nLindenallee 7\n10115 Berlin", "",
                "> Hamburg, den 12. März 2026", "Ihr Widerspruch vom 3. März 2026",
                "Sehr geehrte Frau Beispiel,",
                "wir haben Ihren Widerspruch geprüft und können ihm leider nicht entsprechen.",
                "Mit freundlichen Grüßen", "Dr. Karl Weber\nLeiter Kundenservice",
            ),
            {
                "sender": "Dr. Karl Weber", "recipient": "Erika Beispiel", "date": "2026-03-12",
                "subject": "Ihr Widerspruch vom 3. März 2026",
            },
        ),
        (
            (
                "Mairie de Lyon\n1 place de la Comédie\n69001 Lyon", "",
                "> Madame Claire Martin\n12 rue Victor Hugo\n69002 Lyon", "",
                "> Lyon, le 5 février 2026", "Objet : Demande de permis", "Madame,",
                "Nous avons bien reçu votre demande du 20 janvier 2026.",
                "Nous vous prions d'agréer, Madame, l'expression de nos salutations distinguées.",
                "", "Paul Durand\nService de la voirie",
            ),
            {
                "sender": "Paul Durand", "recipient": "Madame Claire Martin",
                "date": "2026-02-05", "subject": "Demande de permis",
            },
        ),
        (
            (
                "Banco Ejemplo S.A.\nCalle Mayor 1\n28013 Madrid", "",
                "Sr. Juan García López\nAvenida del Puerto 22\n46021 Valencia", "",
                "Madrid, 8 de abril de 2026", "Asunto: Cambio de condiciones",
                "Estimado Sr. García:",
                "Le informamos de que a partir del 1 de junio de 2026 la comisión será de 3,50 €.",
                "Atentamente,", "María Pérez",
            ),
            {
                "sender": "María Pérez", "recipient": "Sr. Juan García López",
                "date": "2026-04-08", "subject": "Cambio de condiciones",
            },
        ),
        (
            (
                "> Nordlicht Studio Ltd\n8 Quay Lane\nBristol BS1 4DJ", "",
                "Ms Ana Ferreira\n21 Mill Road\nLeeds LS1 2AB", "", "4 May 2026",
                "Dear Ms Ferreira,", "Re: Your visit in June",
                "We are delighted that you plan to visit our studio on 12 June 2026.",
                "Yours sincerely,", "Jonas Winter",
            ),
            {
                "sender": "Jonas Winter", "recipient": "Ms Ana Ferreira", "date": "2026-05-04",
                "subject": "Your visit in June",
            },
        ),
    ],
    ids=["German", "French", "Spanish", "English"],
)  # fmt: skip
def test_the_facts_of_a_letter_are_found(parts, expected):
    result = read(a_set_pdf(*parts), "a.pdf", "")

    assert result.kind == "letter"
    assert {name: best_values(result).get(name) for name in expected} == expected
    assert result.headline == expected["subject"]


def test_the_facts_of_a_statement_are_found():
    result = read(
        a_set_pdf(
            "Sparkasse Musterstadt", "# Kontoauszug Nr. 3/2026",
            [["Kontoinhaber", "Erika Beispiel"], ["IBAN", "DE89 3704 0044 0532 0130 00"],
             ["Zeitraum", "01.03.2026 bis 31.03.2026"]],
            [["Datum", "Buchungstext", "Betrag EUR"],
             ["01.03.2026", "Alter Kontostand", "1.500,00"], ["03.03.2026", "Miete", "-750,00"],
             ["31.03.2026", "Neuer Kontostand", "750,00"]],
        ), "a.pdf", "",
    )  # fmt: skip

    facts = best_values(result)
    assert (result.kind, result.line_items) == ("statement", ())
    assert facts["account_holder"] == "Erika Beispiel"
    assert (facts["period_start"], facts["period_end"]) == ("2026-03-01", "2026-03-31")
    assert facts["opening_balance"] == {"minor": 150000, "currency": "eur"}
    assert facts["closing_balance"] == {"minor": 75000, "currency": "eur"}


def test_an_account_without_an_iban_is_named_by_its_number():
    result = read(
        a_set_pdf(
            "Sparkasse Musterstadt", "# Kontoauszug Nr. 4/2026",
            [["Kontoinhaber", "Erika Beispiel"], ["Kontonummer", "1234567890"],
             ["Zeitraum", "01.04.2026 bis 30.04.2026"]],
            [["Datum", "Buchungstext", "Betrag EUR"],
             ["01.04.2026", "Alter Kontostand", "750,00"],
             ["30.04.2026", "Neuer Kontostand", "750,00"]],
        ), "a.pdf", "",
    )  # fmt: skip

    assert (result.kind, best_values(result)["account_number"]) == ("statement", "1234567890")


def test_a_reminder_of_an_invoice_is_a_reminder():
    result = read(
        a_set_pdf(
            "Holz GmbH\nWaldweg 3\n34117 Kassel", "", "Kundin AG\nNebenweg 2\n80331 München",
            "1. Mahnung zu Rechnung Nr. 2026-0815", "Sehr geehrte Damen und Herren,",
            "unsere Rechnung Nr. 2026-0815 vom 03.04.2026 über 1.190,00 € ist noch offen. Bitte "
            "überweisen Sie den Betrag auf unser Konto IBAN DE89 3704 0044 0532 0130 00.",
            "Mit freundlichen Grüßen", "Petra Holz",
        ), "a.pdf", "",
    )  # fmt: skip

    assert (result.kind, best_values(result)["buyer"]) == ("reminder", "Kundin AG")


def test_a_payslip_is_not_an_invoice():
    result = read(
        a_set_pdf(
            "Muster AG", "# Gehaltsabrechnung März 2026",
            [["Bruttogehalt", "4.200,00"], ["Nettogehalt", "2.728,77"]],
            "Überweisung auf IBAN DE89 3704 0044 0532 0130 00 am 31.03.2026",
        ), "a.pdf", "",
    )  # fmt: skip

    assert result.kind == "payslip"


def test_a_summary_quotes_whole_sentences():
    result = read(a_set_pdf(*GERMAN_CONTRACT), "a.pdf", "")

    quoted = [quotation["text"] for quotation in result.summary]
    assert "Dieser Vertrag beginnt am 1. April 2026 und hat eine Laufzeit von 24 Monaten." in quoted
    page = " ".join(result.pages[0].text.split())
    assert all(text in page for text in quoted)
    assert all(text[0].isupper() and text.endswith(".") and "§" not in text for text in quoted)


def test_a_summary_of_an_invoice_quotes_its_main_rows():
    result = read(
        a_set_pdf(
            "Harbour Design Ltd\n3 Wharf Street, Bristol",
            [["Invoice number", "2026/118"], ["Invoice date", "14 February 2026"]],
            [["Subtotal", "100.00"], ["VAT 20%", "20.00"], ["Total due", "£120.00"]],
        ), "a.pdf", "",
    )  # fmt: skip

    assert [quotation["text"] for quotation in result.summary] == [
        "Invoice number 2026/118", "Invoice date 14 February 2026", "Total due £120.00",
    ]  # fmt: skip


def test_the_parties_of_a_lease_and_an_employment_contract_are_found():
    lease = a_set_pdf(
        "# LEASE AGREEMENT",
        "THIS LEASE is made on 1 March 2026 BETWEEN:",
        '(1) John Smith of 1 High Street, Leeds (the "Landlord"); and',
        '(2) Mary Jones of 2 Low Road, York (the "Tenant").',
        "Either party may end this agreement by giving not less than two months' notice.",
    )
    employment = a_set_pdf(
        "# Arbeitsvertrag",
        "Zwischen der Muster Software GmbH, Hauptstraße 1, 10115 Berlin (im Folgenden "
        "„Arbeitgeber“) und Frau Anna Schmidt, Lindenstraße 4, 50674 Köln (im Folgenden "
        "„Arbeitnehmerin“) wird folgender Arbeitsvertrag geschlossen:",
        "Die Kündigungsfrist beträgt drei Monate zum Monatsende. Es gilt deutsches Recht.",
    )

    parties = [
        sorted(values_of(read(document, "a.pdf", ""), "party")) for document in (lease, employment)
    ]

    assert parties == [
        ["John Smith", "Mary Jones"],
        ["Anna Schmidt", "Muster Software GmbH"],
    ]
