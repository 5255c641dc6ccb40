from dataclasses import replace
from datetime import timedelta

import pytest

from docket.auth import known_devices
from docket.domain.accounts.device import is_token
from docket.domain.accounts.user import AccountAccess, RequestDevice
from docket.table import client
from tests.make_people import THEN, a_user
from tests.table_state import stored

pytestmark = pytest.mark.usefixtures("table")

ADA = a_user()
LAPTOP = RequestDevice(address="203.0.113.7")
DAY = timedelta(days=1)


def recognise(device=LAPTOP, at=THEN + DAY, **fields):
    usual = {"access": AccountAccess(), "is_known": False}
    recognition = known_devices.recognise(ADA, device=device, at=at, **{**usual, **fields})
    client.write(*recognition.writes)
    return recognition.token


def mails():
    return [item["kind"] for item in stored() if item["PK"].startswith("MAIL#")]


def test_a_new_device_gets_a_token_and_is_known_by_it():
    token = recognise()

    assert is_token(token)
    assert known_devices.is_known(ADA, replace(LAPTOP, token=token), at=THEN + 2 * DAY)
    assert recognise(replace(LAPTOP, token=token), is_known=True) == token
    assert mails() == ["new_device"]


@pytest.mark.parametrize(
    ("used_at", "after", "expected"),
    [
        (None, timedelta(minutes=59), []),
        (None, timedelta(minutes=60), ["new_device"]),
        (THEN, timedelta(minutes=1), ["new_device"]),
    ],
)
def test_only_the_first_device_of_a_new_account_causes_no_mail(used_at, after, expected):
    recognise(at=THEN + after, access=AccountAccess(used_at=used_at))

    assert mails() == expected


def test_a_device_of_another_account_keeps_its_token():
    token = "t" * 43

    assert recognise(replace(LAPTOP, token=token)) == token


@pytest.mark.parametrize("user", [None, ADA])
def test_a_device_without_a_known_token_is_unknown(user):
    assert not known_devices.is_known(user, LAPTOP, at=THEN)
    assert not known_devices.is_known(user, replace(LAPTOP, token="t" * 43), at=THEN)


def test_after_a_change_of_the_password_only_its_device_is_known():
    other, current = recognise(), recognise()
    client.write(*known_devices.after_change(ADA, current, at=THEN + DAY).writes)
    updated = replace(ADA, version=ADA.version + 1)

    def is_known(token):
        device = replace(LAPTOP, token=token)
        return known_devices.is_known(updated, device, at=THEN + DAY)

    assert [is_known(other), is_known(current)] == [False, True]


def test_an_address_with_and_without_account_need_the_same_calls():
    calls = []
    client.dynamodb().meta.events.register(
        "before-call.dynamodb", lambda model, **_: calls.append(model.name)
    )

    for user in (None, ADA):
        known_devices.is_known(user, replace(LAPTOP, token="t" * 43), at=THEN)

    assert calls == ["GetItem"] * 2
