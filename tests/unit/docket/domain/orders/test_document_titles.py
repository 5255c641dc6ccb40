import pytest

from docket.domain.orders.document_titles import named_after, renamed, shown_name, title_tag
from docket.domain.orders.filenames import NamedDocument
from tests.make import a_document

DOCUMENT = a_document("scan-17.pdf")


def test_a_document_is_called_by_its_title_or_after_its_file():
    titled = renamed(DOCUMENT, "Rent, March")

    assert (shown_name(titled), titled.filename) == ("Rent, March", "scan-17.pdf")
    assert shown_name(renamed(titled, None)) == "scan-17.pdf"


@pytest.mark.parametrize("title", [None, ""])
def test_an_empty_title_is_none(title):
    assert renamed(renamed(DOCUMENT, "Rent"), title) == DOCUMENT


def test_each_title_has_its_tag():
    tags = [title_tag(renamed(DOCUMENT, title)) for title in (None, "Rent", "rent", "Rent")]

    assert len(set(tags)) == 3
    assert tags[1] == tags[3]
    assert all(tag.startswith('"') and tag.endswith('"') for tag in tags)


def test_an_order_is_called_by_the_title_of_its_first_document():
    first_document = NamedDocument(id=DOCUMENT.id, filename=DOCUMENT.filename)
    titled = renamed(DOCUMENT, "Rent")

    assert named_after(first_document, titled) == NamedDocument(id=DOCUMENT.id, filename="Rent")
    assert named_after(first_document, renamed(titled, None)) == first_document


def test_another_document_does_not_name_the_order():
    first_document = NamedDocument(id="other", filename="other.pdf")

    assert named_after(first_document, renamed(DOCUMENT, "Rent")) == first_document
    assert named_after(None, DOCUMENT) is None
