from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest

from docket.domain import rate_limits as limits
from docket.domain.errors import TooManyTries
from docket.runtime.config import OperationLimit
from docket.table import client, rate_limits
from tests.make_people import THEN

pytestmark = pytest.mark.usefixtures("table")


def most_of(network, *, everyone=100_000):
    """A limit of a network, of five times as much for a site, and of everyone."""
    return OperationLimit(network=network, site=5 * network, everyone=everyone)


def begin(network="203.0.113.7", address="ada@example.com", at=THEN, most=1000, **fields):
    return rate_limits.begin(address, network, most=most_of(most, **fields), at=at)


def register(network, *, most=3, at=THEN, **fields):
    rate_limits.count("register", network, most=most_of(most, **fields), at=at)


def fail(times, network="203.0.113.7", **fields):
    for _ in range(times):
        begin(network, **fields)


def test_guessing_from_one_network_is_limited_with_a_retry_time():
    fail(limits.NETWORK_LIMIT)

    with pytest.raises(TooManyTries) as refused:
        begin()

    assert refused.value.retry_after == limits.left_of_window(THEN)
    begin(at=THEN + limits.WINDOW)


def test_guesses_from_another_network_do_not_lock_out_the_owner():
    fail(limits.NETWORK_LIMIT)

    begin("198.51.100.1")


def test_during_many_guesses_a_new_network_has_one_attempt():
    for place in range(limits.SHARED_LIMIT // limits.NETWORK_LIMIT):
        fail(limits.NETWORK_LIMIT, f"203.0.{place}.7")

    begin("198.51.100.1")

    with pytest.raises(TooManyTries):
        begin("198.51.100.1")


def test_an_address_has_a_limit_over_all_networks(monkeypatch):
    monkeypatch.setattr(limits, "SHARED_LIMIT", 2)
    monkeypatch.setattr(limits, "TOTAL_LIMIT", 5)
    for place in range(5):
        begin(f"203.0.{place}.7")

    with pytest.raises(TooManyTries):
        begin("198.51.100.1")


def test_attempts_with_many_addresses_are_counted_by_network():
    for number in range(5):
        begin(address=f"{number}@example.com", most=5)

    with pytest.raises(TooManyTries):
        begin(address="another@example.com", most=5)


def test_a_successful_attempt_is_not_counted():
    for _ in range(3 * limits.NETWORK_LIMIT):
        client.write(*rate_limits.undo_writes(begin(most=5)))

    fail(5, most=5)


def count_allowed(attempts):
    """The number of attempts that are not rejected."""
    count = 0
    for attempt in attempts:
        try:
            attempt()
        except TooManyTries:
            continue
        count += 1
    return count


@pytest.mark.parametrize("network", ["2001:db8:1:{:x}::", "203.0.113.{}"])
def test_guesses_from_networks_of_one_site_are_counted_together(network):
    guesses = [partial(begin, network.format(number)) for number in range(60)]

    assert count_allowed(guesses) == limits.SITE_LIMIT

    begin("2001:db8:2:1::")
    begin("198.51.100.7")


@pytest.mark.parametrize("network", ["2001:db8:1:{:x}::", "203.0.113.{}"])
def test_attempts_with_many_addresses_are_counted_by_site(network):
    guesses = [
        partial(begin, network.format(number), f"{number}@example.com", most=5)
        for number in range(40)
    ]

    assert count_allowed(guesses) == 25

    begin("2001:db8:2:1::", "another@example.com", most=5)


def test_guesses_from_the_same_site_do_not_lock_out_the_owner():
    assert count_allowed([partial(begin, "2001:db8:1:1::")] * 20) == limits.NETWORK_LIMIT

    begin("2001:db8:1:2::")


def test_a_successful_attempt_from_a_site_is_not_counted():
    for number in range(limits.SITE_LIMIT + 2):
        client.write(*rate_limits.undo_writes(begin(f"2001:db8:1:{number:x}::", most=5)))

    assert count_allowed([partial(begin, "2001:db8:1:1::", most=50)] * 20) == limits.NETWORK_LIMIT


def test_an_attempt_is_undone_once():
    fail(2)
    attempt = begin()

    for _ in range(3):
        rate_limits.undo_count(attempt)

    assert count_allowed([begin] * 20) == limits.NETWORK_LIMIT - 2


@pytest.mark.parametrize("network", ["2001:db8:1:{:x}::", "203.0.113.{}"])
def test_registrations_are_counted_by_site(network):
    registrations = [partial(register, network.format(number)) for number in range(30)]

    assert count_allowed(registrations) == 15

    register("2001:db8:2:1::")


def test_an_operation_is_limited_for_everyone_together():
    registrations = [
        partial(register, f"203.{number}.0.7", everyone=7, at=THEN) for number in range(20)
    ]
    logins = [
        partial(begin, f"203.{number}.0.7", f"{number}@example.com", everyone=7)
        for number in range(20)
    ]

    assert count_allowed(registrations) == 7
    assert count_allowed(logins) == 7
    register("198.51.100.1", at=THEN + limits.WINDOW, everyone=7)


BEYOND = OperationLimit(network=20, site=100, everyone=3, beyond=2)


def request(network, *, at):
    return rate_limits.count("forgot", network, most=BEYOND, at=at)


def log_in(network, *, at):
    return rate_limits.begin(f"{network}@example.com", network, most=BEYOND, at=at)


@pytest.mark.parametrize("operation", [request, log_in])
def test_beyond_the_limit_of_everyone_each_site_has_one_more_attempt(operation):
    def ask(network, at=THEN):
        return partial(operation, network, at=at)

    assert count_allowed([ask("2001:db8:1::")] * 10) == 3 + 1
    assert count_allowed([ask("2001:db8:1:2::"), ask("203.0.113.7")]) == 1
    assert count_allowed([ask("198.51.100.1")]) == 0
    assert count_allowed([ask("198.51.100.1", THEN + limits.WINDOW)]) == 1


def test_a_site_has_a_limit_with_the_logins_that_succeed():
    """Else one that has an account uses up the logins of everyone."""
    most = OperationLimit(network=2, site=2, site_total=5, everyone=100)

    def log_in(network="203.0.113.7"):
        attempt = rate_limits.begin("ada@example.com", network, most=most, at=THEN)
        rate_limits.undo_count(attempt)

    assert count_allowed([log_in] * 4) == 4
    assert count_allowed([partial(log_in, "203.0.113.8")] * 3) == 1
    assert count_allowed([partial(log_in, "198.51.100.1")] * 3) == 3


@pytest.mark.usefixtures("atomic")
def test_concurrent_attempts_are_counted():
    def is_allowed(_):
        try:
            begin()
        except TooManyTries:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        allowed = sum(threads.map(is_allowed, range(3 * limits.NETWORK_LIMIT)))

    assert allowed == limits.NETWORK_LIMIT


def test_registrations_are_counted_by_network():
    for _ in range(3):
        register("203.0.113.7")

    with pytest.raises(TooManyTries):
        register("203.0.113.7", at=THEN + timedelta(seconds=1))
    register("198.51.100.1")


def test_no_address_is_stored():
    begin()
    begin("2001:db8:1:2::")

    items = client.dynamodb().scan(TableName="docket")["Items"]

    assert "ada" not in str(items)
    assert "203.0.113" not in str(items)
    assert "2001:db8" not in str(items)


def test_an_owner_is_counted_alone():
    fail(limits.NETWORK_LIMIT)
    begin_as_owner = partial(rate_limits.begin_as_owner, "a device", at=THEN)

    assert count_allowed([begin_as_owner] * 20) == limits.OWNER_LIMIT

    rate_limits.begin_as_owner("another device", at=THEN)
    rate_limits.begin_as_owner("a device", at=THEN + limits.WINDOW)


def test_a_successful_attempt_of_an_owner_is_not_counted():
    for _ in range(2 * limits.OWNER_LIMIT):
        client.write(*rate_limits.undo_writes(rate_limits.begin_as_owner("a device", at=THEN)))


def test_failed_attempts_of_an_owner_are_counted_by_the_day_too(monkeypatch):
    monkeypatch.setattr(limits, "OWNER_LIMIT", 2)
    monkeypatch.setattr(limits, "OWNER_DAY_LIMIT", 3)
    begin_as_owner = partial(rate_limits.begin_as_owner, "a device")
    later = THEN + limits.WINDOW
    client.write(*rate_limits.undo_writes(begin_as_owner(at=THEN)))
    assert count_allowed([partial(begin_as_owner, at=THEN)] * 3) == 2
    assert count_allowed([partial(begin_as_owner, at=later)]) == 1

    with pytest.raises(TooManyTries) as refused:
        begin_as_owner(at=later)

    wait = limits.left_of_window(later, limits.CHANGE_WINDOW)
    assert refused.value.retry_after == wait
    begin_as_owner(at=later + timedelta(seconds=wait))


def test_refreshes_of_a_session_have_a_retry_time(monkeypatch):
    monkeypatch.setattr(limits, "SESSION_REFRESH_LIMIT", 2)
    for _ in range(2):
        rate_limits.count_refresh("S1", at=THEN)

    with pytest.raises(TooManyTries) as refused:
        rate_limits.count_refresh("S1", at=THEN)

    assert refused.value.retry_after == limits.left_of_window(THEN)
    rate_limits.count_refresh("S2", at=THEN)


@pytest.mark.parametrize(
    "count",
    [rate_limits.count_change, rate_limits.count_departure, rate_limits.count_address_change],
)
def test_changes_of_a_credential_and_departures_are_counted_by_the_day(count):
    for _ in range(limits.CHANGE_LIMIT):
        count("ada", at=THEN)

    with pytest.raises(TooManyTries) as refused:
        count("ada", at=THEN + limits.WINDOW)

    wait = limits.left_of_window(THEN + limits.WINDOW, limits.CHANGE_WINDOW)
    assert refused.value.retry_after == wait
    count("ada", at=THEN + limits.WINDOW + timedelta(seconds=wait))
    count("eve", at=THEN)
