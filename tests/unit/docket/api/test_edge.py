"""Requests that did not come through the distribution, to each function of the API."""

import pytest

from functions.meta import not_found
from infra.endpoints import ENDPOINTS
from tests.make import OID
from tests.make_calls import Reply, a_request, send
from tests.unit.conftest import clear_caches

REFUSED = (403, "direct_call")
BY_DISTRIBUTION = [row for row in ENDPOINTS if row.reachable == "distribution"]
FROM_ANYWHERE = [row for row in ENDPOINTS if row.reachable == "anywhere"]


@pytest.fixture(autouse=True)
def two_keys(monkeypatch):
    """A stage in which two keys are valid."""
    monkeypatch.setenv("DOCKET_EDGE_KEYS", "new-key old-key")
    clear_caches()
    yield
    clear_caches()


def reply_for(row, key):
    """The reply to a request with a malformed body and an unknown parameter."""
    path = row.path.format(
        order_id=OID,
        document_id=f"{OID}-{OID}",
        fact_id="0" * 16,
        page=1,
        session_id=OID,
        key_id=OID,
        passkey_id="a" * 32,
        number=1,
    )
    event = a_request(row.method, path, "{", headers={"x-docket-edge": key}, query={"strange": 1})
    if key is None:
        del event["headers"]["x-docket-edge"]
    return send(row.name, event)


@pytest.mark.parametrize("key", [None, "", "new-key old-key", "new-key-", "é"])
@pytest.mark.parametrize("row", BY_DISTRIBUTION, ids=lambda row: row.name)
def test_a_request_without_a_valid_key_is_refused_before_anything_is_read(row, key):
    assert reply_for(row, key).refusal == REFUSED


@pytest.mark.parametrize("key", ["new-key", "old-key"])
@pytest.mark.parametrize("row", BY_DISTRIBUTION, ids=lambda row: row.name)
def test_a_request_with_either_key_is_read(row, key):
    assert reply_for(row, key).refusal == (
        (400, "bad_input") if row.public else (401, "not_signed_in")
    )


@pytest.mark.parametrize("key", [None, "guess"])
@pytest.mark.parametrize("row", FROM_ANYWHERE, ids=lambda row: row.name)
def test_a_request_from_anywhere_needs_no_key(row, key, monkeypatch):
    monkeypatch.delenv("DOCKET_EDGE_KEYS")

    assert reply_for(row, key).refusal == (400, "bad_input")


def test_only_stripe_and_monitors_call_the_api_directly():
    assert {row.name for row in FROM_ANYWHERE} == {"payments/webhook", "meta/health"}


def test_an_unknown_path_is_refused_without_a_key():
    event = a_request("GET", "/api/v1/nowhere", headers={"x-docket-edge": "guess"})

    assert Reply(not_found.handler(event, None)).refusal == REFUSED


def test_a_refusal_names_no_key():
    reply = reply_for(BY_DISTRIBUTION[0], "guess")

    assert reply.json["error"] == (
        "Please call the API at the site's address, followed by /api/v1."
    )
    assert "key" not in reply.body
