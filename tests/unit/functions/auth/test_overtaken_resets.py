"""A reset that another request of the account overtakes, or that is interrupted and repeated.

Whatever a stranger who has registered the address does meanwhile, only its owner gets in after it.
"""

import pytest

from docket.auth import accounts, known_devices
from docket.domain.accounts.user import Caller
from docket.domain.errors import IdentityUnreachable, TableUnavailable
from docket.gateways import cognito
from docket.runtime.clock import now
from docket.table import client
from docket.table.accounts import account_access, passkeys, sessions
from functions.auth import forgot_password, login, register, reset_password
from functions.passkeys import add as add_passkey
from functions.passkeys import options as passkey_options
from functions.passkeys import remove as remove_passkey
from functions.second_factor import begin_totp
from tests import grants
from tests.soft_authenticator import SoftAuthenticator
from tests.unit.functions.conftest import (
    ADA,
    PASSWORD,
    WITH_EACH_IDENTITY,
    authorized,
    jwt_unless_parametrized,
    uses_link,
)

NEW = "nine yellow umbrellas"
IN_POOL = pytest.mark.parametrize("identity_provider", ["pool"], indirect=True)

identity_provider = jwt_unless_parametrized


@pytest.fixture
def mailed(call, inbox):
    """The token of a reset that is mailed to the owner of the address."""

    def ask():
        call(forgot_password, "POST", "forgot-password", {"email": ADA})
        return next(token for *_, token in inbox() if token)

    return ask


@pytest.fixture
def reset(call, monkeypatch):
    """Reset the password; `meanwhile` runs once, before the transaction and after the pool."""

    def send(token, password=NEW, *, meanwhile=None):
        write = client.write

        def overtaken(*writes):
            if meanwhile and uses_link(writes):
                monkeypatch.setattr(client, "write", write)
                meanwhile()
            return write(*writes)

        monkeypatch.setattr(client, "write", overtaken)
        body = {"token": token, "password": password}
        reply = call(reset_password, "POST", "reset-password", body)
        monkeypatch.setattr(client, "write", write)
        return reply

    return send


@pytest.fixture
def verifies_later(request):
    """The stage verifies addresses from now on."""
    return lambda: request.getfixturevalue("verifying")


def fail():
    raise TableUnavailable


def is_verified():
    user = accounts().find_by_address(ADA)
    assert user
    return user.email_verified


@pytest.fixture
def stranger(call, verifying, inbox, sign_in):
    """A session of whoever has registered Ada's address."""
    assert call(register, "POST", "register", {"email": ADA, "password": PASSWORD}).status == 202
    inbox()
    return sign_in()


@pytest.fixture
def sneak_in(call, stranger, monkeypatch):
    """Add a passkey of the stranger, whom nothing refuses."""

    def add(device):
        with monkeypatch.context() as patch:
            patch.setattr("docket.auth.account_security.passkeys.require_verified_address", id)
            options = call(passkey_options, "POST", "passkeys/options", caller=stranger).json
            body = device.make(options)
            assert call(add_passkey, "POST", "passkeys", body, caller=stranger).status == 201

    return add


@WITH_EACH_IDENTITY
def test_while_an_address_is_being_verified_a_stranger_adds_nothing(call, stranger, mailed, reset):
    refused = []

    def add():
        for module, name in ((passkey_options, "passkeys/options"), (begin_totp, "mfa/totp")):
            refused.append(call(module, "POST", name, caller=stranger).refusal)

    assert reset(mailed(), meanwhile=add).status == 200

    assert refused == [(403, "email_not_verified")] * 2
    reply = call(login, "POST", "login", {"email": ADA, "password": NEW})
    assert "access_token" in reply.json


@WITH_EACH_IDENTITY
def test_an_interrupted_reset_verifies_nothing_and_is_repeated(call, stranger, mailed, reset):
    token = mailed()
    assert reset(token, meanwhile=fail).status == 502

    assert not is_verified()
    refused = call(passkey_options, "POST", "passkeys/options", caller=stranger).refusal
    assert refused == (403, "email_not_verified")
    assert reset(token).status == 200
    assert is_verified()


@WITH_EACH_IDENTITY
def test_a_passkey_that_is_added_just_before_the_reset_is_removed(
    sneak_in, mailed, reset, log_in_by
):
    """Whoever was let through before, for whatever reason, leaves no passkey."""
    laptop = SoftAuthenticator()

    assert reset(mailed(), meanwhile=lambda: sneak_in(laptop)).status == 200

    assert log_in_by(laptop).refusal == (401, "passkey_refused")


@WITH_EACH_IDENTITY
def test_an_interrupted_reset_removes_passkeys_when_it_is_repeated(
    mailed, reset, laptop, log_in_by, verifies_later
):
    verifies_later()
    token = mailed()
    assert reset(token, meanwhile=fail).status == 502

    assert reset(token).status == 200

    assert log_in_by(laptop).refusal == (401, "passkey_refused")


@pytest.fixture
def remove_phone(call, session, laptop, add_device):
    """Remove a passkey that the account has beside the laptop's."""
    phone = add_device(SoftAuthenticator()).json["id"]
    return lambda: call(remove_passkey, "DELETE", f"passkeys/{phone}", caller=session)


@WITH_EACH_IDENTITY
def test_a_stranger_who_removes_a_passkey_during_the_reset_keeps_no_other(
    mailed, reset, remove_phone, session, verifies_later
):
    verifies_later()

    assert reset(mailed(), meanwhile=remove_phone).status == 200

    assert passkeys.count(session["user_id"]) == 0
    assert not passkeys.of_user(session["user_id"])


@WITH_EACH_IDENTITY
def test_a_passkey_that_is_added_during_a_reset_leaves_the_address_unverified(
    mailed, reset, session, add_device, verifies_later
):
    """In a stage that verifies nothing yet. So a later reset removes it."""
    laptop = SoftAuthenticator()
    assert reset(mailed(), meanwhile=lambda: add_device(laptop)).status == 200

    assert not is_verified()
    verifies_later()
    assert reset(mailed(), "ten green umbrellas").status == 200
    assert not passkeys.of_user(session["user_id"])


@WITH_EACH_IDENTITY
def test_a_thief_who_ends_the_other_sessions_all_the_time_prevents_no_reset(
    mailed, reset, session, monkeypatch
):
    """The account is read, and the thief ends them just after that, in each attempt."""
    caller = Caller(user_id=session["user_id"], session_id=session["session_id"])
    after_change = known_devices.after_change

    def overtaken(*arguments, **named):
        with monkeypatch.context() as patch:
            patch.setattr(grants, "calling_row", lambda: None)  # another function acts
            sessions.end_others(caller, at=now())
        return after_change(*arguments, **named)

    monkeypatch.setattr(known_devices, "after_change", overtaken)

    assert reset(mailed()).status == 200

    assert "user_id" not in authorized(session["token"])


@IN_POOL
def test_a_reset_of_an_account_that_is_disabled_meanwhile_changes_nothing(
    mailed, reset, session, monkeypatch, sign_in
):
    after_change = known_devices.after_change

    def overtaken(*arguments, **named):
        with monkeypatch.context() as patch:
            patch.setattr(grants, "calling_row", lambda: None)  # another function acts
            client.write(account_access.disable_write(session["user_id"], at=now()))
        return after_change(*arguments, **named)

    monkeypatch.setattr(known_devices, "after_change", overtaken)

    assert reset(mailed()).refusal == (403, "account_disabled")
    client.write(account_access.enable_write(session["user_id"]))
    assert sign_in(PASSWORD)


@IN_POOL
@pytest.mark.usefixtures("session")
def test_a_pool_that_does_not_answer_after_the_transaction_changes_nothing(
    mailed, reset, sign_in, monkeypatch
):
    def unreachable(_):
        raise IdentityUnreachable

    with monkeypatch.context() as patch:
        patch.setattr(cognito, "verify_address", unreachable)
        assert reset(mailed()).status == 200

    assert not is_verified_in_pool()
    assert is_verified()
    assert sign_in(NEW)
    assert reset(mailed(), "ten green umbrellas").status == 200
    assert is_verified_in_pool()


def is_verified_in_pool():
    found = cognito.find(ADA)
    assert found
    return found.user.email_verified
