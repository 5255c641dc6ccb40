"""Guesses of a password: how many are compared, and whether the owner gets in.

With a twentieth of the limits, and of a thousand guesses; `make bench-logins` makes all of them.
"""

from collections import Counter
from datetime import timedelta

import pytest

from docket.domain import rate_limits
from docket.runtime.clock import now
from functions.auth import forgot_password, login, reset_password
from tests.unit.functions.conftest import ADA, PASSWORD

GUESSES = 50
NETWORK_LIMIT = 2
TOTAL_LIMIT = 25
NEW = "nine yellow umbrellas"


@pytest.fixture
def identity_provider(jwt_stage):
    """Only accounts in the table know devices."""


@pytest.fixture
def clock(monkeypatch):
    """Move the clock to some seconds after the beginning of the present window."""
    start = rate_limits.ORIGIN + rate_limits.window(now()) * rate_limits.WINDOW
    monkeypatch.setattr(rate_limits, "NETWORK_LIMIT", NETWORK_LIMIT)
    monkeypatch.setattr(rate_limits, "TOTAL_LIMIT", TOTAL_LIMIT)

    def move(seconds):
        at = start + timedelta(seconds=seconds)
        for module in (forgot_password, login, reset_password):
            monkeypatch.setattr(module, "now", lambda: at)

    move(0)
    return move


@pytest.fixture
def sign_in(call):
    """The status of a login from a network."""

    def send(network, password, **fields):
        body = {"email": ADA, "password": password}
        headers = {"x-docket-viewer": network}
        return call(login, "POST", "login", body, headers=headers, **fields).status

    return send


def test_guesses_from_one_network_leave_the_owner_in(ada, clock, sign_in):
    guesses: Counter[int] = Counter()
    owner: Counter[int] = Counter()
    for number in range(GUESSES):
        clock(30 * number)  # 20 in a window
        guesses[sign_in("203.0.113.7", "a guess")] += 1
        if number % 10 == 9:
            owner[sign_in("198.51.100.1", PASSWORD)] += 1

    compared = 3 * NETWORK_LIMIT
    assert guesses == {401: compared, 429: GUESSES - compared}
    assert owner == {200: 5}


def test_guesses_from_as_many_networks_leave_the_owner_in(call, ada, clock, sign_in, inbox):
    device = call(login, "POST", "login", ada).device_token
    guesses = Counter(sign_in(f"203.0.{number}.7", "a guess") for number in range(GUESSES))
    assert guesses == {401: TOTAL_LIMIT, 429: GUESSES - TOTAL_LIMIT}
    assert sign_in("198.51.100.1", PASSWORD) == 429

    cookies = (f"__Host-docket_device={device}",)
    assert sign_in("198.51.100.1", PASSWORD, cookies=cookies) == 200

    call(forgot_password, "POST", "forgot-password", {"email": ADA})
    *_, (_, _, token) = inbox()
    body = {"token": token, "password": NEW}
    assert call(reset_password, "POST", "reset-password", body).status == 200
    assert sign_in("198.51.100.1", NEW) == 200


def test_guesses_from_many_networks_count_for_a_window(ada, clock, sign_in, monkeypatch):
    monkeypatch.setattr(rate_limits, "TOTAL_LIMIT", 1)
    assert [sign_in(f"203.0.{number}.7", "a guess") for number in range(2)] == [401, 429]

    clock(rate_limits.WINDOW.total_seconds())

    assert sign_in("198.51.100.1", PASSWORD) == 200
