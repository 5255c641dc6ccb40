from dataclasses import replace

import pytest

from docket.domain import errors
from docket.domain.order import (
    MOST_DOCUMENTS,
    DocumentStatus,
    OrderStatus,
    PaymentStatus,
    order_of,
)
from tests.make import OID, THEN, a_document, a_payment, a_read_document, an_order


def test_a_document_id_carries_its_orders():
    assert order_of(a_document().id) == OID


@pytest.mark.parametrize("wanted", [OrderStatus.PROCESSING, OrderStatus.COMPLETED])
def test_a_customer_cannot_complete_an_order_without_paying(wanted):
    with pytest.raises(errors.IllegalMove) as refused:
        an_order().require_move(wanted)

    assert refused.value.legal == ("cancelled",)


@pytest.mark.parametrize("status", [OrderStatus.COMPLETED, OrderStatus.CANCELLED])
def test_a_final_order_allows_the_customer_no_move(status):
    with pytest.raises(errors.IllegalMove) as refused:
        an_order(status=status).require_move(OrderStatus.CANCELLED)

    assert refused.value.legal == ()


def test_an_order_holds_forty_documents_and_no_more():
    full = an_order(documents=tuple(a_document(f"{n}.pdf") for n in range(MOST_DOCUMENTS)))

    with pytest.raises(errors.OrderFull):
        full.require_room()


def test_documents_change_only_while_the_order_is_pending():
    with pytest.raises(errors.OrderClosed):
        an_order(status=OrderStatus.COMPLETED).require_room()


def test_bytes_that_have_arrived_are_not_sent_again():
    read = a_read_document()

    with pytest.raises(errors.DocumentSettled):
        an_order(documents=(read,)).require_uploadable(read.id)


def test_an_unreadable_document_may_be_sent_again():
    broken = a_document(status=DocumentStatus.UNREADABLE)

    assert an_order(documents=(broken,)).require_uploadable(broken.id) == broken


def test_nothing_is_paid_while_a_document_is_on_its_way():
    order = an_order(documents=(a_read_document(), a_document("late.pdf")))

    with pytest.raises(errors.NotReadyToPay, match=r"late\.pdf"):
        order.require_payable()


def test_an_order_of_unreadable_documents_costs_nothing():
    order = an_order(documents=(a_document(status=DocumentStatus.UNREADABLE),))

    with pytest.raises(errors.NothingToCharge):
        order.require_payable()


def test_its_own_payment_completes_an_order():
    order = an_order(documents=(a_read_document(),), payment=a_payment())

    paid = order.pay("pi_1", at=THEN)

    assert paid.status is OrderStatus.COMPLETED
    assert paid.payment == a_payment(status=PaymentStatus.SUCCEEDED, paid_at=THEN)


def test_paying_twice_by_one_intent_is_paying_once():
    paid = an_order(payment=a_payment()).pay("pi_1", at=THEN)

    assert paid.pay("pi_1", at=THEN) == paid


def test_another_orders_intent_does_not_pay_this_one():
    with pytest.raises(errors.QuoteOutdated):
        an_order(payment=a_payment()).pay("pi_2", at=THEN)


def test_a_payment_does_not_count_once_the_documents_changed():
    with pytest.raises(errors.QuoteOutdated):
        an_order(payment=a_payment(revision=0), revision=1).pay("pi_1", at=THEN)


def test_a_cancelled_order_is_not_completed_by_a_late_payment():
    with pytest.raises(errors.QuoteOutdated):
        an_order(payment=a_payment(), status=OrderStatus.CANCELLED).pay("pi_1", at=THEN)


def test_a_reading_that_failed_for_our_reasons_may_be_repeated():
    failed = a_document(status=DocumentStatus.UNREADABLE, retriable=True, version="v1")

    assert failed.may_be_read_again("1")
    assert not replace(failed, retriable=False).may_be_read_again("1")


def test_a_newer_reader_may_read_a_document_again():
    read = replace(a_read_document(), reader_version="1")

    assert read.may_be_read_again("2")
    assert not read.may_be_read_again("1")
