from datetime import UTC, datetime, timedelta

import pytest

from docket.domain.rate_limits import (
    CHANGE_WINDOW,
    WINDOW,
    left_of_window,
    network,
    site,
    window,
)

AT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


def test_a_window_ends_after_the_remaining_seconds():
    for late in (17, 17.001, 599.999):
        at = AT + timedelta(seconds=late)
        wait = timedelta(seconds=left_of_window(at))

        assert window(at + wait) == window(AT) + 1
        assert WINDOW <= at + wait - AT < WINDOW + timedelta(seconds=1)


def test_a_day_is_a_window_too():
    wait = timedelta(seconds=left_of_window(AT, CHANGE_WINDOW))

    assert AT + wait == datetime(2026, 11, 3, tzinfo=UTC)
    assert window(AT + wait, CHANGE_WINDOW) == window(AT, CHANGE_WINDOW) + 1


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("somewhere", "somewhere"),
    ],
)
def test_an_address_has_a_network(address, expected):
    assert network(address) == expected


@pytest.mark.parametrize(
    ("network", "expected"),
    [
        ("2001:db8:1:2::", "2001:db8:1::/48"),
        ("2001:db8:1:ffff::", "2001:db8:1::/48"),
        ("2001:db8:2:2::", "2001:db8:2::/48"),
        ("203.0.113.7", "203.0.113.0/24"),
        ("203.0.113.255", "203.0.113.0/24"),
        ("203.0.114.0", "203.0.114.0/24"),
        ("somewhere", None),
    ],
)
def test_networks_of_one_prefix_are_one_site(network, expected):
    assert site(network) == expected
