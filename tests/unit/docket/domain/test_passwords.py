import pytest

from docket.domain.errors import BadInput, FieldProblem
from docket.domain.passwords import LONGEST, require_good

EMAIL = "ada.lovelace@example.com"


def problem_of(password):
    """What is wrong with a new password."""
    with pytest.raises(BadInput) as refused:
        require_good(password, EMAIL)
    (problem,) = refused.value.problems
    return problem


@pytest.mark.parametrize("password", ["violet-8", "correct horse battery staple", "ünïcödé8"])
def test_eight_characters_are_enough_and_nothing_else_is_asked_of_them(password):
    require_good(password, EMAIL)


def test_length_is_counted_in_characters_however_they_are_written():
    apart = "u\u0308" * 7  # a letter and its dots: fourteen code points, seven characters

    assert problem_of(apart) == FieldProblem("password", "too_short", {"min_length": 8})


def test_a_password_has_an_end():
    require_good("ab" * (LONGEST // 2), EMAIL)

    problem = problem_of("ab" * (LONGEST // 2) + "c")
    assert problem == FieldProblem("password", "too_long", {"max_length": 128})


@pytest.mark.parametrize(
    "password", ["password", "PassWord1", "\uff50assword", "12345678", "zzzzzzzzz"]
)
def test_one_that_many_use_is_refused_in_any_case_and_width(password):
    assert problem_of(password).code == "password_common"


@pytest.mark.parametrize("password", ["ada.lovelace@example.com", "Ada.Lovelace"])
def test_ones_own_address_is_no_password(password):
    assert problem_of(password).code == "password_is_email"
