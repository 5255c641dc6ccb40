import jwt
import pytest

from docket.auth import tokens
from docket.domain.accounts.user import Caller
from docket.gateways import secrets
from docket.runtime.clock import new_id, now
from functions.auth import jwks

ADA = Caller(user_id=new_id(), session_id=new_id())


@pytest.fixture
def published(call, jwt_stage):
    def published():
        reply = call(jwks, "GET", "jwks.json")
        assert reply.status == 200
        assert reply.headers["Cache-Control"] == "public, max-age=300"
        return jwt.PyJWKSet.from_dict(reply.json)

    return published


def test_everybody_can_verify_a_token_by_the_published_keys(published):
    token = tokens.issue(ADA, at=now())
    key = published()[jwt.get_unverified_header(token)["kid"]]

    claims = jwt.decode(token, key, algorithms=["EdDSA"], audience="docket-api", issuer="docket")

    assert claims["sub"] == ADA.user_id


def test_the_keys_of_a_rotation_are_published_the_current_one_first(published, jwt_stage):
    jwt_stage.put(
        kid="2", key="a" * 64, previous_kid="1", previous_key="k" * 64, next_kid="3", next_key="b"
    )
    secrets._cache.clear()

    assert [key.key_id for key in published().keys] == ["2", "1", "3"]
