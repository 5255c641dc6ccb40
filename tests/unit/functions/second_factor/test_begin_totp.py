from datetime import timedelta

import pytest

from docket.runtime import clock
from functions.second_factor import begin_totp, confirm_totp, remove_totp, renew_recovery_codes
from tests.unit.functions.conftest import App


def test_a_factor_that_is_not_confirmed_is_replaced(begin_factor, confirm_factor, clock_at):
    earlier, later = (App(begin_factor().json["secret"], clock_at) for _ in range(2))

    assert confirm_factor(earlier.next_code()).refusal == (401, "wrong_code")
    assert confirm_factor(later.next_code()).status == 200


def test_a_confirmed_factor_is_not_replaced(authenticator, begin_factor, confirm_factor):
    assert begin_factor().refusal == (409, "second_factor_exists")
    assert confirm_factor(authenticator.next_code()).refusal == (409, "second_factor_exists")


@pytest.mark.parametrize(
    "request_of",
    [
        (begin_totp, "POST", "mfa/totp", None),
        (confirm_totp, "POST", "mfa/totp/confirm", {"code": "123456"}),
        (remove_totp, "DELETE", "mfa/totp", None),
        (renew_recovery_codes, "POST", "mfa/recovery-codes", None),
    ],
)
def test_the_factor_changes_only_after_a_recent_proof(call, session, request_of):
    old = session | {"verified_at": (clock.now() - timedelta(minutes=16)).isoformat()}

    assert call(*request_of, caller=old).refusal == (403, "reauthentication_required")


def test_whoever_registers_a_strangers_address_cannot_lock_it_by_a_factor(
    session, verifying, begin_factor
):
    assert begin_factor().refusal == (403, "email_not_verified")


def test_the_owner_of_a_verified_address_may_have_a_factor(
    session, verified, verifying, begin_factor
):
    assert begin_factor().status == 200
