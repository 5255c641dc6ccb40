import pytest

from docket.domain.accounts.passwords import MAX_LENGTH, folded, problem_of

EMAIL, NAME = "ada.lovelace@example.com", "Ada Lovelace"
COMMON = {"password", "password1", "12345678"}


def code_of(password, full_name=NAME):
    """The code of what is wrong with a new password."""
    problem = problem_of(password, EMAIL, full_name, is_common=COMMON.__contains__)
    return problem.code if problem else None


@pytest.mark.parametrize(
    "password",
    [
        "violet-8",
        "correct horse battery staple",
        "ünïcödé8",
        "        .",
        "ada is 207 years old",
        "dockets are long",
        "ab" * (MAX_LENGTH // 2),
    ],
)
def test_eight_characters_are_enough(password):
    assert code_of(password) is None


def test_a_password_is_counted_as_it_was_typed():
    decomposed = "u\u0308a\u0308o\u0308e\u0308"  # four letters and their dots

    assert code_of(decomposed) is None
    assert code_of("ab-cd-9") == "too_short"
    assert code_of("ab" * (MAX_LENGTH // 2) + "c") == "too_long"


@pytest.mark.parametrize(
    "password", ["password", "PassWord1", "\uff50assword", "12345678", "zzzzzzzzz"]
)
def test_a_common_password_is_rejected_in_any_case_and_width(password):
    assert code_of(password) == "password_common"


@pytest.mark.parametrize(
    "password", ["ada.lovelace@example.com", "Ada.Lovelace", "example.com", "1ADA-lovelace!"]
)
def test_the_users_address_is_rejected(password):
    assert code_of(password, full_name=None) == "password_is_email"


@pytest.mark.parametrize("password", ["lovelace1815", "Lovelace, Ada", "ada ada ada!", "LOVELACE"])
def test_the_users_name_is_rejected(password):
    assert code_of(password) == "password_is_name"


@pytest.mark.parametrize("password", ["docket2026", "Docket-Docket", "d.o.c.k.e.t!"])
def test_the_name_of_the_product_is_rejected(password):
    assert code_of(password) == "password_is_product"


def test_short_names_are_not_compared():
    assert code_of("li-1234567", full_name="Li Wu") is None


def test_the_folded_form_has_no_letter_case():
    assert folded("Stra\u00dfe \uff21") == folded("STRASSE a")
