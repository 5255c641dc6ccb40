from docket.domain.idempotency import IdempotencyKey


def a_key(request):
    return IdempotencyKey(user_id="ada", operation="order", key="key-1", request=request)


def test_a_fingerprint_identifies_a_request_without_containing_it():
    first = a_key('{"title":"März"}')

    assert first.fingerprint == a_key('{"title":"März"}').fingerprint
    assert first.fingerprint != a_key('{"title":"Mai"}').fingerprint
    assert "März" not in first.fingerprint
