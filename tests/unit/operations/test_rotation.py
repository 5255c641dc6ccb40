"""The key of access tokens is replaced in steps, between which no token is refused."""

from datetime import timedelta

import jwt
import pytest

from docket.auth import tokens
from docket.domain.accounts.user import Caller
from docket.domain.errors import NotSignedIn
from docket.gateways import secrets
from docket.runtime import config
from docket.runtime.clock import new_id, now
from operations import rotation
from operations.deployment import Operator
from tests.table_state import stored

OPERATOR = Operator(stage="test", pseudonym="0123456789abcdef")
ADA = Caller(user_id=new_id(), session_id=new_id())
AT = now()
HOUR = timedelta(hours=1)


@pytest.fixture
def rotate(jwt_stage, table):
    def rotate(at):
        (line,) = rotation.rotate(OPERATOR, at=at)
        return line

    return rotate


def issued():
    return tokens.issue(ADA, at=now())


def signing_kid():
    return jwt.get_unverified_header(issued())["kid"]


def published_kids():
    return [key["kid"] for key in tokens.public_keys()]


def test_a_key_is_published_signs_and_is_removed_after_the_old_one_has_expired(rotate):
    old = issued()

    assert rotate(AT).startswith("Key 2 is published")
    assert (signing_kid(), published_kids()) == ("1", ["1", "2"])

    assert rotate(AT + HOUR).startswith("Key 2 signs")
    assert (signing_kid(), published_kids()) == ("2", ["2", "1"])
    assert tokens.read(old) == ADA

    assert rotate(AT + 2 * HOUR).startswith("Key 1 is accepted no longer")
    assert (signing_kid(), published_kids()) == ("2", ["2"])
    with pytest.raises(NotSignedIn):
        tokens.read(old)

    assert rotate(AT + 3 * HOUR).startswith("Key 3 is published")


def test_no_step_is_taken_before_everybody_knows_the_last_one(rotate):
    rotate(AT)

    assert rotate(AT + timedelta(minutes=9)).startswith("Nothing yet")
    assert published_kids() == ["1", "2"]

    rotate(AT + timedelta(minutes=10))
    assert rotate(AT + timedelta(minutes=34)).startswith("Nothing yet")
    assert rotate(AT + timedelta(minutes=35)).startswith("Key 1")


def test_each_step_is_recorded_without_the_key(rotate):
    rotate(AT)

    (act,) = [item for item in stored() if item["PK"] == "OPERATOR"]
    fields = secrets.secret(config.read(config.Tokens).token_secret)
    assert fields["next_key"] not in str(act)
    assert len(fields["next_key"]) == 64
