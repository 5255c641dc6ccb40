import pytest
from pydantic import ValidationError

from docket.domain.accounts.user import address_of
from docket.schemas.accounts.auth import (
    MAX_EMAIL_LENGTH,
    LoginRequest,
    RefreshRequest,
    RegisterRequest,
    UpdateProfileRequest,
)

PASSWORD = "seven purple bicycles"


def registration(email="ada@example.com", password=PASSWORD, **fields):
    return RegisterRequest.model_validate({"email": email, "password": password, **fields})


@pytest.mark.parametrize(
    "email",
    ["", "ada", "ada@", "@example.com", "ada@example", "ada@@example.com", "a da@example.com",
     "ada@example.com\0", "ada@exam\nple.com", "ada\ud800@example.com", "ada@-example.com",
     f"{'a' * 250}@example.com", "ada@[127.0.0.1]"],
)  # fmt: skip
def test_an_invalid_address_is_rejected(email):
    with pytest.raises(ValidationError) as refused:
        registration(email)

    assert {error["loc"] for error in refused.value.errors()} == {("email",)}


@pytest.mark.parametrize(
    "email",
    ["ada@example.com", "ada+docket@sub.example.co.uk", "josé@bücher.de", "ada@docket.test"],
)
def test_a_valid_address_is_accepted(email):
    assert registration(email).email == email


EXPANDING = "\ufb2c"
"""A Hebrew letter that has no composed form: normalised, it is three characters."""


def test_an_address_is_measured_in_its_normalised_form():
    longest = f"{EXPANDING * 80}{'a' * 2}@example.com"
    assert len(address_of(longest)) == MAX_EMAIL_LENGTH
    assert LoginRequest(email=longest, password=PASSWORD).email == longest

    for too_long in (f"a{longest}", EXPANDING * 100):
        with pytest.raises(ValidationError) as refused:
            LoginRequest(email=too_long, password=PASSWORD)
        assert [error["loc"] for error in refused.value.errors()] == [("email",)]


def test_a_name_is_stripped_and_a_password_is_not():
    registered = registration(password="  two spaces  ", full_name="  Ada  ")

    assert registered.password == "  two spaces  "
    assert registered.full_name == "Ada"


@pytest.mark.parametrize("name", [None, "", "   "])
def test_a_blank_name_is_none(name):
    assert registration(full_name=name).full_name is None
    assert UpdateProfileRequest(full_name=name).full_name is None


@pytest.mark.parametrize("bad", ["with\0nul", "with\nbreak", "\ud800", "x" * 10_000])
def test_control_characters_and_long_texts_are_rejected(bad):
    for fields in ({"password": bad}, {"full_name": bad}):
        with pytest.raises(ValidationError):
            registration(**fields)
    with pytest.raises(ValidationError):
        LoginRequest(email="ada@example.com", password=bad)
    with pytest.raises(ValidationError):
        LoginRequest(email=bad, password=PASSWORD)
    with pytest.raises(ValidationError):
        RefreshRequest(refresh_token=bad)


def test_an_unknown_field_is_rejected():
    with pytest.raises(ValidationError):
        registration(is_admin=True)
