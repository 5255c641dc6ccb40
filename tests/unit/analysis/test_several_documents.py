"""Several documents in one file: where each begins, and what the result says of each."""

import pytest

from analysis.extract import pipeline
from analysis.model import Box, Fact, Line, Page, documents_of
from analysis.model.page_numbers import published
from analysis.model.segment import first_entries


def a_page(number, texts):
    """A page by its lines from the top."""
    tops = [0.1 + 0.024 * row for row in range(len(texts))]
    return Page(
        number=number, width=595, height=842, source="text", confidence=1.0,
        lines=tuple(
            Line(text, Box(0.1, top, 0.12 + 0.01 * len(text), top + 0.015))
            for top, text in zip(tops, texts, strict=True)
        ),
    )  # fmt: skip


def extracted(*pages, of=0, first=0, embedded=()):
    """The result of pages from the page `first`, of a file with `of` pages."""
    return pipeline.extract(
        kind_of_file="pdf", page_count=of or len(pages), lost={}, embedded=(embedded, ()),
        warnings=(), pages=[a_page(first + place, texts) for place, texts in enumerate(pages)],
    )  # fmt: skip


def an_invoice(number, *more, of="Tallow Ltd", day=3, tax="VAT", total="120.00"):
    return [
        of,
        "Invoice",
        f"Invoice number: {number}",
        f"Date: {day} March 2026",
        f"{tax} GBP 20.00",
        f"Total due: GBP {total}",
        *more,
    ]


LETTER = [
    "Tallow Ltd",
    "3 March 2026",
    "Dear Mr Smith,",
    "please find our invoice.",
    "Yours sincerely",
]
DELIVERY_NOTE = ["Tallow Ltd", "Delivery note", "Delivery note No: D-99", "Date: 1 March 2026"]
AGREEMENT = [
    ["SERVICE AGREEMENT", "made on 3 March 2026 between Alpha Ltd and Beta Ltd.", "1. Services"],
    ["2. Governing law", "This agreement is governed by the laws of England.", "3 March 2026"],
]


def a_payslip(employee, net):
    return [
        "Calder Ltd",
        "Payslip",
        f"Employee: {employee}",
        "Pay date: 27 February 2026",
        "Gross pay 2,885.00",
        f"Net pay {net}",
    ]


def a_statement(month, opening, closing, *more):
    return [
        "First Bank",
        "Account statement",
        "Account number 12345678",
        f"Statement period 1 {month} 2026 to 28 {month} 2026",
        f"Opening balance {opening}",
        f"Closing balance {closing}",
        *more,
    ]


def a_reminder(name, number):
    return [
        "Tallow Ltd",
        "Payment reminder",
        "3 March 2026",
        f"Dear {name},",
        f"Invoice No: {number}",
        "Total outstanding 300.00",
    ]


@pytest.mark.parametrize(
    ("pages", "first_pages"),
    [
        ([an_invoice("TP-1"), an_invoice("TP-2"), an_invoice("TP-3")], [0, 1, 2]),
        ([an_invoice("TP-1"), [], an_invoice("TP-2")], [0, 2]),
        ([LETTER, an_invoice("TP-1"), DELIVERY_NOTE], [0, 1, 2]),
        ([an_invoice("TP-1", tax="VAT 20%:"), an_invoice("TP-2", tax="VAT 20%:")], [0, 1]),
        ([*AGREEMENT, an_invoice("TP-1")], [0, 2]),
        ([a_payslip("Owen Tranter", "2,310.42"), a_payslip("Mia Wong", "2,110.00")], [0, 1]),
        ([a_statement("February", "10.00", "9.00"), a_statement("March", "9.00", "7.00")], [0, 1]),
        ([a_reminder("Ms Jones", "TP-8"), a_reminder("Mr Smith", "TP-9")], [0, 1]),
        (
            [
                ["Rechnung Nr. 17 vom 03.02.2026", "Seite 1 von 2"],
                ["Seite 2 von 2", "Gesamtbetrag 119,00 EUR"],
                ["Rechnung Nr. 18 vom 04.02.2026", "Seite 1 von 1", "Gesamtbetrag 19,00 EUR"],
            ],
            [0, 2],
        ),
    ],
    ids=[
        "batch",
        "blank",
        "post",
        "same rate",
        "contract",
        "payslips",
        "statements",
        "reminders",
        "numbered",
    ],
)
def test_each_document_of_a_file_begins_on_its_first_page(pages, first_pages):
    result = extracted(*pages)

    assert [segment.first_page for segment in result.segments] == first_pages
    assert result.warnings[0]["code"] == "several_documents"


@pytest.mark.parametrize(
    "pages",
    [
        [an_invoice("TP-1"), ["Tallow Ltd", "Invoice", "3 March 2026", "Subtotal GBP 130.00"]],
        [an_invoice("TP-1"), ["Timesheet", "A Jones", "1 March 2026 8 h", "Total 8 h"]],
        [
            an_invoice("TP-1"),
            ["Terms and conditions of sale", "Invoice No: as printed", "of 3 March 2026"],
        ],
        [
            an_invoice("TP-1"),
            ["Lieferschein Nr. 47 vom 01.02.2026", "Lieferschein Nr. 48 vom 02.02.2026",
             "Summe 100,00 EUR"],
        ],
        [
            *AGREEMENT,
            ["Annex 1: Data processing agreement", "between Alpha Ltd and Beta Ltd, 3 March 2026"],
            ["DATA PROCESSING AGREEMENT", "between Alpha Ltd and Beta Ltd", "3 March 2026"],
        ],
        [
            a_statement("February", "10.00", "9.00"),
            a_statement("February", "9.00", "8.00", "Balance carried forward 8.00"),
        ],
        [a_payslip("Owen Tranter", "2,310.42"), a_payslip("Owen Tranter", "4,620.84")],
        [
            a_reminder("Ms Jones", "TP-8"),
            ["Invoice No: TP-9 100.00", "Invoice No: TP-10 of 3 March 2026", "Total due 300.00"],
        ],
        [LETTER, ["On 5 March 2026 we paid invoice number: TP-1", "Total due: GBP 120.00"]],
        [["Annual report", "31 December 2025"], ["Assets", "31 December 2025", "Total 9.00"]],
        [
            ["Tallow Ltd", "Quotation", "3 March 2026", "Option A", "Total GBP 120.00"],
            ["Tallow Ltd", "Quotation", "3 March 2026", "Option B", "Total GBP 150.00"],
        ],
    ],
    ids=["heading", "timesheet", "terms", "list", "annexes", "statement", "payslip",
         "reminder", "letter", "report", "options"],
)  # fmt: skip
def test_pages_of_one_document_are_not_divided(pages):
    result = extracted(*pages)

    assert result.segments == ()
    assert "several_documents" not in {warning["code"] for warning in result.warnings}


ONE_OF_ONE = "Page 1 of 1"
REPLY = [
    "Hartwell & Sons Solicitors",
    "9 March 2026",
    "Dear Ms Tallow,",
    "we dispute your claim. Invoice number: TP-1",
    "Yours sincerely",
]


@pytest.mark.parametrize(
    "pages",
    [
        [an_invoice("TP-1"), an_invoice("TP-1", of="Calder GmbH", total="75.00")],
        [an_invoice("TP-1"), an_invoice("TP-1", day=9, total="75.00")],
        [an_invoice("TP-1", ONE_OF_ONE), an_invoice("TP-1", ONE_OF_ONE, total="75.00")],
        [an_invoice("TP-1", ONE_OF_ONE), an_invoice("TP-1", ONE_OF_ONE)],
        [an_invoice("TP-1"), REPLY],
    ],
    ids=["seller", "day and total", "total and page", "copies and pages", "letter"],
)
def test_documents_of_one_number_are_divided_by_all_other_signs(pages):
    assert [segment.first_page for segment in extracted(*pages).segments] == [0, 1]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (an_invoice("TP-1"), an_invoice("TP-1")),
        (an_invoice("TP-1"), an_invoice("TP-1", total="75.00")),
        (LETTER, LETTER),
    ],
    ids=["copy", "total", "letter"],
)
def test_a_page_that_may_be_another_document_is_named(first, second):
    result = extracted(first, second)

    assert result.segments == ()
    assert result.warnings[0] == {
        "code": "several_documents",
        "params": {"context": "perhaps", "pages": "2"},
    }


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (["Net GBP 100.00"], ["Net GBP 100.00", "Total due: GBP 120.00"]),
        (["Page 1 of 2", "Total GBP 50.00"], ["Page 2 of 2", "Total due: GBP 120.00"]),
    ],
    ids=["one total", "numbered"],
)
def test_a_heading_repeated_with_its_number_continues_the_document(first, second):
    heading = ["Tallow Ltd", "Invoice", "Invoice number: TP-1", "Date: 3 March 2026"]

    result = extracted([*heading, *first], [*heading, *second])

    assert "several_documents" not in {warning["code"] for warning in result.warnings}


def test_each_document_has_its_own_facts_on_its_own_pages():
    result = extracted(LETTER, an_invoice("TP-1"), an_invoice("TP-2", day=4))

    numbers = [(fact.page, fact.value) for fact in result.facts if fact.name == "invoice_number"]
    assert [(segment.kind, segment.page_count) for segment in result.segments] == [
        ("letter", 1),
        ("invoice", 1),
        ("invoice", 1),
    ]
    assert numbers == [(1, "TP-1"), (2, "TP-2")]
    assert result.segments[2].headline == "Invoice TP-2 Tallow Ltd: GBP 120.00"
    assert result.kind == "other"


def test_documents_of_one_kind_make_a_file_of_that_kind():
    assert extracted(an_invoice("A-1"), an_invoice("A-2")).kind == "invoice"


def test_segments_are_found_when_page_ranges_are_joined():
    first, second, third = (an_invoice(f"TP-{number}") for number in (1, 2, 3))
    parts = [extracted(first, second, of=3), extracted(third, of=3, first=2)]

    assert pipeline.join(parts) == extracted(first, second, third)


def test_published_segments_count_pages_from_1():
    result = extracted(an_invoice("TP-1"), an_invoice("TP-2"))

    segments = published(result.facts_dict())["segments"]

    assert [(item["first_page"], item["last_page"]) for item in segments] == [(1, 1), (2, 2)]


def test_a_file_with_the_data_of_an_invoice_is_one_document():
    stated = Fact(
        name="invoice_number", value="TP-1", normalised="TP-1", page=None, box=None,
        confidence=1.0, source="xml",
    )  # fmt: skip

    result = extracted(an_invoice("TP-1"), an_invoice("TP-2"), embedded=(stated,))

    assert result.segments == ()


def test_the_warning_says_how_many_documents_a_file_contains():
    [warning] = extracted(an_invoice("TP-1"), an_invoice("TP-2")).warnings

    assert warning["params"] == {"context": "each", "documents": 2, "pages": "1, 2"}


def test_the_documents_of_a_file_have_what_is_on_their_pages():
    result = extracted(LETTER, an_invoice("TP-1"), an_invoice("TP-2", day=4))

    for counted_from_1 in (False, True):
        whole = published(result.to_dict()) if counted_from_1 else result.to_dict()
        letter, first, second = documents_of(whole)
        assert letter["kind"] == "letter"
        assert "invoice_number" not in {fact["name"] for fact in letter["facts"]}
        assert [
            fact["value"]
            for document in (first, second)
            for fact in document["facts"]
            if fact["name"] == "invoice_number"
        ] == ["TP-1", "TP-2"]
        assert sum(len(part["facts"]) for part in (letter, first, second)) == len(whole["facts"])


def test_a_file_with_one_document_is_that_document():
    result = extracted(an_invoice("TP-1")).to_dict()

    assert documents_of(result) == [result]
    assert documents_of({"facts": []}) == [{"facts": []}]  # of a reader without segments


def test_a_cut_list_has_facts_of_every_document():
    facts = [{"page": page} for page, count in enumerate((30, 2, 30)) for _ in range(count)]
    segments = [{"first_page": page, "last_page": page} for page in range(3)]
    result = {"facts": facts, "segments": segments, "key_phrases": ["a", "b"]}

    pages = [entry["page"] for entry in first_entries(result, "facts", 13)]

    assert pages == [0] * 6 + [1] * 2 + [2] * 5
    assert [entry["page"] for entry in first_entries(result, "facts", 2)] == [0, 1]
    assert first_entries({**result, "segments": []}, "facts", 13) == facts[:13]
    assert first_entries(result, "key_phrases", 1) == ["a"]


@pytest.mark.parametrize(
    "second",
    [
        ["BON DE LIVRAISON", "Papeterie Mercier SARL", "Date : 28/04/2026",
         "Désignation", "Ramettes pour le client", "Reçu en bon état par le destinataire"],
        ["LIEFERSCHEIN", "Brandt GmbH", "Datum: 28.04.2026", "Menge und Bezeichnung der Ware",
         "Die Ware ist von uns am 28.04.2026 an Sie geliefert"],
        ["DELIVERY NOTE", "Kestrel Packaging Ltd", "Date: 28 April 2026", "Delivered to the site"],
    ],
)  # fmt: skip
def test_a_document_of_another_company_and_kind_needs_no_number(second):
    assert len(extracted(an_invoice("TP-1"), second).segments) == 2


@pytest.mark.parametrize(
    "second",
    [
        ["DELIVERY NOTE", "Tallow Ltd", "Date: 28 April 2026", "Delivered to the site"],
        ["Work carried out by Kestrel Packaging Ltd", "Date: 28 April 2026", "Hours on the site"],
        ["Conditions de paiement", "Date : 28/04/2026", "Le client paie la facture par virement"],
    ],
)
def test_an_appendix_is_of_the_document_before_it(second):
    assert extracted(an_invoice("TP-1"), second).segments == ()
