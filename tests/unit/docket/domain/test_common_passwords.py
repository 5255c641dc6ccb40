import unicodedata

from docket.domain.common_passwords import COMMON
from docket.domain.passwords import SHORTEST


def test_the_list_holds_the_usual_ones_and_none_that_length_refuses_already():
    assert {"password", "12345678", "qwertyuiop", "iloveyou1"} <= COMMON
    assert len(COMMON) > 8000
    assert all(len(password) >= SHORTEST for password in COMMON)


def test_the_list_is_in_the_form_that_passwords_are_compared_in():
    assert all(
        unicodedata.normalize("NFKC", password.casefold()) == password for password in COMMON
    )
