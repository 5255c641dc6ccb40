"""Amounts in currencies without decimals, with two, and with three."""

import pytest
import stripe

from local.stripe_double.objects.money import formatted


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        (250, "eur", "€2.50"),
        (250, "chf", "2.50 CHF"),
        (250, "jpy", "250 JPY"),
        (2500, "kwd", "2.500 KWD"),
        (500, "isk", "5.00 ISK"),
    ],
)
def test_an_amount_has_the_decimals_of_its_currency(amount, currency, text):
    assert formatted(amount, currency) == text


@pytest.mark.parametrize(
    ("amount", "currency"),
    [(50, "jpy"), (1, "krw"), (10, "kwd"), (100, "isk"), (500, "ugx"), (1045, "twd")],
)
def test_an_amount_of_the_currencys_unit_is_accepted(shop, amount, currency):
    paid = shop.pay(amount=amount, currency=currency)

    assert (paid.amount_received, paid.currency) == (amount, currency)


@pytest.mark.parametrize(
    ("amount", "currency"), [(5124, "kwd"), (1001, "bhd"), (550, "isk"), (5, "ugx")]
)
def test_a_fraction_that_the_currency_lacks_is_refused(shop, amount, currency):
    with pytest.raises(stripe.InvalidRequestError, match="divisible") as refused:
        shop.pay(amount=amount, currency=currency)

    assert refused.value.param == "amount"


def test_a_refund_has_the_precision_of_its_currency(shop):
    intent = shop.pay(amount=5120, currency="kwd")

    with pytest.raises(stripe.InvalidRequestError, match="divisible by 10"):
        shop.sdk.v1.refunds.create({"payment_intent": intent.id, "amount": 1001})

    assert shop.sdk.v1.refunds.create({"payment_intent": intent.id, "amount": 1010}).amount == 1010
