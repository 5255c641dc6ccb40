import pytest
from pydantic import ValidationError

from docket.domain.accounts.user import LoginStep
from docket.schemas.accounts.second_factors import ConfirmTotpRequest, LoginStepResponse


@pytest.mark.parametrize(
    "code", ["492039", "492 039", "K3Q2-7YLM-PZ4A-WX6B-H5TN-2CVE-RJ7D", " 492039 "]
)
def test_a_code_is_accepted_as_it_is_shown(code):
    assert ConfirmTotpRequest(code=code).code == code.strip()


@pytest.mark.parametrize("code", ["", "49203", "4920390\n1", "٤٩٢٠٣٩", "a" * 41])
def test_what_cannot_be_a_code_is_rejected(code):
    with pytest.raises(ValidationError):
        ConfirmTotpRequest(code=code)


def test_the_first_step_of_a_login_says_what_is_missing():
    body = LoginStepResponse.of(LoginStep(token="t", seconds=300)).model_dump()

    assert body == {"mfa_required": True, "mfa_token": "t", "expires_in": 300}
