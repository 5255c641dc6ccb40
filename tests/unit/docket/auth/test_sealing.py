import base64

import pytest

from docket.auth import sealing

pytestmark = pytest.mark.usefixtures("jwt_stage")


def test_a_sealed_text_is_opened_for_its_purpose_and_owner():
    sealed = sealing.seal("JBSWY3DPEHPK3PXP", purpose="app", owner="ada")

    assert sealing.unseal(sealed, purpose="app", owner="ada") == "JBSWY3DPEHPK3PXP"
    assert b"JBSWY3DPEHPK3PXP" not in base64.urlsafe_b64decode(sealed)


@pytest.mark.parametrize("about", [("app", "eve"), ("another", "ada"), ("ap", "pada")])
def test_a_text_that_was_sealed_for_something_else_is_not_opened(about):
    sealed = sealing.seal("JBSWY3DPEHPK3PXP", purpose="app", owner="ada")

    with pytest.raises(ValueError, match="something else"):
        sealing.unseal(sealed, purpose=about[0], owner=about[1])


def test_a_changed_text_is_not_opened():
    sealed = bytearray(base64.urlsafe_b64decode(sealing.seal("text", purpose="app", owner="ada")))
    sealed[-1] ^= 1

    altered = base64.urlsafe_b64encode(sealed).decode()
    with pytest.raises(ValueError, match="something else"):
        sealing.unseal(altered, purpose="app", owner="ada")


def test_the_same_text_is_sealed_differently_each_time():
    assert len({sealing.seal("text", purpose="app", owner="ada") for _ in range(3)}) == 3
