import re

from docket.domain.accounts.passkey import ALGORITHMS, passkey_id


def test_the_id_of_a_passkey_fits_into_a_path():
    assert re.fullmatch("[0-9a-f]{32}", passkey_id("A" * 1364))
    assert passkey_id("A") != passkey_id("B")


def test_every_device_has_an_accepted_algorithm():
    """The standard recommends these three: EdDSA, ES256, and RS256 for Windows."""
    assert ALGORITHMS == (-8, -7, -257)
