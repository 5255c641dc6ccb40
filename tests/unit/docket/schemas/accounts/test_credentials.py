import pytest
from pydantic import ValidationError

from docket.schemas.accounts.credentials import (
    ChangeEmailRequest,
    ChangePasswordRequest,
    ConfirmEmailResponse,
    ResetPasswordRequest,
)


def test_passwords_are_taken_exactly_as_sent():
    body = {"password": "  spaces  ", "new_password": " jose\u0301 \uff21 "}

    request = ChangePasswordRequest.model_validate(body)

    assert request.model_dump() == body


def test_a_new_address_must_receive_mail():
    with pytest.raises(ValidationError):
        ChangeEmailRequest.model_validate({"email": "nobody"})


def test_a_reset_needs_a_token():
    with pytest.raises(ValidationError):
        ResetPasswordRequest.model_validate({"token": "a b", "password": "seven purple bicycles"})


@pytest.mark.parametrize(("is_changed", "confirmed"), [(True, "both"), (False, "one")])
def test_a_confirmation_says_whether_the_address_has_changed(is_changed, confirmed):
    assert ConfirmEmailResponse.of(is_changed=is_changed).confirmed == confirmed
