import pytest

from docket.gateways import secrets


def test_a_secret_is_cached_until_it_is_too_old(jwt_stage):
    first = secrets.secret(jwt_stage.arn)
    jwt_stage.put(kid="2", key="new")

    assert secrets.secret(jwt_stage.arn) == first
    assert secrets.secret(jwt_stage.arn, max_age_seconds=0) == {"kid": "2", "key": "new"}


def test_a_missing_secret_is_an_error(jwt_stage):
    with pytest.raises(Exception, match="ResourceNotFoundException"):
        secrets.secret("arn:aws:secretsmanager:eu-central-1:123456789012:secret:none")
