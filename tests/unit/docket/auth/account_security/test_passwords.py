from datetime import timedelta

import pytest

from docket.auth import accounts, api_keys, known_devices, tokens
from docket.auth.account_security import passwords, sessions
from docket.domain.accounts.one_time_link import LinkPurpose
from docket.domain.accounts.user import AuthResult, Caller, RequestDevice
from docket.domain.errors import (
    BadInput,
    ConcurrentChange,
    FieldProblem,
    LinkInvalid,
    NotSignedIn,
    TableUnavailable,
    WrongCredentials,
)
from docket.gateways import cognito
from docket.runtime.clock import now
from docket.schemas.accounts.api_keys import CreateApiKeyRequest
from docket.schemas.accounts.auth import RegisterRequest
from docket.table import client
from docket.table.accounts import account_access, one_time_links, users
from docket.table.accounts import sessions as session_table
from tests.table_state import open_session

pytestmark = pytest.mark.usefixtures("identity_provider")

OLD, NEW = "seven purple bicycles", "nine yellow umbrellas"
DEVICE = RequestDevice(address="203.0.113.7")


@pytest.fixture
def ada(identity_provider):
    request = RegisterRequest(email="ada@example.com", password=OLD)
    user = accounts().register(request, key=None, at=now())
    open_session(user.id)
    return user


def change(user, password=OLD):
    return passwords.change(
        session_of(Caller(user_id=user.id, session_id="S1")),
        password,
        NEW,
        device=DEVICE,
        at=now(),
    )


def session_of(caller):
    return session_table.require_open_session(caller, at=now())


def test_a_login_that_a_change_overtakes_opens_no_session(ada, monkeypatch):
    read = account_access.find

    def overtaken(user_id):
        monkeypatch.setattr(account_access, "find", read)
        change(ada)
        return read(user_id)

    monkeypatch.setattr(account_access, "find", overtaken)

    with pytest.raises(WrongCredentials):
        sessions.login("ada@example.com", OLD, device=DEVICE, at=now())


def test_a_deleted_account_changes_no_password(identity_provider):
    with pytest.raises(NotSignedIn):
        passwords.change(
            open_session("nobody"),
            OLD,
            NEW,
            device=DEVICE,
            at=now(),
        )


@pytest.mark.parametrize("identity_provider", ["jwt_stage"], indirect=True)
def test_a_link_of_an_account_that_has_moved_is_invalid(ada):
    token, link = one_time_links.create(
        LinkPurpose.RESET_PASSWORD, ada, "ada@example.com", at=now()
    )
    client.write(one_time_links.put(link))
    credential = users.credential("ada@example.com")
    assert credential
    client.write(*users.move_writes(credential, "lovelace@example.com"))

    with pytest.raises(LinkInvalid):
        passwords.reset(token, NEW, device=DEVICE, at=now())


IN_POOL = pytest.mark.parametrize("identity_provider", ["pool"], indirect=True)


@pytest.fixture
def table_fails_once(monkeypatch):
    """The next transaction fails, after the pool has the new password."""
    write = client.write

    def fail(*writes):
        if len(writes) < 3:  # a count of tries, or a look at the session
            return write(*writes)
        monkeypatch.setattr(client, "write", write)
        raise TableUnavailable

    return lambda: monkeypatch.setattr(client, "write", fail)


@IN_POOL
def test_a_change_that_stopped_after_the_pool_is_completed_by_a_repetition(ada, table_fails_once):
    table_fails_once()
    with pytest.raises(TableUnavailable):
        change(ada)

    assert change(ada)

    account = accounts().find_by_id(ada.id)
    assert account
    assert account.version == 1
    with pytest.raises(WrongCredentials):
        sessions.login("ada@example.com", OLD, device=DEVICE, at=now())


@IN_POOL
def test_a_reset_that_stopped_after_the_pool_leaves_its_link(ada, table_fails_once):
    token, link = one_time_links.create(
        LinkPurpose.RESET_PASSWORD, ada, "ada@example.com", at=now()
    )
    client.write(one_time_links.put(link))
    table_fails_once()
    with pytest.raises(TableUnavailable):
        passwords.reset(token, NEW, device=DEVICE, at=now())

    assert passwords.reset(token, NEW, device=DEVICE, at=now())

    assert sessions.login("ada@example.com", NEW, device=DEVICE, at=now())


@IN_POOL
def test_a_session_of_the_old_password_ends_that_began_during_the_change(ada, monkeypatch):
    set_password, results = cognito.set_password, []

    def set_after_a_login(*arguments, **keywords):
        results.append(sessions.login("ada@example.com", OLD, device=DEVICE, at=now()))
        set_password(*arguments, **keywords)

    monkeypatch.setattr(cognito, "set_password", set_after_a_login)
    change(ada)

    (result,) = results
    assert isinstance(result, AuthResult)
    assert not session_table.is_open(tokens.read(result.access_token), at=now())


@IN_POOL
def test_a_password_that_only_the_pool_refuses_is_bad_input(ada, monkeypatch):
    def refuse(name, password, *, field):
        raise BadInput(FieldProblem(field, "password_refused"))

    monkeypatch.setattr(cognito, "set_password", refuse)

    with pytest.raises(BadInput) as refused:
        change(ada)

    assert refused.value.problems == (FieldProblem("new_password", "password_refused"),)


def reset_of(user, *, at):
    token, link = one_time_links.create(LinkPurpose.RESET_PASSWORD, user, user.address, at=at)
    client.write(one_time_links.put(link))
    return passwords.reset(token, NEW, device=DEVICE, at=at)


def caller_of_login(*, at):
    """The caller of a new session."""
    entry = sessions.login("ada@example.com", OLD, device=DEVICE, at=at)
    assert isinstance(entry, AuthResult)
    user_id, session_id, _ = str(entry.refresh_token).split(".")
    return Caller(user_id=user_id, session_id=session_id, verified_at=at)


def during_a_change(monkeypatch, act):
    """Let something happen between the first read of a change and its write."""
    after_change = known_devices.after_change

    def overtaken(*arguments, **keywords):
        monkeypatch.setattr(known_devices, "after_change", after_change)
        act()
        return after_change(*arguments, **keywords)

    monkeypatch.setattr(known_devices, "after_change", overtaken)


@pytest.mark.parametrize("change_it", [reset_of, lambda user, at: change(user)])
def test_a_session_that_is_opened_while_the_password_is_changed_is_over(
    ada, monkeypatch, change_it
):
    at, callers = now(), []
    later = at + timedelta(seconds=1)
    during_a_change(monkeypatch, lambda: callers.append(caller_of_login(at=later)))

    change_it(ada, at=at)

    assert not session_table.is_open(callers[0], at=later)


def test_a_key_that_is_created_while_the_password_is_reset_is_refused(ada, monkeypatch):
    at, created = now(), []
    later, thief = at + timedelta(seconds=1), caller_of_login(at=at)
    request = CreateApiKeyRequest(name="Import", scopes=["read"], expires_in_days=30)

    def create():
        created.append(api_keys.create(session_of(thief), request, device=DEVICE, at=later))

    during_a_change(monkeypatch, create)

    reset_of(ada, at=at)

    assert api_keys.use(created[0].text, at=later) is None


def test_a_later_end_of_other_sessions_refuses_no_reset(ada, monkeypatch):
    """Whoever has a session could else end the others again and again, just in time."""
    at = now()
    later, thief = at + timedelta(seconds=1), caller_of_login(at=at)
    during_a_change(monkeypatch, lambda: session_table.end_others(thief, at=later))

    reset_of(ada, at=at)

    assert not session_table.is_open(thief, at=later)
    assert sessions.login("ada@example.com", NEW, device=DEVICE, at=later)


def test_a_session_that_has_ended_creates_no_key(ada):
    at = now()
    thief = session_of(caller_of_login(at=at))
    reset_of(ada, at=at)
    request = CreateApiKeyRequest(name="Import", scopes=["read"], expires_in_days=30)

    with pytest.raises(ConcurrentChange):
        api_keys.create(thief, request, device=DEVICE, at=at + timedelta(seconds=1))


@IN_POOL
def test_a_session_that_has_ended_sets_no_password_in_the_pool(ada, monkeypatch):
    at = now()
    during_a_change(monkeypatch, lambda: account_access.end_sessions(ada.id, at=at))

    with pytest.raises(ConcurrentChange):
        change(ada)

    assert sessions.login("ada@example.com", OLD, device=DEVICE, at=now())
