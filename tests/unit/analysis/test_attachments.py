"""The files within a PDF: read as pages of a portfolio, or named."""

import pytest

from analysis import Limits, join, outline, previews, read
from tests.unit.analysis.documents import a_pdf, with_attachments

COVER = [
    "For the best experience, open this PDF portfolio in",
    "Acrobat X or Adobe Reader X, or later.",
]
INVOICE = a_pdf(
    ["Tallow & Pike Ltd", "Invoice number: TP-20417", "Total due: GBP 480.00"], ["Second page"]
)
LETTER = a_pdf(["Dear Ms Pike,", "the invoice is attached.", "Yours sincerely"])
LOCKED = a_pdf(["A locked page of text"], password="letmein")


def a_portfolio(**attachments):
    return with_attachments(a_pdf(COVER), attachments)


def test_the_documents_of_a_portfolio_are_read_instead_of_its_cover():
    portfolio = a_portfolio(letter=LETTER, invoice=INVOICE)

    result = read(portfolio, "portfolio.pdf", "application/pdf")

    assert [page.lines[0].text for page in result.pages] == [
        "Tallow & Pike Ltd",
        "Second page",
        "Dear Ms Pike,",
    ]
    assert result.warnings == ()
    assert outline(portfolio, "portfolio.pdf", "application/pdf").page_count == 3
    assert [image.page for image in previews(portfolio, "portfolio.pdf", "", [0, 2])] == [0, 2]


def test_a_portfolio_of_a_single_page_with_content_keeps_it():
    document = with_attachments(a_pdf(["Contents of this file"]), {"letter.pdf": LETTER})
    portfolio = document.replace(b"/Names", b"/Collection <<>> /Names")

    result = read(portfolio, "portfolio.pdf", "application/pdf")

    assert [page.lines[0].text for page in result.pages] == [
        "Contents of this file",
        "Dear Ms Pike,",
    ]


def test_attachments_that_are_not_read_are_named():
    document = with_attachments(LETTER, {"hours\u202e\n.pdf": INVOICE, "list.xlsx": b"PK\3\4 12"})

    result = read(document, "letter.pdf", "application/pdf")

    assert result.page_count == 1
    assert result.warnings == (
        {"code": "attachments_not_read", "params": {"names": "hours .pdf, list.xlsx", "number": 2}},
    )


def test_locked_parts_of_a_portfolio_are_named():
    result = read(a_portfolio(secret=LOCKED, letter=LETTER), "a.pdf", "application/pdf")

    assert [page.lines[0].text for page in result.pages] == ["Dear Ms Pike,"]
    assert result.warnings == (
        {"code": "parts_locked", "params": {"names": "secret", "number": 1}},
    )


def test_a_warning_about_the_file_is_kept_when_parts_are_joined():
    document = with_attachments(INVOICE, {"hours.pdf": LETTER})
    parts = [read(document, "a.pdf", "", pages=range(n, n + 1)) for n in range(2)]

    assert [entry["code"] for entry in join(parts).warnings] == ["attachments_not_read"]


def test_an_attachment_of_another_type_is_not_decoded():
    document = with_attachments(LETTER, {"backup.zip": b"\0" * 300_000_000})

    result = read(
        document, "letter.pdf", "application/pdf", limits=Limits(memory_bytes=400 * 2**20)
    )

    assert [entry["params"] for entry in result.warnings] == [{"names": "backup.zip", "number": 1}]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 damaged", b"%PDF-1.7\n" + b"[" * 50_000])
def test_a_damaged_part_is_named_and_the_others_are_read(content):
    result = read(a_portfolio(broken=content, letter=LETTER), "a.pdf", "application/pdf")

    assert [page.lines[0].text for page in result.pages] == ["Dear Ms Pike,"]
    assert result.warnings == (
        {"code": "attachments_not_read", "params": {"names": "broken", "number": 1}},
    )
