from docket.domain import errors


def test_a_missing_scope_is_named_or_a_session_is_needed():
    assert errors.ScopeMissing("write").params == {"scope": "write"}
    assert errors.ScopeMissing(None).params == {"context": "session"}
    assert errors.ScopeMissing("write", context="test").params == {"context": "test"}
