import pytest
from pydantic import ValidationError

from docket.schemas.payments import ConfirmPaymentRequest, PaymentIntentResponse
from tests.make import an_intent


@pytest.mark.parametrize(
    "payment_id", ["", "pi_1/../pi_2", "pi 1", "pi_1?x=1", "x" * 256, "pï", None]
)
def test_an_invalid_payment_id_is_rejected(payment_id):
    with pytest.raises(ValidationError):
        ConfirmPaymentRequest.model_validate({"payment_id": payment_id})


def test_an_intent_response_has_what_stripe_js_needs():
    response = PaymentIntentResponse.of(
        an_intent(client_secret="pi_1_secret"), publishable_key="pk_1"
    )

    assert response.model_dump() == {
        "client_secret": "pi_1_secret",
        "payment_intent_id": "pi_1",
        "amount": 250,
        "currency": "eur",
        "publishable_key": "pk_1",
    }
