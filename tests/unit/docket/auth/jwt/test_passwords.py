import pytest

from docket.auth.jwt import accounts, passwords, sessions
from docket.domain.accounts.one_time_link import LinkPurpose
from docket.domain.accounts.user import Caller, RequestDevice
from docket.domain.errors import LinkInvalid, NotSignedIn, WrongCredentials
from docket.runtime.clock import now
from docket.schemas.accounts.auth import RegisterRequest
from docket.table import client
from docket.table.accounts import account_access, one_time_links, users

pytestmark = pytest.mark.usefixtures("jwt_stage")

OLD, NEW = "seven purple bicycles", "nine yellow umbrellas"
DEVICE = RequestDevice(address="203.0.113.7")


@pytest.fixture
def ada():
    request = RegisterRequest(email="ada@example.com", password=OLD)
    return accounts.register(request, key=None, at=now())


def change(user, password=OLD):
    return passwords.change(
        Caller(user_id=user.id, session_id="S1"),
        password,
        NEW,
        device=DEVICE,
        at=now(),
    )


def test_a_login_that_a_change_overtakes_opens_no_session(ada, monkeypatch):
    read = account_access.find

    def overtaken(user_id):
        monkeypatch.setattr(account_access, "find", read)
        change(ada)
        return read(user_id)

    monkeypatch.setattr(account_access, "find", overtaken)

    with pytest.raises(WrongCredentials):
        sessions.login("ada@example.com", OLD, device=DEVICE, at=now())


def test_a_deleted_account_changes_no_password(jwt_stage):
    with pytest.raises(NotSignedIn):
        passwords.change(
            Caller(user_id="nobody", session_id="S1"),
            OLD,
            NEW,
            device=DEVICE,
            at=now(),
        )


def test_a_link_of_an_account_that_has_moved_is_invalid(ada):
    token, link = one_time_links.create(
        LinkPurpose.RESET_PASSWORD, ada, "ada@example.com", at=now()
    )
    client.write(one_time_links.put(link))
    known = users.credential("ada@example.com")
    assert known
    client.write(*users.move_writes(known, "lovelace@example.com"))

    with pytest.raises(LinkInvalid):
        passwords.reset(token, NEW, device=DEVICE, at=now())
