from docket.auth import accounts
from docket.table.accounts import mails
from functions.account import send_verification, verify_email
from tests.unit.functions.conftest import ADA, PASSWORD


def test_another_link_is_mailed_to_the_caller_until_one_was_used(call, ada, inbox):
    user = accounts().find_by_address(ADA)
    assert user
    caller = {"user_id": user.id, "session_id": "S1"}

    def ask():
        reply = call(send_verification, "POST", "verify-email/send", caller=caller)
        assert reply.status == 202
        return [token for *_, token in inbox()]

    (token,) = ask()
    body = {"token": token, "password": PASSWORD}
    assert call(verify_email, "POST", "verify-email", body).status == 200
    assert ask() == []


def test_the_mail_goes_with_the_account_that_has_requested_it(call, ada):
    user = accounts().find_by_address(ADA)
    assert user

    caller = {"user_id": user.id, "session_id": "S1"}
    call(send_verification, "POST", "verify-email/send", caller=caller)

    (mail,) = mails.requested_by_account(user.id)
    assert mail.address == ADA
