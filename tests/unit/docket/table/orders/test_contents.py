import pytest

from docket.domain.payments.pricing import DuplicateOf
from docket.table import client, keys
from docket.table.orders import contents
from docket.table.orders.contents import Content
from tests.table_state import interrupted

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


def test_what_is_recorded_for_a_document_is_not_to_be_recorded_again():
    contents.record_paid(content())
    every = [content(), content(SECOND), content(user_id="eve")]

    assert list(contents.unrecorded(every[:2])) == [content(SECOND)]
    assert list(contents.unrecorded(every[2:])) == [content(user_id="eve")]


def test_a_content_is_removed_with_its_document_only():
    contents.record_paid(content())

    contents.remove(content(SECOND))
    assert contents.paid("ada", ["ab"]) == {"ab": FIRST}

    contents.remove(content())
    contents.remove(content())
    assert contents.paid("ada", ["ab"]) == {}


def test_a_content_that_was_paid_for_twice_stays_paid_when_one_payment_is_returned():
    contents.record_paid(content())
    contents.record_paid(content(SECOND))
    contents.record_paid(content(SECOND))

    contents.remove(content())
    assert contents.paid("ada", ["ab"]) == {"ab": SECOND}

    contents.remove(content(SECOND))
    assert contents.paid("ada", ["ab"]) == {}
    assert client.get(keys.content("ada", "ab")) is None


def test_a_content_that_is_removed_while_it_is_paid_for_again_is_recorded():
    contents.record_paid(content())

    with interrupted(lambda: contents.remove(content())):
        contents.record_paid(content(SECOND))

    assert contents.paid("ada", ["ab"]) == {"ab": SECOND}


def test_more_contents_than_one_call_returns_are_found():
    contents.record_paid(content())

    assert contents.paid("ada", [*(f"{number:02}" for number in range(150)), "ab"]) == {"ab": FIRST}
