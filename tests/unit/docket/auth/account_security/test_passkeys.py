from datetime import timedelta

import pytest

from docket.auth import accounts
from docket.auth.account_security import passkeys
from docket.auth.account_security.passkey_verification import from_base64url
from docket.domain.accounts.passkey import RelyingParty
from docket.domain.accounts.user import RequestDevice
from docket.domain.errors import NotSignedIn, PasskeyNotFound
from docket.runtime.clock import now
from docket.schemas.accounts.auth import RegisterRequest
from docket.schemas.accounts.passkeys import AddPasskeyRequest, PasskeyProof
from docket.table.accounts import account_access, mails
from tests.soft_authenticator import RELYING_PARTY, SITE, SoftAuthenticator
from tests.table_state import open_session, stored

pytestmark = pytest.mark.usefixtures("identity_provider")

DEVICE = RequestDevice(address="203.0.113.7", language="de")
PARTY = RelyingParty(id=RELYING_PARTY, origin=SITE)


@pytest.fixture
def ada():
    request = RegisterRequest(email="ada@example.com", password="seven purple bicycles")
    user = accounts().register(request, key=None, at=now())
    return open_session(user.id)


def add(caller, laptop):
    options = passkeys.begin(caller, at=now())
    body = laptop.make({"challenge": options.challenge, "user_handle": options.user_handle})
    return passkeys.add(caller, AddPasskeyRequest(**body), PARTY, device=DEVICE, at=now())


def test_the_device_stores_the_account_and_nothing_of_its_owner(ada):
    assert from_base64url(passkeys.begin(ada, at=now()).user_handle).decode() == ada.user_id


def test_the_notice_has_the_name_and_the_language(ada):
    passkey, notice = add(ada, SoftAuthenticator())

    assert notice.params["name"] == passkey.name == "Laptop"
    assert notice.language == "de"
    assert [mail.id for mail in mails.requested_by_account(ada.user_id)] == [notice.id]


def test_a_login_by_a_passkey_records_the_use_of_the_account(ada):
    laptop, at = SoftAuthenticator(), now() + timedelta(days=2)
    add(ada, laptop)

    proof = PasskeyProof(**laptop.sign(passkeys.begin_login(at=at)))
    passkeys.login(proof, PARTY, device=DEVICE, at=at)

    assert account_access.find(ada.user_id).used_at == at


def test_a_deleted_account_has_no_passkeys():
    nobody = open_session("nobody")
    with pytest.raises(NotSignedIn):
        passkeys.begin(nobody, at=now())
    with pytest.raises(PasskeyNotFound):
        passkeys.remove(nobody, "a" * 32, device=DEVICE, at=now())


def test_private_keys_and_challenges_are_not_stored(ada):
    laptop = SoftAuthenticator()
    challenge = passkeys.begin(ada, at=now()).challenge
    add(ada, laptop)

    everything = repr([*stored()])
    assert challenge not in everything
    assert str(laptop.key.private_numbers().private_value) not in everything
