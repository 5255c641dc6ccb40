import pytest
from pydantic import ValidationError

from docket.domain.user import address_of
from docket.schemas.auth import (
    LONGEST_EMAIL,
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
def test_what_cannot_get_mail_cannot_register(email):
    with pytest.raises(ValidationError) as refused:
        registration(email)

    assert {error["loc"] for error in refused.value.errors()} == {("email",)}


@pytest.mark.parametrize(
    "email",
    ["ada@example.com", "ada+docket@sub.example.co.uk", "josé@bücher.de", "ada@docket.test"],
)
def test_addresses_that_people_have_can_register(email):
    assert registration(email).email == email


GROWS = "\ufb2c"
"""A Hebrew letter that has no composed form: normalised, it is three characters."""


def test_an_address_is_measured_in_its_normalised_form():
    longest = f"{GROWS * 80}{'a' * 2}@example.com"
    assert len(address_of(longest)) == LONGEST_EMAIL
    assert LoginRequest(email=longest, password=PASSWORD).email == longest

    for too_long in (f"a{longest}", GROWS * 100):
        with pytest.raises(ValidationError) as refused:
            LoginRequest(email=too_long, password=PASSWORD)
        assert [error["loc"] for error in refused.value.errors()] == [("email",)]


def test_a_password_keeps_its_spaces_and_a_name_does_not():
    wanted = registration(password="  two spaces  ", full_name="  Ada  ")

    assert wanted.password == "  two spaces  "
    assert wanted.full_name == "Ada"


@pytest.mark.parametrize("name", [None, "", "   "])
def test_a_blank_name_is_none(name):
    assert registration(full_name=name).full_name is None
    assert UpdateProfileRequest(full_name=name).full_name is None


@pytest.mark.parametrize("bad", ["with\0nul", "with\nbreak", "\ud800", "x" * 10_000])
def test_what_cannot_be_stored_or_shown_is_refused_where_it_comes_in(bad):
    for wrong in ({"password": bad}, {"full_name": bad}):
        with pytest.raises(ValidationError):
            registration(**wrong)
    with pytest.raises(ValidationError):
        LoginRequest(email="ada@example.com", password=bad)
    with pytest.raises(ValidationError):
        LoginRequest(email=bad, password=PASSWORD)
    with pytest.raises(ValidationError):
        RefreshRequest(refresh_token=bad)


def test_a_field_nobody_knows_is_refused():
    with pytest.raises(ValidationError):
        registration(is_admin=True)
