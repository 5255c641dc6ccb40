from dataclasses import replace
from datetime import UTC, datetime

from docket.domain.accounts.deletion import Invoice
from docket.domain.orders.order import OrderStatus
from docket.domain.payments.payment import PaymentStatus
from tests.make import THEN, a_payment, a_read_document, an_order
from tests.make_people import a_user

PAID = a_payment(status=PaymentStatus.SUCCEEDED, paid_at=THEN)
ORDER = an_order(a_read_document(pages=3), status=OrderStatus.COMPLETED, payment=PAID)


def invoice(payment=PAID):
    return Invoice.of(a_user(), ORDER, payment)


def test_a_payment_that_never_succeeded_has_no_invoice():
    assert invoice(replace(PAID, paid_at=None)) is None


def test_an_invoice_names_customer_amount_and_pages():
    result = invoice()

    assert result is not None
    assert (result.email, result.full_name) == ("ada@example.com", "Ada")
    assert (result.money, result.charged_pages) == (PAID.money, 3)


def test_only_the_payment_of_the_order_has_its_pages():
    result = invoice(replace(PAID, payment_intent_id="pi_2"))

    assert result is not None
    assert result.charged_pages is None


def test_years_are_counted_from_the_end_of_the_year_of_the_payment():
    result = invoice()

    assert result is not None
    assert result.retained_until(10) == datetime(2037, 1, 1, tzinfo=UTC)
