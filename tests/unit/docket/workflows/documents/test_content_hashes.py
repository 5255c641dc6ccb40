from dataclasses import replace

import pytest

from analysis import READER_VERSION, Page, Result
from analysis.model import Box
from analysis.model.page import Line
from docket.workflows.documents import content_hashes
from docket.workflows.documents.content_hashes import MIN_WORDS

TEXT = " ".join(f"Word{number}" for number in range(MIN_WORDS))


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


@pytest.mark.parametrize(
    "same",
    [
        a_result(TEXT.upper()),
        a_result(TEXT.replace(" ", "   ")),
        a_result(TEXT.replace(" ", "\n")),
        a_result(*TEXT.split(" ", 1)),
        a_result(TEXT.replace("W", "\uff37")),
        replace(a_result(TEXT), kind_of_file="docx"),
    ],
)
def test_the_same_words_have_the_same_hash(same):
    assert content_hashes.of_words(same) == content_hashes.of_words(a_result(TEXT)) is not None


def test_other_words_or_another_order_have_another_hash():
    all_words = TEXT.split()
    texts = [TEXT, f"{TEXT} more", TEXT.replace("Word1 ", "Word-1 "), " ".join(reversed(all_words))]

    assert len({content_hashes.of_words(a_result(text)) for text in texts}) == len(texts)


def test_few_words_identify_no_document():
    assert content_hashes.of_words(a_result(TEXT.rpartition(" ")[0])) is None
    assert content_hashes.of_words(a_result("")) is None


def test_a_document_with_an_unread_page_has_no_hash_of_its_words():
    assert content_hashes.of_words(a_result(TEXT, unread=({"page": 1},), partial=True)) is None
