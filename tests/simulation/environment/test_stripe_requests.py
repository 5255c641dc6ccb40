"""What stands between the service and the Stripe double in a life."""

import json

import pytest

from tests.simulation.aws import ENVIRONMENT, SimulatedAws
from tests.simulation.environment.stripe_side import Account, StripeSide
from tests.simulation.faults import Fault
from tests.simulation.process import simulated_process

EVERY_ERROR_IS_SAVED = {Fault.ERROR_SAVED: 1.0}


def no_webhook(event, context):
    """The handler of events: none is emitted here."""
    raise AssertionError(event)


@pytest.fixture
def side():
    with simulated_process(ENVIRONMENT) as process:
        aws = SimulatedAws(1)
        account = Account(process)
        process.live(aws.life)
        aws.faults.set_rates(EVERY_ERROR_IS_SAVED)
        yield StripeSide(account, aws, no_webhook, seed=1)
        account.double.close()


def request_refund(side, key):
    headers = {"Idempotency-Key": key, "Authorization": f"Bearer {side.double.secret_key}"}
    url = "https://stripe.invalid/v1/refunds"
    text, status, _ = side.transport.request("POST", url, headers, "payment_intent=pi_1")
    return status, json.loads(text)["error"].get("code")


def test_a_refused_refund_leaves_no_error_for_the_next_request(side):
    side.refuse_refunds("pi_1", times=1)

    assert request_refund(side, "a") == (400, "balance_insufficient")

    assert side.disputes("pi_1") == []


def test_an_error_is_saved_for_a_request_that_is_not_refused(side):
    assert request_refund(side, "a") == (500, None)
    assert side.disputes("pi_1") == []
