from docket.auth import accounts
from functions.account import send_verification, verify_email

ADA = "ada@example.com"


def test_another_link_is_mailed_to_the_caller_until_one_was_used(call, ada, inbox):
    user = accounts().find_by_address(ADA)
    assert user
    caller = {"user_id": user.id, "session_id": "S1"}

    def ask():
        reply = call(send_verification, "POST", "verify-email/send", caller=caller)
        assert reply.status == 202
        return [token for *_, token in inbox()]

    (token,) = ask()
    assert call(verify_email, "POST", "verify-email", {"token": token}).status == 200
    assert ask() == []
