from docket.table.rate_limit_attempts import Attempt, NetworkAttempt

WINDOW = 7


def test_an_attempt_counts_for_its_address_network_and_site():
    attempt = Attempt(address="ada@example.com", network="203.0.113.7", window=WINDOW)
    counters = list(attempt.keys())
    names = [key["PK"].rpartition("#")[0] for key in counters]

    assert names == [f"RATE_LIMIT#{name}" for name in ("address", "network", "site")]
    assert {key["SK"] for key in counters} == {str(WINDOW)}


def test_attempts_of_one_site_share_its_counter_and_no_other():
    *_, site = NetworkAttempt(operation="register", network="203.0.113.7", window=WINDOW).keys()
    network, neighbour = NetworkAttempt(
        operation="register", network="203.0.113.8", window=WINDOW
    ).keys()
    *_, other = NetworkAttempt(operation="forgot", network="203.0.113.7", window=WINDOW).keys()

    assert site == neighbour
    assert other not in (site, network)


def test_what_is_no_network_address_has_no_site():
    attempt = Attempt(address="ada@example.com", network="unknown", window=WINDOW)

    assert attempt.site is None
    assert len(list(attempt.keys())) == 2
