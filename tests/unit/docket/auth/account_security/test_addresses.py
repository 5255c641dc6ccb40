import pytest

from docket.auth import accounts
from docket.auth.account_security import addresses
from docket.auth.account_security.credentials import credentials
from docket.auth.account_security.link_proofs import LinkProof
from docket.domain.accounts.mail import MailKind
from docket.domain.accounts.one_time_link import LinkPurpose
from docket.domain.accounts.user import RequestDevice
from docket.domain.errors import LinkInvalid, NotSignedIn, TableUnavailable
from docket.runtime.clock import now
from docket.schemas.accounts.auth import RegisterRequest
from docket.table import client
from docket.table.accounts import account_access, address_changes, one_time_links, users
from tests.table_state import open_session

pytestmark = pytest.mark.usefixtures("identity_provider")

ADA, NEW = "Ada@example.com", "Lovelace@example.com"
PASSWORD = "seven purple bicycles"
DEVICE = RequestDevice(address="203.0.113.7")


@pytest.fixture
def ada(identity_provider):
    request = RegisterRequest(email=ADA, password=PASSWORD)
    return accounts().register(request, key=None, at=now())


def request_change(user):
    session = open_session(user.id)
    return addresses.request_change(
        session, *addresses.count_change(session, NEW, at=now()), language="en"
    )


def another_version(user):
    return credentials().of(user.id).second_factor_writes(is_on=False)


def proof():
    return LinkProof(None, PASSWORD, DEVICE)


def confirm(token):
    return addresses.confirm_change(token, proof(), at=now())


def link_to_verify(user):
    token, link = one_time_links.create(LinkPurpose.VERIFY_ADDRESS, user, user.address, at=now())
    client.write(one_time_links.put(link))
    return token


def test_a_link_verifies_nothing_once_the_account_has_changed(ada):
    token = link_to_verify(ada)
    client.write(*another_version(ada))

    with pytest.raises(LinkInvalid):
        addresses.verify(token, proof(), at=now())

    user = accounts().find_by_id(ada.id)
    assert user
    assert not user.email_verified


def test_a_link_of_an_address_that_is_verified_already_is_not_used(ada):
    first, second = link_to_verify(ada), link_to_verify(ada)
    addresses.verify(first, proof(), at=now())

    addresses.verify(second, LinkProof(None, None, DEVICE), at=now())

    assert one_time_links.find(second, LinkPurpose.VERIFY_ADDRESS, at=now())


def test_the_mail_to_the_new_address_names_the_account(ada):
    mail, _ = request_change(ada)

    assert mail.kind is MailKind.CONFIRM_NEW_ADDRESS
    assert (mail.to, mail.owner, mail.params) == (NEW, ada.id, {"old_address": ADA})


def test_a_change_is_void_after_a_change_of_the_password(ada):
    mail, _ = request_change(ada)
    token, link = one_time_links.create(
        LinkPurpose.CONFIRM_NEW_ADDRESS, ada, NEW, at=now(), about=mail.about
    )
    client.write(one_time_links.put(link), *another_version(ada))

    with pytest.raises(LinkInvalid):
        confirm(token)


def test_a_link_that_is_mailed_after_a_change_of_the_password_is_void(ada):
    """The mail may have waited: then its link is made for the account as it is now."""
    mail, _ = request_change(ada)
    client.write(*another_version(ada))
    account = accounts().find_by_id(ada.id)
    assert account
    token, link = one_time_links.create(
        LinkPurpose.CONFIRM_NEW_ADDRESS, account, NEW, at=now(), about=mail.about
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


def test_a_deleted_account_changes_no_address(identity_provider):
    with pytest.raises(NotSignedIn):
        addresses.count_change(open_session("nobody"), NEW, at=now())


IN_POOL = pytest.mark.parametrize("identity_provider", ["pool"], indirect=True)


@pytest.fixture
def moved_in_pool(ada, monkeypatch):
    """A link whose use has moved the account in the pool, and then did not reach the table."""
    client.write(*another_version(ada))  # an account whose profile exists
    user = accounts().find_by_id(ada.id)
    assert user
    mail, _ = request_change(ada)
    token, link = one_time_links.create(
        LinkPurpose.CONFIRM_NEW_ADDRESS, user, NEW, at=now(), about=mail.about
    )
    client.write(one_time_links.put(link))

    write = client.write

    def fail(*writes):
        if any(isinstance(part, client.Put) for part in writes):  # the change itself
            raise TableUnavailable
        write(*writes)

    with monkeypatch.context() as patch:
        patch.setattr(client, "write", fail)
        with pytest.raises(TableUnavailable):
            confirm(token)
    moved = accounts().find_by_id(ada.id)
    assert moved
    assert (moved.email, moved.version) == (NEW, 1)
    return token


@IN_POOL
def test_a_change_that_stopped_after_the_pool_is_completed_by_its_link(ada, moved_in_pool):
    mail = confirm(moved_in_pool)

    assert mail
    assert (mail.to, mail.params["new_address"]) == (ADA.lower(), NEW)
    assert users.find(ada.id) == accounts().find_by_id(ada.id)
    assert address_changes.find(ada.id) is None


@IN_POOL
def test_a_change_that_is_void_after_the_pool_is_taken_back_by_its_link(ada, moved_in_pool):
    client.update(account_access.session_ended_write(ada.id, at=now()))

    with pytest.raises(LinkInvalid):
        confirm(moved_in_pool)

    user = accounts().find_by_id(ada.id)
    assert user
    assert (user.email, user.email_verified) == (ADA, False)
