from datetime import timedelta

import pytest
from pydantic import ValidationError

from docket.domain.accounts.user import AccountAccess
from docket.schemas.accounts.api_keys import (
    ApiKeyResponse,
    CreateApiKeyRequest,
    CreatedApiKeyResponse,
)
from tests.make_people import THEN, an_api_key

KEY = an_api_key()


def status(access=None, *, at=THEN):
    return ApiKeyResponse.of(KEY, access or AccountAccess(), at=at).status


def test_the_status_is_what_a_request_would_meet():
    assert status() == "active"
    assert status(at=KEY.expires_at) == "expired"
    assert status(AccountAccess(keys_ended_before=THEN)) == "ended"
    assert status(AccountAccess(keys_ended_before=THEN - timedelta(seconds=1))) == "active"


def test_only_the_response_of_a_new_key_has_the_key():
    created = CreatedApiKeyResponse.of_new(KEY, "dk_live_1", at=THEN)

    assert created.key == "dk_live_1"
    assert "key" not in ApiKeyResponse.of(KEY, AccountAccess(), at=THEN).model_dump()


def test_a_key_lives_ninety_days_unless_another_time_is_requested():
    assert CreateApiKeyRequest(name="Import", scopes=["read"]).expires_in_days == 90


def test_a_key_is_live_unless_a_test_key_is_requested():
    assert CreateApiKeyRequest(name="Import", scopes=["read", "pay"]).mode == "live"


def test_a_test_key_has_no_scope_for_payments():
    with pytest.raises(ValidationError, match="not for the sample order"):
        CreateApiKeyRequest(name="Import", mode="test", scopes=["write", "pay"])
