from docket.domain.mail import MailKind
from docket.domain.user import Device
from docket.workflows.notices import notice_of
from tests.make_people import THEN


def test_a_notice_has_the_parameters_of_its_kind():
    device = Device(address="203.0.113.7")
    notify = notice_of(MailKind.PASSWORD_CHANGED, device, "de", at=THEN)

    mail = notify("ada@example.com")

    assert (mail.address, mail.language, mail.to) == ("ada@example.com", "de", None)
    assert mail.params == {"time": "2. November 2026 um 09:30 Uhr (UTC)", "device": "203.0.113.7"}
    assert notify("ada@example.com") == mail
