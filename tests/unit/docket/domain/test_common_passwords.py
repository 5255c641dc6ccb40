import unicodedata

from docket.domain.common_passwords import COMMON
from docket.domain.passwords import MIN_LENGTH


def test_the_list_has_common_passwords_of_sufficient_length():
    assert {"password", "12345678", "qwertyuiop", "iloveyou1"} <= COMMON
    assert len(COMMON) > 8000
    assert all(len(password) >= MIN_LENGTH for password in COMMON)


def test_the_list_is_normalised():
    assert all(
        unicodedata.normalize("NFKC", password.casefold()) == password for password in COMMON
    )
