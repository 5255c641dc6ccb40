import pytest

from docket.domain.document import DuplicateOf
from docket.table import contents
from docket.table.contents import Content

pytestmark = pytest.mark.usefixtures("table")

FIRST = DuplicateOf(order_id="order", document_id="order-1")
SECOND = DuplicateOf(order_id="order", document_id="order-2")


def content(paid=FIRST, user_id="ada"):
    return Content(user_id=user_id, sha256="ab", paid=paid)


def test_a_content_that_was_paid_for_is_found_by_each_of_its_hashes():
    contents.record_paid(content())

    assert contents.paid("ada", ["cd", "ab", "ab"]) == {"ab": FIRST}
    assert contents.paid("ada", ["cd"]) == {}
    assert contents.paid("eve", ["ab"]) == {}


def test_the_document_that_was_paid_for_first_stays():
    contents.record_paid(content())
    contents.record_paid(content(SECOND))

    assert contents.paid("ada", ["ab"]) == {"ab": FIRST}


def test_a_content_is_removed_with_its_document_only():
    contents.record_paid(content())

    contents.remove(content(SECOND))
    assert contents.paid("ada", ["ab"]) == {"ab": FIRST}

    contents.remove(content())
    contents.remove(content())
    assert contents.paid("ada", ["ab"]) == {}
