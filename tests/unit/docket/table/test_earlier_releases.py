"""Items that an earlier release has stored lack the fields that were added since."""

from dataclasses import fields
from datetime import timedelta

import pytest

from docket.domain.orders.document import Document
from docket.domain.orders.finished_review import FinishedReview
from docket.domain.orders.order import Order, OrderStatus
from docket.domain.payments.payment import Effect, Payment, PaymentStatus
from docket.domain.payments.refund import Refund
from docket.domain.reason import CANCELLED_BY_CUSTOMER
from docket.table import client, keys
from docket.table.client import Update
from docket.table.orders import orders
from docket.table.payments import payments
from tests.make import (
    OID,
    THEN,
    a_payment,
    a_read_document,
    an_audit_context,
    an_event,
    an_intent,
    an_order,
)
from tests.table_state import get_order, get_payment, save

pytestmark = pytest.mark.usefixtures("table")


def without(key, *path):
    client.update(Update(key=key, condition="attribute_exists(PK)", remove=[path]))


@pytest.fixture(params=["amount_lost", "is_withheld", "amount_refunded", "reversal_version"])
def added_since(request):
    """A field that neither the payment nor the order's copy of it has."""
    document = a_read_document()
    save(an_order(document, payment=a_payment()), document)
    without(keys.order("ada", OID), "payment", request.param)
    without(keys.payment(OID, a_payment().payment_intent_id), request.param)


def test_an_order_is_changed_whose_payment_has_what_a_later_release_added():
    document = a_read_document()
    save(an_order(document, payment=a_payment()), document)
    later = Update(
        key=keys.order("ada", OID),
        condition="attribute_exists(PK)",
        set={("payment", "added_later"): True},
    )
    client.update(later)

    orders.cancel("ada", OID, an_event("cancelled"), reason=CANCELLED_BY_CUSTOMER)

    assert get_payment().status is PaymentStatus.TO_CANCEL


def test_an_order_with_a_payment_is_cancelled(added_since):
    orders.cancel("ada", OID, an_event("cancelled"), reason=CANCELLED_BY_CUSTOMER)

    assert get_payment().status is PaymentStatus.TO_CANCEL


def test_the_success_of_a_payment_is_recorded(added_since):
    effect = payments.record_success(
        an_intent(paid_at=THEN), an_audit_context("stripe"), guarantee=timedelta(hours=4)
    )

    assert effect is Effect.COMPLETES
    assert get_order().status is OrderStatus.COMPLETED


ALWAYS_STORED = {"upload_number", "version"}


@pytest.mark.parametrize("kind", [Order, Document, Payment, Refund, FinishedReview])
def test_the_default_of_a_number_or_a_flag_is_nothing(kind):
    defaults = {field.name: field.default for field in fields(kind)}

    others = {name for name, value in defaults.items() if isinstance(value, int) and value}

    assert others <= ALWAYS_STORED
