import pytest
from pydantic import ValidationError

from docket.schemas.payments import ConfirmPaymentRequest, PaymentIntentResponse
from tests.make import an_intent


@pytest.mark.parametrize("wrong", ["", "pi_1/../pi_2", "pi 1", "pi_1?x=1", "x" * 256, "pï", None])
def test_what_cannot_be_an_intents_id_is_not_sent_to_stripe(wrong):
    with pytest.raises(ValidationError):
        ConfirmPaymentRequest.model_validate({"payment_id": wrong})


def test_an_intent_is_told_with_what_the_browser_needs_to_pay_it():
    shown = PaymentIntentResponse.of(an_intent(client_secret="pi_1_secret"), publishable_key="pk_1")

    assert shown.model_dump() == {
        "client_secret": "pi_1_secret",
        "payment_intent_id": "pi_1",
        "amount": 250,
        "currency": "eur",
        "publishable_key": "pk_1",
    }
