from docket.auth.idempotency import fingerprint


def test_a_fingerprint_identifies_a_key_without_containing_it():
    assert fingerprint("a key") == fingerprint("a key") != fingerprint("another")
    assert "a key" not in fingerprint("a key")
