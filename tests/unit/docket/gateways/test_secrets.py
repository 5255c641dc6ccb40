from docket.gateways import secrets


def test_a_secret_is_asked_for_once_until_it_may_be_stale(own):
    first = secrets.secret(own.arn)
    own.put(kid="2", key="new")

    assert secrets.secret(own.arn) == first
    assert secrets.secret(own.arn, good_for=0) == {"kid": "2", "key": "new"}
