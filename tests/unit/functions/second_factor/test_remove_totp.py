from docket.table.accounts import second_factors
from functions.second_factor import remove_totp


def test_a_removed_factor_is_not_asked_for(authenticator, call, session, sign_in, inbox):
    inbox()

    for _ in range(2):
        assert call(remove_totp, "DELETE", "mfa/totp", caller=session).status == 200

    assert sign_in()
    assert second_factors.find(session["user_id"]) is None
    assert [subject for _, subject, _ in inbox()] == ["The second factor was removed"]


def test_a_factor_that_is_not_confirmed_is_removed_without_notice(
    begin_factor, call, session, inbox
):
    begin_factor()
    inbox()

    assert call(remove_totp, "DELETE", "mfa/totp", caller=session).status == 200
    assert inbox() == []
