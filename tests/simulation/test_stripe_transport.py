"""Stripe's SDK meets the faults of a life, and repeats its calls under virtual time."""

import json
from collections import Counter

import pytest
import stripe

from docket.gateways import stripe as gateway
from tests.simulation.aws import ENVIRONMENT, SimulatedAws
from tests.simulation.faults import Fault
from tests.simulation.process import simulated_process
from tests.simulation.stripe_transport import StripeTransport, resource_of

SETTINGS = {
    "DOCKET_STRIPE_SECRET": "stripe",
    "DOCKET_STAGE": "test",
    "DOCKET_DISPUTE_CLOSES": "false",
}
KEYS = {"secret_key": "sk_test", "webhook_secret": "whsec", "publishable_key": "pk_test"}
INTENT: stripe.params.PaymentIntentCreateParams = {"amount": 100, "currency": "eur"}
FAULTS = (
    Fault.UNREACHABLE,
    Fault.SERVER_ERROR,
    Fault.THROTTLED,
    Fault.CONFLICT,
    Fault.REPLY_LOST,
)


class Double(stripe.HTTPClient):
    """Creates one intent for each idempotency key."""

    def __init__(self):
        super().__init__()
        self.intents: dict[str, str] = {}
        self.calls = 0

    def request(self, method, url, headers, post_data=None, **_):
        self.calls += 1
        intent = self.intents.setdefault(headers["Idempotency-Key"], f"pi_{len(self.intents)}")
        return json.dumps({"id": intent, "object": "payment_intent"}), 200, {}


@pytest.fixture
def process():
    with simulated_process({**ENVIRONMENT, **SETTINGS}) as simulated:
        yield simulated


def begin(process, rates=None):
    aws = SimulatedAws(1)
    double = Double()
    aws.life.clients["stripe"] = StripeTransport(aws, double)
    aws.secrets.put("stripe", **KEYS)
    process.live(aws.life)
    gateway._client()  # reads the secret, which is then cached
    aws.faults.set_rates(rates or {})
    return aws, double


def create(key):
    options = stripe.RequestOptions(idempotency_key=key)
    return gateway._client().v1.payment_intents.create(INTENT, options).id


def test_the_sdk_calls_the_double_of_the_present_life(process):
    _, first = begin(process)
    create("a")
    _, second = begin(process)
    create("a")

    assert (first.calls, second.calls) == (1, 1)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_failed_call_is_repeated_with_its_idempotency_key(fault, process):
    aws, double = begin(process, {fault: 0.25})
    outcomes = Counter[str]()

    def handler():
        outcomes[create("one") if len(outcomes) % 2 else create("two")] += 1

    for _ in range(40):
        aws.world.start("create", handler)
    aws.world.run_dry(within_seconds=600)

    assert aws.faults.counts()[fault] > 3
    if fault is not Fault.THROTTLED:  # which the SDK does not repeat
        assert sum(outcomes.values()) > 35
    assert len(double.intents) <= 2


def test_pauses_of_the_sdk_pass_virtual_time(process):
    aws, _ = begin(process, {Fault.UNREACHABLE: 1})
    before = aws.clock.true_time()

    with pytest.raises(stripe.APIConnectionError):
        create("a")

    assert aws.clock.true_time() - before > 0.2
    assert aws.faults.counts()[Fault.UNREACHABLE] == gateway.RETRIES + 1


@pytest.mark.parametrize(
    ("url", "resource"),
    [
        ("https://api.stripe.com/v1/payment_intents?limit=1", "/v1/payment_intents"),
        ("https://x.invalid/v1/payment_intents/pi_1/cancel", "/v1/payment_intents/{id}/cancel"),
    ],
)
def test_the_place_of_a_fault_is_the_resource(url, resource):
    assert resource_of(url) == resource
