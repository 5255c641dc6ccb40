import pytest

from docket.auth.jwt import accounts, addresses
from docket.domain.accounts.mail import MailKind
from docket.domain.accounts.one_time_link import LinkPurpose
from docket.domain.accounts.user import Caller, RequestDevice
from docket.domain.errors import LinkInvalid, NotSignedIn
from docket.runtime.clock import now
from docket.schemas.accounts.auth import RegisterRequest
from docket.table import client
from docket.table.accounts import account_access, one_time_links, users

pytestmark = pytest.mark.usefixtures("jwt_stage")

ADA, NEW = "ada@example.com", "lovelace@example.com"
DEVICE = RequestDevice(address="203.0.113.7")


@pytest.fixture
def ada():
    request = RegisterRequest(email=ADA, password="seven purple bicycles")
    return accounts.register(request, key=None, at=now())


def request_change(user):
    caller = Caller(user_id=user.id, session_id="S1")
    return addresses.request_change(caller, NEW, language="en", at=now())


def confirm(token):
    return addresses.confirm_change(token, device=DEVICE, at=now())


def test_the_mail_to_the_new_address_names_the_account(ada):
    mail, _ = request_change(ada)

    assert mail.kind is MailKind.CONFIRM_NEW_ADDRESS
    assert (mail.to, mail.owner, mail.params) == (NEW, ada.id, {"old_address": ADA})


def test_a_change_is_void_after_a_change_of_the_password(ada):
    mail, _ = request_change(ada)
    token, link = one_time_links.create(
        LinkPurpose.CONFIRM_NEW_ADDRESS, ada, NEW, at=now(), about=mail.about
    )
    known = users.credential(ADA)
    assert known
    client.write(one_time_links.put(link), *users.password_writes(known, "another hash"))

    with pytest.raises(LinkInvalid):
        confirm(token)


def test_a_link_that_is_mailed_after_a_change_of_the_password_is_void(ada):
    """The mail may have waited: then its link is made for the account as it is now."""
    mail, _ = request_change(ada)
    known = users.credential(ADA)
    assert known
    client.write(*users.password_writes(known, "another hash"))
    changed = accounts.find_by_id(ada.id)
    assert changed
    token, link = one_time_links.create(
        LinkPurpose.CONFIRM_NEW_ADDRESS, changed, NEW, at=now(), about=mail.about
    )
    client.write(one_time_links.put(link))

    with pytest.raises(LinkInvalid):
        confirm(token)


def test_a_session_that_ends_during_a_confirmation_refuses_it(ada, monkeypatch):
    mail, _ = request_change(ada)
    token, link = one_time_links.create(
        LinkPurpose.CONFIRM_NEW_ADDRESS, ada, NEW, at=now(), about=mail.about
    )
    client.write(one_time_links.put(link))
    find = account_access.find

    def ends_after_it_is_read(user_id):
        found = find(user_id)
        client.write(account_access.session_ended_write(user_id, at=now()))
        return found

    monkeypatch.setattr(account_access, "find", ends_after_it_is_read)

    with pytest.raises(LinkInvalid):
        confirm(token)


def test_a_link_without_a_change_is_invalid(ada):
    token, link = one_time_links.create(LinkPurpose.CONFIRM_NEW_ADDRESS, ada, NEW, at=now())
    client.write(one_time_links.put(link))

    with pytest.raises(LinkInvalid):
        confirm(token)


def test_a_deleted_account_changes_no_address(jwt_stage):
    with pytest.raises(NotSignedIn):
        addresses.request_change(
            Caller(user_id="nobody", session_id="S1"), NEW, language="en", at=now()
        )
