from datetime import timedelta

import pytest

from docket.domain.device import LIFETIME
from docket.table import client, known_devices
from tests.make_people import THEN
from tests.table_state import stored

pytestmark = pytest.mark.usefixtures("table")

TOKEN = "t" * 43


def remember(at):
    client.write(known_devices.remember_write("ada", TOKEN, at=at))


def test_a_device_is_known_to_one_account_for_a_year_after_its_last_use():
    remember(THEN)
    later = THEN + timedelta(days=300)

    assert known_devices.is_known("ada", TOKEN, at=later)
    assert not known_devices.is_known("eve", TOKEN, at=later)
    assert not known_devices.is_known("ada", "u" * 43, at=later)

    remember(later)
    assert known_devices.is_known("ada", TOKEN, at=later + LIFETIME - timedelta(seconds=1))
    assert not known_devices.is_known("ada", TOKEN, at=later + LIFETIME)


def test_the_token_is_not_stored():
    remember(THEN)
    remember(THEN + timedelta(days=1))

    (item,) = stored()
    assert TOKEN not in str(item)
    assert item["first_seen_at"] < item["last_seen_at"]
