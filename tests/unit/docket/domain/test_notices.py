from docket.domain.accounts.mail import MailKind
from docket.domain.accounts.user import Device
from docket.domain.notices import notice
from docket.messages.mails import render
from tests.make_people import THEN, a_user

PHONE = Device(address="203.0.113.7", agent="Chrome/141 (Android)", place="Bern, CH")
UNKNOWN = Device(address="203.0.113.7")


def new_device(device, kind=MailKind.NEW_DEVICE, **params):
    return notice(kind, a_user("Ada@Example.com"), device, "de", mail_id="M1", at=THEN, **params)


def test_a_notice_names_the_device_its_place_and_the_time():
    mail = new_device(PHONE)

    assert (mail.address, mail.language, mail.created_at) == ("ada@example.com", "de", THEN)
    assert mail.params == {
        "time": "2026-11-02T09:30+00:00",
        "device": "Chrome, Android",
        "place": "Bern, CH, 203.0.113.7",
    }


def test_a_notice_has_the_parameters_of_its_kind_only():
    assert new_device(PHONE, MailKind.SESSION_REUSED).params.keys() == {"time", "device"}
    key = new_device(PHONE, MailKind.API_KEY_CREATED, name="CI")
    assert key.params.keys() == {"time", "device", "name"}


def test_the_text_of_a_user_agent_is_not_mailed():
    assert (
        new_device(Device(address="203.0.113.7", agent="call 555-1234 now")).params["device"] == ""
    )


def test_an_unknown_device_is_called_so_in_the_language_of_the_mail():
    params = {**new_device(UNKNOWN).params, "site": "https://docket.example.com"}

    assert params["place"] == "203.0.113.7"
    assert "from an unknown device (203.0.113.7)" in render(MailKind.NEW_DEVICE, params, "en").text
    assert "von einem unbekannten Gerät aus" in " ".join(
        render(MailKind.NEW_DEVICE, params, "de").text.split()
    )
