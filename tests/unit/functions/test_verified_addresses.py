"""What the functions refuse to a customer whose address is not verified, in both identities."""

import pytest

from docket.auth import accounts
from docket.runtime import config
from docket.runtime.clock import now
from docket.schemas.accounts.auth import RegisterRequest
from tests.make import OID
from tests.make_calls import call

NOT_VERIFIED = (403, "email_not_verified")


@pytest.fixture
def user_id(service, identity_provider):
    """A customer who has not verified the address."""
    request = RegisterRequest(email="ada@example.com", password="seven purple bicycles")
    return accounts().register(request, key=None, at=now()).id


@pytest.fixture
def ask_for(monkeypatch):
    """The stage asks for a verified address before this act."""

    def set_verification(setting):
        monkeypatch.setenv("DOCKET_VERIFICATION", setting)
        config._load.cache_clear()

    return set_verification


def test_an_order_needs_a_verified_address_before_orders(user_id, ask_for):
    ask_for("before_order")
    assert call("orders/create", {}, as_user=user_id).refusal == NOT_VERIFIED
    assert call("orders/create_sample", as_user=user_id).refusal == NOT_VERIFIED

    ask_for("before_payment")
    assert call("orders/create", {}, as_user=user_id).status == 201


@pytest.mark.parametrize("setting", ["before_order", "before_payment"])
def test_a_payment_needs_a_verified_address_before_payments(user_id, ask_for, setting):
    ask_for(setting)

    reply = call("payments/create_intent", order_id=OID, as_user=user_id)

    assert reply.refusal == NOT_VERIFIED


def test_nothing_needs_a_verified_address_in_a_stage_without(user_id, ask_for):
    ask_for("never")

    reply = call("payments/create_intent", order_id=OID, as_user=user_id)

    assert reply.refusal == (404, "order_not_found")
