from docket.domain.idempotency import IdempotencyKey


def a_claim(asked):
    return IdempotencyKey(user_id="ada", what="order", key="key-1", asked=asked)


def test_a_fingerprint_tells_requests_apart_and_keeps_neither():
    first = a_claim('{"title":"März"}')

    assert first.fingerprint == a_claim('{"title":"März"}').fingerprint
    assert first.fingerprint != a_claim('{"title":"Mai"}').fingerprint
    assert "März" not in first.fingerprint
