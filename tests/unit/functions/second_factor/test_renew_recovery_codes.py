from docket.domain.accounts.second_factor import RECOVERY_CODES
from functions.second_factor import renew_recovery_codes
from tests.unit.functions.conftest import ADA


def test_recovery_codes_are_replaced(authenticator, call, session, first_step, second_step):
    reply = call(renew_recovery_codes, "POST", "mfa/recovery-codes", caller=session)

    codes = reply.json["recovery_codes"]
    assert len({*codes, *authenticator.recovery_codes}) == 2 * RECOVERY_CODES
    assert second_step(first_step(), authenticator.recovery_codes[0]).refusal == (401, "wrong_code")
    assert second_step(first_step(), codes[0]).status == 200


def test_the_owner_learns_of_new_recovery_codes(authenticator, call, session, inbox):
    inbox()

    call(renew_recovery_codes, "POST", "mfa/recovery-codes", caller=session)

    assert inbox() == [(ADA, "Your recovery codes were renewed", None)]


def test_an_account_without_a_factor_has_no_recovery_codes(call, session):
    reply = call(renew_recovery_codes, "POST", "mfa/recovery-codes", caller=session)

    assert reply.refusal == (403, "second_factor_required")
