import pytest

from docket.domain.errors import BadInput
from docket.domain.passwords import LONGEST, require_good

EMAIL = "ada.lovelace@example.com"


@pytest.mark.parametrize("password", ["violet-8", "correct horse battery staple", "ünïcödé8"])
def test_eight_characters_are_enough_and_nothing_else_is_asked_of_them(password):
    require_good(password, EMAIL)


def test_length_is_counted_in_characters_however_they_are_written():
    apart = "u\u0308" * 7  # a letter and its dots: fourteen code points, seven characters

    with pytest.raises(BadInput, match="at least 8"):
        require_good(apart, EMAIL)


def test_a_password_has_an_end():
    require_good("ab" * (LONGEST // 2), EMAIL)

    with pytest.raises(BadInput, match="at most 128"):
        require_good("ab" * (LONGEST // 2) + "c", EMAIL)


@pytest.mark.parametrize(
    "password", ["password", "PassWord1", "\uff50assword", "12345678", "zzzzzzzzz"]
)
def test_one_that_many_use_is_refused_in_any_case_and_width(password):
    with pytest.raises(BadInput, match="used by many"):
        require_good(password, EMAIL)


@pytest.mark.parametrize("password", ["ada.lovelace@example.com", "Ada.Lovelace"])
def test_ones_own_address_is_no_password(password):
    with pytest.raises(BadInput, match="your email address"):
        require_good(password, EMAIL)
