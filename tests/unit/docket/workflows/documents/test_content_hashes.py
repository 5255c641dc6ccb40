from dataclasses import fields, replace

import pytest

from analysis import READER_VERSION, Fact, Page, Result
from analysis.model import Box
from analysis.model.fact import LineItem, Table
from analysis.model.page import Barcode, Line
from docket.workflows.documents import content_hashes
from docket.workflows.documents.content_hashes import MIN_WORDS

TEXT = " ".join(f"Word{number}" for number in range(MIN_WORDS))
FIRST, SECOND = TEXT.split(" ", 1)
HERE, ELSEWHERE = Box(0, 0, 0.5, 0.5), Box(0.1, 0.1, 0.6, 0.6)
GROSS = Fact(
    name="gross",
    value="250 €",
    normalised={"minor": 25000, "currency": "eur"},
    page=0,
    box=HERE,
    confidence=0.9,
    source="text",
)
ITEM = LineItem(
    description="Oak board", quantity="2", unit_price="1.00", amount="2.00", page=0, box=HERE
)
TABLE = Table(page=0, box=HERE, rows=(("Oak", "2"), ("Ash", "3")))
CODE = Barcode(format="QRCode", text="BCD", box=HERE)


def a_result(*pages, **fields):
    return Result(
        reader_version=READER_VERSION,
        kind_of_file="pdf",
        page_count=len(pages),
        pages=tuple(
            Page(
                number=number,
                width=595,
                height=842,
                source="text",
                confidence=1.0,
                lines=tuple(Line(text=line, box=Box(0, 0, 1, 1)) for line in page.split("\n")),
            )
            for number, page in enumerate(pages)
        ),
        **fields,
    )


def test_bytes_have_the_hash_that_customers_can_compute():
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    assert content_hashes.of_bytes(b"") == empty


def hash_of(result):
    return content_hashes.of_result(result)


def with_pages(result, *new_pages):
    """The result with these changes of its first pages."""
    rest = result.pages[len(new_pages) :]
    pages = zip(result.pages, new_pages, strict=False)
    return replace(result, pages=(*(replace(page, **fields) for page, fields in pages), *rest))


@pytest.mark.parametrize(
    "same",
    [
        a_result(TEXT.upper()),
        a_result(TEXT.replace(" ", "   ")),
        a_result(TEXT.replace(" ", "\n")),
        a_result(TEXT.replace("W", "\uff37")),
        replace(a_result(TEXT), kind_of_file="docx"),
        replace(a_result(TEXT), kind_score=0.5),
        with_pages(a_result(TEXT), {"source": "ocr", "confidence": 0.7, "width": 612, "tilt": 0.1}),
    ],
)
def test_the_same_words_have_the_same_hash(same):
    assert hash_of(same) == hash_of(a_result(TEXT)) is not None


def test_other_words_or_another_order_have_another_hash():
    all_words = TEXT.split()
    texts = [TEXT, f"{TEXT} more", TEXT.replace("Word1 ", "Word-1 "), " ".join(reversed(all_words))]

    assert len({hash_of(a_result(text)) for text in texts}) == len(texts)


def test_what_is_stated_has_the_same_hash_wherever_on_its_page_it_is():
    original = a_result(TEXT, facts=(GROSS,), line_items=(ITEM,), tables=(TABLE,))
    elsewhere = a_result(
        TEXT,
        facts=(replace(GROSS, source="ocr", box=ELSEWHERE, confidence=0.6),),
        line_items=(replace(ITEM, box=ELSEWHERE, confidence=0.6),),
        tables=(replace(TABLE, box=ELSEWHERE),),
    )

    assert hash_of(elsewhere) == hash_of(original) is not None


WHOLE = a_result(FIRST, SECOND, facts=(GROSS,), line_items=(ITEM,), tables=(TABLE,))
OTHER = {
    "the page that its words are on": a_result(*TEXT.rsplit(" ", 1)),
    "a blank page": with_pages(a_result(FIRST, SECOND, ""), {}, {}, {"blank": True}),
    "the number of its pages": replace(WHOLE, page_count=3),
    "a page beside it that has a fact": a_result(
        FIRST, SECOND, "", facts=(GROSS, replace(GROSS, page=2))
    ),
    "the name of a fact": replace(WHOLE, facts=(replace(GROSS, name="net"),)),
    "the value of a fact": replace(WHOLE, facts=(replace(GROSS, value="251 €"),)),
    "the amount of a fact": replace(
        WHOLE, facts=(replace(GROSS, normalised={"minor": 25000, "currency": "usd"}),)
    ),
    "the page of a fact": replace(WHOLE, facts=(replace(GROSS, page=1),)),
    "which candidate is the best": replace(WHOLE, facts=(replace(GROSS, value="9 €"), GROSS)),
    "the others after the best": replace(WHOLE, facts=(GROSS, replace(GROSS, value="9 €"))),
    "a line item": replace(WHOLE, line_items=(replace(ITEM, quantity="3"),)),
    "the cells of a table": replace(WHOLE, tables=(replace(TABLE, rows=(("Oak", "3"),)),)),
    "a code": with_pages(WHOLE, {"barcodes": (CODE,)}),
    "the text of a code": with_pages(WHOLE, {"barcodes": (replace(CODE, text="ABC"),)}),
    "its kind": replace(WHOLE, kind="invoice"),
    "a warning": replace(WHOLE, warnings=({"code": "code_disagrees", "params": {"fact": "iban"}},)),
    "that something of the file was not read": replace(WHOLE, partial=True),
}


def test_documents_that_differ_in_anything_that_a_customer_gets_have_other_hashes():
    hashes = {name: hash_of(result) for name, result in {**OTHER, "nothing": WHOLE}.items()}

    assert None not in hashes.values()
    assert len(set(hashes.values())) == len(hashes)


def test_every_field_of_a_result_counts_but_how_it_was_read():
    uncounted = {field.name for field in fields(Result)} & content_hashes._OTHER_WHEN_SAVED_AGAIN

    assert uncounted == {"reader_version", "kind_of_file", "kind_score"}


def test_few_words_identify_no_document():
    assert hash_of(a_result(TEXT.rpartition(" ")[0])) is None
    assert hash_of(a_result("")) is None


def test_a_document_with_an_unread_page_has_no_hash_of_its_words():
    assert hash_of(a_result(TEXT, unread=({"page": 1},), partial=True)) is None


@pytest.mark.parametrize("found", ["", "\u25a0"])
def test_a_document_with_a_picture_that_is_not_understood_has_no_hash_of_its_words(found):
    assert hash_of(a_result(TEXT, found)) is None
    assert hash_of(a_result(TEXT, found, facts=(replace(GROSS, page=1),))) is not None


def test_a_document_in_a_script_that_is_not_read_has_no_hash_of_its_words():
    assert hash_of(with_pages(a_result(TEXT), {"script_unread": True})) is None
