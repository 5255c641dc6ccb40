import pytest

from docket.gateways import secrets


def test_a_secret_is_asked_for_once_until_it_may_be_stale(own):
    first = secrets.secret(own.arn)
    own.put(kid="2", key="new")

    assert secrets.secret(own.arn) == first
    assert secrets.secret(own.arn, good_for=0) == {"kid": "2", "key": "new"}


def test_a_secret_that_is_not_there_is_not_made_up(own):
    with pytest.raises(Exception, match="ResourceNotFoundException"):
        secrets.secret("arn:aws:secretsmanager:eu-central-1:123456789012:secret:none")
