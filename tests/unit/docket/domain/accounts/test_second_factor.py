from docket.domain.accounts.second_factor import PERIOD_SECONDS, TOLERANCE, SecondFactor
from tests.make_people import THEN


def test_a_factor_has_no_recovery_codes_before_it_is_confirmed():
    factor = SecondFactor(user_id="ada", sealed_secret="sealed", created_at=THEN)

    assert factor.confirmed_at is None
    assert not factor.recovery_hashes


def test_a_code_is_accepted_for_at_most_a_minute_after_it_is_shown_first():
    """RFC 6238 advises to accept at most one period of delay."""
    assert PERIOD_SECONDS * (TOLERANCE + 1) == 60
