"""The removal of a password, as far as no request of the endpoint shows it."""

import pytest

from docket.auth.jwt import passwords
from docket.domain.accounts.user import RequestDevice
from docket.domain.errors import ConcurrentChange, NoPasskey, NotSignedIn
from docket.runtime.clock import now
from docket.table import client
from docket.table.accounts import account_access, passkeys, users
from tests.make_people import a_credential, a_mail, a_passkey
from tests.table_state import open_session

DEVICE = RequestDevice(address="203.0.113.7")

pytestmark = pytest.mark.usefixtures("mailbox", "jwt_stage")


@pytest.fixture
def session(jwt_stage):
    """Ada, whose account has a password and a passkey."""
    users.add(a_credential())
    used = passkeys.answered(b"C1", until=now(), used_by="R1")
    passkeys.add(a_passkey(), used, a_mail())
    return open_session("ada")


def remove(session):
    return passwords.remove(session, device=DEVICE, at=now())


def has_password():
    ada = users.find("ada")
    return ada is not None and ada.has_password


def test_the_owner_is_owed_a_mail(session):
    mail = remove(session)

    assert mail
    assert mail.kind == "password_removed"
    assert not has_password()
    assert remove(session) is None


def test_an_account_that_is_gone_has_none():
    with pytest.raises(NotSignedIn):
        remove(open_session("nobody"))


def test_a_session_that_has_ended_since_removes_none(session):
    account_access.end_sessions("ada", at=now())

    with pytest.raises(ConcurrentChange):
        remove(session)
    assert has_password()


def test_the_table_decides_whether_there_is_a_passkey(session):
    client.write(*passkeys.remove_all_writes("ada", passkeys.of_user("ada")))

    with pytest.raises(NoPasskey):
        remove(session)
    assert has_password()
