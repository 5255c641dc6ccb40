import pytest
from pydantic import ValidationError

from docket.schemas.accounts.passkeys import AddPasskeyRequest, PasskeyProof

NEW = {"name": "Laptop", "credential_id": "AA", "client_data": "AA", "attestation": "AA"}
PROOF = {
    "credential_id": "AA",
    "user_handle": "AA",
    "client_data": "AA",
    "authenticator_data": "AA",
    "signature": "AA",
}


@pytest.mark.parametrize(
    "fields",
    [{"name": "two\nlines"}, {"name": "\u202eright"}, {"attestation": "A" * 16385}, {"more": 1}],
)
def test_what_cannot_be_a_passkey_is_rejected(fields):
    assert AddPasskeyRequest(**NEW)

    with pytest.raises(ValidationError):
        AddPasskeyRequest.model_validate(NEW | fields)


@pytest.mark.parametrize("field", PROOF)
@pytest.mark.parametrize("value", ["", "A" * 5000, "A+/=", "\u0660"])
def test_what_cannot_be_an_answer_is_rejected(field, value):
    assert PasskeyProof(**PROOF)

    with pytest.raises(ValidationError):
        PasskeyProof.model_validate(PROOF | {field: value})
