import pytest

from docket.domain.errors import BadInput, FieldProblem
from docket.domain.passwords import MAX_LENGTH, require_acceptable

EMAIL = "ada.lovelace@example.com"


def problem_of(password):
    """What is wrong with a new password."""
    with pytest.raises(BadInput) as refused:
        require_acceptable(password, EMAIL)
    (problem,) = refused.value.problems
    return problem


@pytest.mark.parametrize("password", ["violet-8", "correct horse battery staple", "ünïcödé8"])
def test_eight_characters_are_enough(password):
    require_acceptable(password, EMAIL)


def test_length_is_counted_in_composed_characters():
    decomposed = "u\u0308" * 7  # a letter and its dots: fourteen code points, seven characters

    assert problem_of(decomposed) == FieldProblem("password", "too_short", {"min_length": 8})


def test_a_password_has_a_maximum_length():
    require_acceptable("ab" * (MAX_LENGTH // 2), EMAIL)

    problem = problem_of("ab" * (MAX_LENGTH // 2) + "c")
    assert problem == FieldProblem("password", "too_long", {"max_length": 128})


@pytest.mark.parametrize(
    "password", ["password", "PassWord1", "\uff50assword", "12345678", "zzzzzzzzz"]
)
def test_a_common_password_is_rejected_in_any_case_and_width(password):
    assert problem_of(password).code == "password_common"


@pytest.mark.parametrize("password", ["ada.lovelace@example.com", "Ada.Lovelace"])
def test_the_users_address_is_rejected(password):
    assert problem_of(password).code == "password_is_email"
