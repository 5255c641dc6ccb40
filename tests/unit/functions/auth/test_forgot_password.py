from docket.domain.rate_limits import MAIL_LIMIT
from functions.auth import forgot_password, register
from tests.unit.functions.conftest import PASSWORD, WITH_EACH_IDENTITY, jwt_unless_parametrized

ADA, EVE = "ada@example.com", "eve@example.com"


identity_provider = jwt_unless_parametrized


def test_what_is_no_email_address_is_refused(call):
    refused = call(forgot_password, "POST", "forgot-password", {"email": "ada.example.com"})

    assert refused.status == 400
    assert refused.json["details"][0]["field"] == "email"


@WITH_EACH_IDENTITY
def test_an_unknown_address_gets_the_same_reply_and_no_mail(call, ada, inbox):
    replies = [
        call(forgot_password, "POST", "forgot-password", {"email": email}) for email in (ADA, EVE)
    ]

    assert replies[0].body == replies[1].body
    assert [to for to, *_ in inbox()] == [ADA]


def test_a_mail_goes_to_the_stored_address(call, forget, inbox):
    (token,) = forget(" ADA@Example.com")

    assert token


def test_mails_to_an_address_are_limited(call, ada, mailbox):
    statuses = [
        call(
            forgot_password, "POST", "forgot-password", {"email": email}, source=f"10.0.{number}.1"
        ).status
        for email in (ADA, EVE)
        for number in range(MAIL_LIMIT + 1)
    ]

    assert statuses == ([202] * MAIL_LIMIT + [429]) * 2


def test_a_stranger_who_registers_the_address_does_not_use_up_its_mails(
    call, forget, verifying, inbox
):
    """Else nobody would get in whose password is being guessed at the same time."""
    for number in range(MAIL_LIMIT + 1):
        body = {"email": ADA, "password": PASSWORD}
        call(register, "POST", "register", body, source=f"10.0.{number}.1")
    inbox()

    (token,) = forget()

    assert token
