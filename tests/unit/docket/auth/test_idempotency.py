from docket.auth.idempotency import fingerprint


def test_a_key_is_known_again_and_cannot_be_read_off_its_fingerprint():
    assert fingerprint("a key") == fingerprint("a key") != fingerprint("another")
    assert "a key" not in fingerprint("a key")
