import pytest

from docket.auth import accounts
from docket.auth.account_security.credentials import credentials
from docket.auth.account_security.link_proofs import LinkProof
from docket.domain import rate_limits as limits
from docket.domain.accounts.one_time_link import LinkPurpose
from docket.domain.accounts.user import Caller, RequestDevice
from docket.domain.errors import (
    LinkExhausted,
    PasswordRequired,
    TooManyTries,
    WrongCredentials,
)
from docket.runtime.clock import now
from docket.schemas.accounts.auth import RegisterRequest
from docket.table import client
from docket.table.accounts import account_access, known_devices, one_time_links, sessions
from tests.make_people import a_session

pytestmark = pytest.mark.usefixtures("identity_provider", "new_window")

ADA, PASSWORD, WRONG = "ada@example.com", "seven purple bicycles", "a wrong password"
DEVICE = RequestDevice(address="203.0.113.7")


@pytest.fixture
def ada(identity_provider):
    return accounts().register(RegisterRequest(email=ADA, password=PASSWORD), key=None, at=now())


@pytest.fixture
def new_link(ada):
    return lambda: one_time_links.create(LinkPurpose.VERIFY_ADDRESS, ada, ADA, at=now())[1]


@pytest.fixture
def session(ada):
    """The caller of an open session."""
    open_session = a_session(user_id=ada.id, created_at=now(), expires_at=now() + limits.WINDOW)
    client.write(sessions.put(open_session))
    return Caller(user_id=ada.id, session_id=open_session.id)


def prove(link, password=None, caller=None):
    return LinkProof(caller, password, DEVICE).require(link, credentials().find(ADA), at=now())


def test_the_password_proves_it(new_link):
    assert prove(new_link(), PASSWORD) is None


def test_an_open_session_of_the_account_proves_it(new_link, session):
    open_session = prove(new_link(), caller=session)

    assert open_session
    assert open_session.session_id == session.session_id


def test_without_either_the_password_is_required(new_link):
    with pytest.raises(PasswordRequired):
        prove(new_link())


def test_a_session_of_another_account_proves_nothing(new_link):
    with pytest.raises(PasswordRequired):
        prove(new_link(), caller=Caller(user_id="eve", session_id="S1"))


def test_a_session_that_has_ended_proves_nothing(new_link, session):
    account_access.end_sessions(session.user_id, at=now())

    with pytest.raises(PasswordRequired):
        prove(new_link(), caller=session)


def test_a_link_is_void_after_a_few_wrong_passwords(new_link):
    link = new_link()
    for _ in range(limits.LINK_LIMIT):
        with pytest.raises(WrongCredentials):
            prove(link, WRONG)

    with pytest.raises(LinkExhausted):
        prove(link, PASSWORD)
    assert prove(new_link(), PASSWORD) is None


def test_wrong_passwords_count_as_logins_of_the_address(new_link):
    for number in range(limits.NETWORK_LIMIT):
        if number % limits.LINK_LIMIT == 0:
            link = new_link()
        with pytest.raises(WrongCredentials):
            prove(link, WRONG)

    with pytest.raises(TooManyTries):
        prove(new_link(), PASSWORD)


def test_wrong_passwords_of_strangers_do_not_count_for_a_known_device(ada, new_link):
    for number in range(limits.NETWORK_LIMIT):
        if number % limits.LINK_LIMIT == 0:
            link = new_link()
        with pytest.raises(WrongCredentials):
            prove(link, WRONG)
    token = "a token of the cookie"
    client.write(known_devices.remember_write(ada.id, token, version=ada.version, at=now()))
    device = RequestDevice(address=DEVICE.address, token=token)

    proof = LinkProof(None, PASSWORD, device)
    assert proof.require(new_link(), credentials().find(ADA), at=now()) is None


def test_a_right_password_does_not_count_as_a_login(new_link):
    for _ in range(limits.NETWORK_LIMIT + 1):
        assert prove(new_link(), PASSWORD) is None


def test_a_request_that_is_tried_again_compares_its_password_once(new_link):
    link, proof = new_link(), LinkProof(None, PASSWORD, DEVICE)

    for _ in range(limits.LINK_LIMIT + 1):
        assert proof.require(link, credentials().find(ADA), at=now()) is None
