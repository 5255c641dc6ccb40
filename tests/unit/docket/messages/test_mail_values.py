from datetime import UTC, datetime, timedelta, timezone

import pytest

from docket.domain.user import Device
from docket.messages.mail_values import written_device, written_time

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/120.0.0.0 Safari/537.36 Edg/120.0.0.0"
)
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15"
    " (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1"
)


def test_a_time_is_written_in_the_language_and_in_utc():
    at = datetime(2026, 3, 2, 1, 5, tzinfo=timezone(timedelta(hours=2)))

    assert written_time(at, "en") == "1 March 2026 at 23:05 UTC"
    assert written_time(at.astimezone(UTC), "de") == "1. März 2026 um 23:05 Uhr (UTC)"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (FIREFOX, "Firefox, Linux, 203.0.113.7"),
        (EDGE, "Edge, Windows, 203.0.113.7"),
        (SAFARI, "Safari, iPhone, 203.0.113.7"),
        ("call 555-1234 now", "203.0.113.7"),
        (None, "203.0.113.7"),
    ],
)
def test_a_device_has_only_known_names(agent, name):
    assert written_device(Device(address="203.0.113.7", agent=agent)) == name
