from dataclasses import replace
from datetime import timedelta

import pytest

from docket.domain.errors import LimitReached, TooManyTries
from docket.domain.limits import CustomerLimits, Usage, reading_name
from docket.domain.orders.order import OrderStatus
from tests.make import LIMITS, THEN, a_read_document, an_order

ORDER = an_order(a_read_document(pages=3))


@pytest.mark.parametrize(("slots", "share"), [(1, 1), (3, 1), (10, 5)])
def test_a_customer_has_half_of_the_slots_at_least_one(slots, share):
    limits = CustomerLimits(unpaid_orders=1, unpaid_pages=1, documents_a_day=1, reader_slots=slots)

    assert limits.share == share


def test_an_order_counts_until_it_is_completed_or_cancelled():
    used = Usage().with_order(None, ORDER)
    assert (used.unpaid_orders, used.unpaid_pages) == (1, 3)

    assert used.with_order(ORDER, replace(ORDER, charged_pages=1)).unpaid_pages == 1
    for status in (OrderStatus.COMPLETED, OrderStatus.CANCELLED):
        assert used.with_order(ORDER, replace(ORDER, status=status)) == Usage()


def test_readings_start_and_end_once():
    used = Usage().with_readings(started=["a", "b"]).with_readings(started=["b"])

    assert used.free_slots(LIMITS) == 0
    assert used.with_readings(ended=["a"]).with_readings(ended=["a"]).in_flight == {"b"}


def test_unpaid_orders_and_pages_are_limited():
    used = Usage(unpaid_orders=LIMITS.unpaid_orders, unpaid_pages=LIMITS.unpaid_pages)

    with pytest.raises(LimitReached):
        used.require_new_order(LIMITS)
    with pytest.raises(LimitReached):
        used.with_documents(1, LIMITS, at=THEN)
    replace(used, unpaid_orders=0).require_new_order(LIMITS)


def test_the_documents_of_a_day_are_limited():
    used = Usage().with_documents(LIMITS.documents_a_day, LIMITS, at=THEN)

    with pytest.raises(TooManyTries) as refused:
        used.with_documents(1, LIMITS, at=THEN)
    tomorrow = THEN + timedelta(seconds=refused.value.retry_after)
    assert used.with_documents(1, LIMITS, at=tomorrow).documents_added == 1


def test_a_reading_and_its_parts_have_different_names():
    assert len({reading_name("d", 1), reading_name("d", 2), reading_name("d", 1, 0)}) == 3
