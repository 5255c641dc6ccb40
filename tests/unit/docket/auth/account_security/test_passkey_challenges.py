from datetime import timedelta

import pytest

from docket.auth.account_security import passkey_challenges
from docket.domain.accounts.passkey import CHALLENGE_LIFETIME
from docket.domain.accounts.user import Caller
from docket.domain.errors import PasskeyRefused
from tests.make_people import THEN

pytestmark = pytest.mark.usefixtures("jwt_stage")

ALMOST = THEN + CHALLENGE_LIFETIME - timedelta(seconds=1)


def test_a_challenge_is_accepted_for_its_purpose_and_subject_until_it_expires():
    challenge = passkey_challenges.new("add", "ada S1", at=THEN)

    checked = passkey_challenges.check(challenge, "add", "ada S1", at=ALMOST)
    assert checked.content == challenge
    assert checked.expires_at == THEN + CHALLENGE_LIFETIME


@pytest.mark.parametrize(
    ("purpose", "subject", "late"),
    [("prove", "ada S1", 0), ("add", "ada S2", 0), ("add", "eve S1", 0), ("add", "ada S1", 1)],
)
def test_it_is_refused_for_everything_else(purpose, subject, late):
    challenge = passkey_challenges.new("add", "ada S1", at=THEN)

    with pytest.raises(PasskeyRefused):
        passkey_challenges.check(challenge, purpose, subject, at=ALMOST + timedelta(seconds=late))


@pytest.mark.parametrize("forged", [b"", b"x", bytes(12), bytes(200)])
def test_what_was_not_made_here_is_refused(forged):
    with pytest.raises(PasskeyRefused):
        passkey_challenges.check(forged, "add", "ada S1", at=THEN)


def test_a_challenge_has_more_random_bytes_than_the_standard_asks_for():
    challenges = {passkey_challenges.new("add", "ada S1", at=THEN) for _ in range(10)}

    assert len(challenges) == 10
    assert min(map(len, challenges)) > 16


def test_the_session_that_asks_is_the_subject():
    first, other = (Caller(user_id="ada", session_id=session) for session in ("S1", "S2"))

    assert passkey_challenges.subject_of(first) != passkey_challenges.subject_of(other)
