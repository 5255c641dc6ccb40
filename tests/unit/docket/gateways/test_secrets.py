import pytest

from docket.gateways import secrets


def test_a_secret_is_asked_for_once_until_it_may_be_stale(jwt_stage):
    first = secrets.secret(jwt_stage.arn)
    jwt_stage.put(kid="2", key="new")

    assert secrets.secret(jwt_stage.arn) == first
    assert secrets.secret(jwt_stage.arn, good_for=0) == {"kid": "2", "key": "new"}


def test_a_secret_that_is_not_there_is_not_made_up(jwt_stage):
    with pytest.raises(Exception, match="ResourceNotFoundException"):
        secrets.secret("arn:aws:secretsmanager:eu-central-1:123456789012:secret:none")
