from datetime import timedelta

import pytest

from docket.domain.accounts.device import LIFETIME
from docket.table import client
from docket.table.accounts import known_devices
from tests.make_people import THEN
from tests.table_state import stored

pytestmark = pytest.mark.usefixtures("table")

TOKEN = "t" * 43


def remember(at, version=0):
    client.write(known_devices.remember_write("ada", TOKEN, version=version, at=at))


def is_known(user_id="ada", token=TOKEN, version=0, *, at):
    return known_devices.is_known(user_id, token, version=version, at=at)


def test_a_device_is_known_to_one_account_for_a_year_after_its_last_use():
    remember(THEN)
    later = THEN + timedelta(days=300)

    assert is_known(at=later)
    assert not is_known("eve", at=later)
    assert not is_known(token="u" * 43, at=later)

    remember(later)
    assert is_known(at=later + LIFETIME - timedelta(seconds=1))
    assert not is_known(at=later + LIFETIME)


def test_a_device_is_known_in_the_version_of_its_last_use():
    remember(THEN)
    assert not is_known(version=1, at=THEN)

    remember(THEN, version=1)
    assert [is_known(version=version, at=THEN) for version in (0, 1, 2)] == [False, True, False]


def test_the_token_is_not_stored():
    remember(THEN)
    remember(THEN + timedelta(days=1))

    (item,) = stored()
    assert TOKEN not in str(item)
    assert item["first_seen_at"] < item["last_seen_at"]
