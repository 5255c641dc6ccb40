"""The parties of invoices by the trained model, and numbers with one meaning."""

import pytest

from analysis import read
from analysis.extract.invoice import labels, parties
from analysis.layout.lines import group_lines
from bench.reader.invoices import measure
from tests.unit.analysis.documents import a_pdf, best_values, values_of

ITEMS = [
    (56, 400, "Description"), (400, 400, "Qty"), (500, 400, "Amount"),
    (56, 420, "Site survey"), (400, 420, "2"), (500, 420, "500.00"),
    (400, 450, "Subtotal"), (500, 450, "500.00"), (400, 470, "VAT 20%"), (500, 470, "100.00"),
    (400, 490, "Total"), (500, 490, "600.00"),
]  # fmt: skip


def invoice(*lines):
    return read(a_pdf([*lines, (400, 250, "Invoice no. 4711"), *ITEMS]), "a.pdf", "")


def test_parties_without_a_legal_form_are_told_by_their_place():
    facts = best_values(invoice(
        (56, 60, "Larkspur Joinery"), (56, 74, "12 Mill Lane"), (56, 88, "Leeds LS2 4QE"),
        (56, 102, "Tel: 0113 496 0000"), (400, 60, "INVOICE"),
        (56, 170, "Mrs Amelia Barlow"), (56, 184, "7 High Street"), (56, 198, "York YO1 7RD"),
    ))  # fmt: skip

    assert (facts["seller"], facts["buyer"]) == ("Larkspur Joinery", "Mrs Amelia Barlow")


def test_a_heading_beside_another_says_whose_block_is_below():
    facts = best_values(invoice(
        (56, 60, "INVOICE"),
        (56, 120, "From"), (330, 120, "Bill to"),
        (56, 135, "Kestrel Design"), (330, 135, "Borough Council of Hadley"),
        (56, 149, "3 The Green"), (330, 149, "1 Station Road"),
        (56, 163, "Bristol BS1 4AA"), (330, 163, "Norwich NR3 1TP"),
    ))  # fmt: skip

    assert (facts["seller"], facts["buyer"]) == ("Kestrel Design", "Borough Council of Hadley")


def test_a_name_in_two_lines_is_one_name():
    facts = best_values(invoice(
        (56, 60, "RECHNUNG"), (56, 100, "Verkäufer"),
        (56, 120, "Nummer:"), (236, 120, "549910"),
        (236, 140, "Erste Musterhafte"), (56, 154, "Name:"),
        (236, 154, "Versicherung Musterstadt AG"),
        (56, 174, "Anschrift:"), (236, 174, "Musterstr. 12"), (236, 188, "12345 Musterstadt"),
    ))  # fmt: skip

    assert facts["seller"] == "Erste Musterhafte Versicherung Musterstadt AG"


@pytest.mark.parametrize("heading", ["Factuur aan:", "Rechnungsadresse", "Facturar a:"])
def test_a_heading_is_no_name(heading):
    facts = best_values(invoice(
        (56, 60, "Calder Techniek B.V."), (56, 74, "Kerkstraat 4"), (56, 88, "3511 AB Utrecht"),
        (56, 150, heading), (56, 165, "Garage Halcyon"), (56, 179, "Molenlaan 8"),
        (56, 193, "5611 PN Eindhoven"),
    ))  # fmt: skip

    assert facts["buyer"] == "Garage Halcyon"


def test_the_label_before_a_name_is_no_part_of_it():
    facts = best_values(invoice(
        (56, 60, "FACTURA"),
        (56, 120, "Vendedor: Talleres Navarro S.L."), (56, 134, "Calle Mayor 4"),
        (56, 148, "28013 Madrid"),
        (56, 180, "Facturar a: Transportes Delgado S.A."), (56, 194, "Calle Alcalá 9"),
        (56, 208, "41001 Sevilla"),
    ))  # fmt: skip

    assert (facts["seller"], facts["buyer"]) == (
        "Talleres Navarro S.L.",
        "Transportes Delgado S.A.",
    )


def test_the_contact_below_a_name_is_no_part_of_it():
    facts = best_values(invoice(
        (56, 60, "Au bon moulin SARL"), (56, 74, "12 rue de l'olive"), (56, 88, "84340 Malaucène"),
        (330, 136, "Ma jolie boutique"), (330, 150, "Alexandre Payet"),
        (330, 164, "35 rue de la République"), (330, 178, "69001 Lyon"),
    ))  # fmt: skip

    assert facts["buyer"] == "Ma jolie boutique"


def test_the_title_of_the_document_is_no_name():
    result = invoice((56, 60, "FATTURA"), (56, 120, "Trattoria Da Lucia"))

    assert "FATTURA" not in values_of(result, "seller")


def test_a_vat_id_has_one_owner():
    result = invoice(
        (56, 60, "Calder GmbH"), (56, 74, "Hauptstr. 4"), (56, 88, "10115 Berlin"),
        (56, 102, "USt-IdNr. DE136695976"),
        (56, 150, "Rechnung an:"), (56, 165, "Drake AG"), (56, 179, "Lindenweg 8"),
        (56, 193, "20095 Hamburg"), (56, 207, "Ihre USt-IdNr.: DE118510560"),
    )  # fmt: skip

    assert values_of(result, "seller_vat_id") == ["DE136695976"]
    assert values_of(result, "buyer_vat_id") == ["DE118510560"]
    assert values_of(result, "vat_id") == []


def test_the_vat_id_in_the_footer_is_the_sellers():
    result = invoice(
        (56, 60, "Rechnungsersteller"), (56, 75, "Lieferant GmbH"), (56, 90, "Lieferweg 20"),
        (56, 104, "80333 München"), (56, 150, "Rechnungsempfänger"), (56, 165, "Kunden AG Mitte"),
        (56, 179, "Kundenweg 8"), (56, 193, "69876 Frankfurt"),
        (56, 760, "USt.-Identnr.:"), (140, 760, "DE118510560"),
    )  # fmt: skip

    assert values_of(result, "seller_vat_id") == ["DE118510560"]
    assert values_of(result, "buyer_vat_id") == []


def test_a_number_with_a_label_is_not_also_an_identifier():
    result = invoice((56, 60, "Calder Ltd"), (56, 200, "Customer number: 77123"))

    assert values_of(result, "customer_number") == ["77123"]
    assert "77123" not in values_of(result, "identifier")


def test_invoices_in_layouts_that_were_held_out_are_read():
    outcomes = list(measure(range(30), held_out=True))

    for name in ("seller", "buyer"):
        found = [right for fact, right in outcomes if fact == name]
        assert sum(found) / len(found) >= 0.85, name


@pytest.mark.parametrize(
    ("person", "organisation"),
    [
        ("Brenda Kowalczyk", "Tri-Oak Dental Associates"),
        ("Jonas Wendt", "Hausverwaltung am Park"),
        ("Claire Fontaine", "Moulin Neuf"),
    ],
)
def test_a_company_that_is_delivered_to_is_the_buyer_and_not_its_contact(person, organisation):
    facts = best_values(invoice(
        (56, 60, "Cedar Landscaping LLC"), (56, 74, "2217 Old Mill Rd"), (56, 88, "Apex, NC 27502"),
        (56, 150, "BILL TO"), (56, 165, person), (56, 179, organisation),
        (56, 193, "410 Salem Rd"), (56, 207, "Apex, NC 27502"),
        (300, 150, "SHIP TO"), (300, 165, organisation), (300, 179, "418 Salem Rd"),
    ))  # fmt: skip

    assert facts["buyer"] == organisation


@pytest.mark.parametrize(
    ("person", "organisation"),
    [
        ("Herr Jonas Wendt", "Hausverwaltung am Park"),
        ("Mme Claire Fontaine", "Cabinet Moulin Neuf"),
        ("Mrs Ann Ribeiro", "Monte Alto School"),
    ],
)
def test_the_organisation_below_a_person_with_a_title_is_the_buyer(person, organisation):
    facts = best_values(invoice(
        (56, 60, "Cedar Landscaping LLC"), (56, 74, "2217 Old Mill Rd"), (56, 88, "Apex, NC 27502"),
        (56, 150, "BILL TO"), (56, 165, person), (56, 179, organisation),
        (56, 193, "410 Salem Rd"), (56, 207, "Apex, NC 27502"),
    ))  # fmt: skip

    assert facts["buyer"] == organisation


def test_a_person_above_a_street_is_the_buyer():
    facts = best_values(invoice(
        (56, 60, "Cedar Landscaping LLC"), (56, 74, "2217 Old Mill Rd"), (56, 88, "Apex, NC 27502"),
        (56, 150, "BILL TO"), (56, 165, "Brenda Kowalczyk"), (56, 179, "Rear House"),
        (56, 193, "410 Salem Church St"), (56, 207, "Apex, NC 27502"),
    ))  # fmt: skip

    assert facts["buyer"] == "Brenda Kowalczyk"


@pytest.mark.parametrize("beside", ["Site: 3 Mill Lane", "Job: Rear lot", "Projekt: Anbau Nord"])
def test_a_text_with_its_own_label_is_not_the_name_beside_a_heading(beside):
    page = a_pdf([(56, 150, "Invoice to"), (330, 150, beside), (56, 165, "Whitcombe Lettings")])
    lines = [group_lines(read_page) for read_page in read(page, "a.pdf", "").pages]

    assert [found.value for found in parties.headed(lines, "buyer", labels.BUYER)] == [
        "Whitcombe Lettings"
    ]


def test_a_dash_and_a_legal_form_behind_a_comma_are_parts_of_a_name():
    facts = best_values(invoice(
        (56, 60, "Serralharia Bastos, Lda."), (56, 74, "Lote 17"), (56, 88, "3060-197 Cantanhede"),
        (330, 150, "Exmo.(s) Sr.(s)"), (330, 165, "Quinta Velha \u2013 Turismo, Unip. Lda."),
        (330, 179, "Rua da Fonte, 22"), (330, 193, "3050-381 Mealhada"),
    ))  # fmt: skip

    assert facts["buyer"] == "Quinta Velha \u2013 Turismo, Unip. Lda."


@pytest.mark.parametrize(
    ("label", "number"),
    [
        ("V/ N.º Contrib.", "513772049"),
        ("Ihre USt-IdNr.", "ATU66110220"),
        ("Your VAT No.", "118510560"),
        ("Uw btw-nummer", "NL004495445B01"),
    ],
)
def test_a_number_below_a_label_of_the_customers_is_the_buyers(label, number):
    result = invoice(
        (56, 60, "Kestrel Design Ltd"), (56, 74, "3 The Green"), (56, 88, "Bristol BS1 4AA"),
        (330, 120, "Bill to"), (330, 135, "Borough Bakery Ltd"), (330, 149, "1 Station Road"),
        (330, 163, "Norwich NR3 1TP"), (56, 300, "Date"), (200, 300, label), (400, 300, "Terms"),
        (56, 315, "4 May 2026"), (200, 315, number), (400, 315, "30 days"),
    )  # fmt: skip

    assert values_of(result, "buyer_vat_id")[0].replace(" ", "") == number


@pytest.mark.parametrize("terms", ["30 Days", "net 30 days", "30 days net"])
def test_terms_below_their_label_give_the_due_date(terms):
    facts = best_values(invoice(
        (56, 60, "Kestrel Design Ltd"), (56, 200, "Date: 4 May 2026"), (56, 300, "Destination"),
        (330, 300, "Mode/Terms of Payment"), (56, 315, "Khed"), (330, 315, terms),
    ))  # fmt: skip

    assert facts["due_date"] == "2026-06-03"


def test_days_far_below_the_word_terms_give_no_due_date():
    facts = best_values(invoice(
        (56, 60, "Kestrel Design Ltd"), (56, 200, "Date: 4 May 2026"),
        (330, 300, "Mode/Terms of Payment"), (330, 345, "30 Days"),
    ))  # fmt: skip

    assert "due_date" not in facts
