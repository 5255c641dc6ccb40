from docket.domain.payment import PaymentStatus
from tests.make import a_payment, an_intent


def test_a_payment_is_open_until_something_is_heard_of_it():
    payment = a_payment()

    assert (payment.status, payment.paid_at) == (PaymentStatus.OPEN, None)


def test_the_secret_to_pay_by_is_not_written_down_with_the_intent():
    assert "pi_1_secret_2" not in repr(an_intent(client_secret="pi_1_secret_2"))
