import pytest

from docket.domain.accounts.mail import MailKind
from docket.domain.accounts.user import Device
from docket.domain.errors import TooManyTries
from docket.domain.rate_limits import MAIL_LIMIT
from docket.workflows.accounts import requested_mails
from tests.make_people import THEN

pytestmark = pytest.mark.usefixtures("jwt_stage")

RESET = MailKind.RESET_PASSWORD


def test_an_address_gets_few_mails_from_all_networks_together():
    for number in range(MAIL_LIMIT):
        requested_mails.count("ada@example.com", RESET, Device(address=f"10.0.{number}.1"), at=THEN)

    with pytest.raises(TooManyTries):
        requested_mails.count("ada@example.com", RESET, Device(address="10.1.0.1"), at=THEN)
    requested_mails.count("eve@example.com", RESET, Device(address="10.1.0.1"), at=THEN)
