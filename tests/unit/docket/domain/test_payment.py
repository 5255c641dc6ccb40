from docket.domain.payment import PaymentStatus
from tests.make import a_payment, an_intent


def test_a_new_payment_is_open():
    payment = a_payment()

    assert (payment.status, payment.paid_at) == (PaymentStatus.OPEN, None)


def test_the_client_secret_is_not_in_the_representation():
    assert "pi_1_secret_2" not in repr(an_intent(client_secret="pi_1_secret_2"))
