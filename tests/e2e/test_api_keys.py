"""A program with an API key on the deployed stack."""

import pytest

from local.demo import Customer
from tests.e2e.conftest import signed_in


@pytest.fixture
def owner(stack):
    customer = signed_in(stack)
    yield customer
    customer.session.close()


@pytest.fixture
def key(owner):
    """A new key, which may read and write."""
    body = {"name": "Import", "scopes": ["read", "write"], "expires_in_days": 1}
    return owner.call("creating a key", "POST", "/auth/keys", expect=201, body=body)


@pytest.fixture
def program(stack, key):
    customer = Customer(stack, api_key=key["key"])
    yield customer
    customer.session.close()


def test_a_program_opens_an_order_and_the_audit_trail_names_its_key(program, owner, key):
    order = program.call("opening", "POST", "/orders", expect=201, body={"title": "Import"})

    seen = owner.call("reading the events", "GET", f"/orders/{order['id']}/events", expect=200)
    assert [event["facts"]["api_key_id"] for event in seen] == [key["id"]]
    (listed,) = owner.call("listing the keys", "GET", "/auth/keys", expect=200)
    assert listed["last_used_at"] is not None


def test_a_program_neither_pays_without_the_scope_nor_manages_the_account(program):
    order = program.call("opening", "POST", "/orders", expect=201, body={})
    paying = f"/payments/orders/{order['id']}/payment-intent"

    refusals = [
        program.call("paying", "POST", paying, expect=403),
        program.call("listing the keys", "GET", "/auth/keys", expect=403),
        program.call("deleting the account", "DELETE", "/auth/me", expect=403),
    ]

    assert {refusal["code"] for refusal in refusals} == {"scope_missing"}


def test_a_revoked_key_is_refused_at_once(program, owner, key):
    program.call("reading the orders", "GET", "/orders", expect=200)

    owner.call("revoking the key", "DELETE", f"/auth/keys/{key['id']}", expect=200)

    program.call("reading the orders", "GET", "/orders", expect=401)


def test_a_test_key_uses_the_sample_order_and_finds_no_other(stack, owner):
    body = {"name": "Trial", "mode": "test", "scopes": ["read", "write"], "expires_in_days": 1}
    key = owner.call("creating a key", "POST", "/auth/keys", expect=201, body=body)
    real_order = owner.call("opening", "POST", "/orders", expect=201, body={})
    program = Customer(stack, api_key=key["key"])
    assert program.call("listing", "GET", "/orders", expect=200) == []

    sample = program.call("opening the samples", "POST", "/orders/sample", expect=201)

    listed = program.call("listing", "GET", "/orders", expect=200)
    assert [order["id"] for order in listed] == [sample["id"]]
    program.call("reading", "GET", f"/orders/{sample['id']}", expect=200)
    program.call("listing", "GET", f"/orders/{sample['id']}/documents", expect=200)
    refusals = [
        program.call("reading", "GET", f"/orders/{real_order['id']}", expect=404),
        program.call("opening", "POST", "/orders", expect=403, body={}),
    ]
    assert [refusal["code"] for refusal in refusals] == ["order_not_found", "scope_missing"]
    program.session.close()
