from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from docket.auth import password_hashing, tokens
from docket.auth.jwt import sessions
from docket.auth.tokens import RefreshToken
from docket.domain.errors import ConcurrentChange, NotSignedIn, WrongCredentials
from docket.domain.user import REFRESH_GRACE, Device
from docket.gateways import secrets
from docket.runtime import config
from docket.runtime.clock import now
from docket.table import client, users
from docket.table import sessions as table
from tests.dynamodb_faults import lost_replies
from tests.make_people import a_credential

pytestmark = pytest.mark.usefixtures("jwt_stage")

EMAIL, PASSWORD = "ada@example.com", "seven purple bicycles"
HOME = Device(address="203.0.113.7", agent="a browser")
ADA = "01JD000000000000000000000A"


@pytest.fixture(autouse=True)
def ada(jwt_stage):
    credential = replace(
        a_credential(EMAIL, id=ADA), password_hash=password_hashing.hashed(PASSWORD)
    )
    return users.add(credential)


def login(at=None):
    return sessions.login(EMAIL, PASSWORD, device=HOME, at=at or now())


def test_an_entry_opens_a_session_that_its_access_token_names():
    entry = login()

    assert table.is_open(tokens.read(entry.access_token), at=now())


def test_what_is_kept_of_a_refresh_token_is_its_hash_alone():
    entry = login()

    items = client.dynamodb().scan(TableName="docket")["Items"]

    assert entry.refresh_token is not None
    assert entry.refresh_token.rpartition(".")[2] not in str(items)


def test_leaving_ends_this_session_and_no_other():
    here, there = login(), login()

    sessions.logout(tokens.read(here.access_token), None)

    assert not table.is_open(tokens.read(here.access_token), at=now())
    assert table.is_open(tokens.read(there.access_token), at=now())
    with pytest.raises(NotSignedIn):
        sessions.refresh(here.refresh_token or "", at=now())


def test_renewing_stays_in_the_same_session_with_a_new_refresh_token():
    first = login()

    second = sessions.refresh(first.refresh_token or "", at=now())

    assert tokens.read(second.access_token) == tokens.read(first.access_token)
    assert second.refresh_token != first.refresh_token
    assert second.user == first.user


def refresh(token, at):
    """The successor, or None: refused."""
    try:
        return sessions.refresh(token, at=at).refresh_token
    except NotSignedIn:
        return None


def is_open(token, at):
    return table.is_open(RefreshToken.parse(token).caller, at=at)


@pytest.fixture
def first():
    """The refresh token of somebody who signed in an hour ago."""
    token = login(now() - timedelta(hours=1)).refresh_token
    assert token is not None
    return token


def test_a_refresh_whose_reply_is_lost_after_its_effect_goes_on_with_the_same_successor(first):
    at = now()
    with lost_replies() as sent:
        successor = refresh(first, at)

    assert sent == ["UpdateItem"] * 2
    assert successor == str(RefreshToken.parse(first).successor())
    assert is_open(first, at)
    assert refresh(successor, at + timedelta(minutes=15))


def test_refreshes_at_once_get_the_same_successor(first):
    at = now()
    with ThreadPoolExecutor(4) as threads:
        successors = set(threads.map(lambda _: refresh(first, at), range(4)))

    (successor,) = successors
    assert refresh(successor, at + timedelta(minutes=15))


def test_a_page_reloaded_during_a_refresh_gets_the_same_successor(first):
    at = now()
    successor = refresh(first, at)

    assert refresh(first, at + REFRESH_GRACE) == successor
    assert refresh(successor, at + timedelta(minutes=15))


def test_a_token_used_after_the_grace_ends_the_session_for_both_who_have_it(first):
    at = now()
    successor = refresh(first, at)
    late = at + REFRESH_GRACE + timedelta(milliseconds=1)

    assert refresh(first, late) is None

    assert not is_open(first, late)
    assert refresh(successor, late) is None


@pytest.mark.parametrize("generations", [2, 5])
def test_a_token_of_an_earlier_generation_ends_the_session(first, generations):
    at, token = now(), first
    for number in range(generations):
        token = refresh(token, at + number * timedelta(minutes=15))
    late = at + generations * timedelta(minutes=15)

    assert refresh(first, late) is None

    assert not is_open(first, late)


def test_a_token_whose_successor_is_used_already_gets_nothing_in_the_grace_but_ends_nothing(first):
    at = now()
    second = refresh(first, at)
    third = refresh(second, at + timedelta(seconds=1))

    assert refresh(first, at + timedelta(seconds=2)) is None

    assert refresh(second, at + timedelta(seconds=2)) == third
    assert refresh(third, at + timedelta(minutes=15))


def test_a_token_of_an_expired_session_gets_nothing_even_in_the_grace(first, monkeypatch):
    monkeypatch.setenv("DOCKET_REFRESH_TOKEN_SECONDS", "5")
    config._load.cache_clear()
    at = now()
    successor = refresh(first, at)

    assert refresh(first, at + timedelta(seconds=5)) is None
    assert refresh(successor, at + timedelta(seconds=5)) is None


def test_a_made_up_secret_does_not_end_the_session(first):
    at, (session, _, secret) = now(), first.rpartition(".")
    assert is_open(first, at)

    for forged in ("A" * 43, secret[::-1], secret[:22] + "A" * 21, secret[:-4] + "AAAA"):
        assert refresh(f"{session}.{forged}", at) is None

    assert refresh(first, at)


def test_a_token_from_before_refresh_tokens_had_a_mac_goes_on(first):
    """Whatever its secret looks like: it is its hash that counts."""
    at, (session, _, _) = now(), first.rpartition(".")
    older = RefreshToken.parse(f"{session}.{'A' * 43}")
    table.rotate(
        older.caller,
        old=RefreshToken.parse(first).hash,
        new=older.hash,
        at=at - timedelta(hours=1),
        until=at + timedelta(days=1),
    )

    successor = refresh(str(older), at)

    assert successor
    assert refresh(str(older), at + timedelta(seconds=1)) == successor


def test_a_repeated_refresh_gets_the_same_successor_while_the_key_is_rolled(first, jwt_stage):
    at = now()
    successor = refresh(first, at)
    jwt_stage.put(kid="2", key="n" * 64, previous_kid="1", previous_key="k" * 64)
    secrets._known.clear()

    assert refresh(first, at + timedelta(seconds=1)) == successor

    jwt_stage.put(kid="2", key="n" * 64)
    secrets._known.clear()
    assert refresh(successor, at + timedelta(minutes=15))


def test_a_session_that_lay_idle_too_long_is_over():
    entry = login()

    with pytest.raises(NotSignedIn):
        sessions.refresh(entry.refresh_token or "", at=now() + timedelta(days=30, seconds=1))


def test_a_refresh_token_of_anothers_session_is_good_for_nothing():
    mine, _, secret = (login().refresh_token or "").rpartition(".")
    theirs, _, _ = (login().refresh_token or "").rpartition(".")
    assert mine != theirs

    with pytest.raises(NotSignedIn):
        sessions.refresh(f"{theirs}.{secret}", at=now())


def test_an_old_kind_of_hash_is_replaced_when_its_password_is_given(ada):
    old = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(PASSWORD)
    client.write(users.password_hash_write(ada, old))

    login()

    known = users.credential(EMAIL)
    assert known is not None
    assert not password_hashing.is_outdated(known.password_hash)
    login()


@pytest.fixture
def old_hash(ada):
    """The hash is of an older kind."""
    old = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(PASSWORD)
    client.write(users.password_hash_write(ada, old))
    return replace(ada, password_hash=old)


@pytest.fixture
def meanwhile(monkeypatch):
    """Something happens after the password was checked and before the session is written."""

    def happens(act):
        real = password_hashing.hashed

        def hashed(password):
            monkeypatch.setattr(password_hashing, "hashed", real)
            act()
            return real(password)

        monkeypatch.setattr(password_hashing, "hashed", hashed)

    return happens


def test_of_two_sign_ins_at_once_that_replace_an_old_hash_both_succeed(old_hash, meanwhile):
    entries = []
    meanwhile(lambda: entries.append(login()))

    entries.append(login())

    assert len({entry.refresh_token for entry in entries}) == 2
    assert all(is_open(entry.refresh_token, now()) for entry in entries)
    known = users.credential(EMAIL)
    assert known is not None
    assert not password_hashing.is_outdated(known.password_hash)
    counters = [
        item["attempts"]["N"]
        for item in client.dynamodb().scan(TableName="docket")["Items"]
        if "attempts" in item
    ]
    assert set(counters) == {"0"}


def test_a_password_that_is_changed_during_a_sign_in_lets_nobody_in_any_more(old_hash, meanwhile):
    meanwhile(
        lambda: client.write(
            users.password_hash_write(old_hash, password_hashing.hashed("another password"))
        )
    )

    with pytest.raises(WrongCredentials):
        login()


def test_others_who_sign_in_from_the_same_network_at_that_moment_keep_nobody_out(monkeypatch):
    write = client.write

    def contended(*writes):
        if len(writes) > 2:
            raise ConcurrentChange
        write(*writes)

    monkeypatch.setattr(client, "write", contended)

    assert table.is_open(tokens.read(login().access_token), at=now())


def test_signing_in_takes_three_calls_of_the_table_and_renewing_two(monkeypatch):
    calls = []
    client.dynamodb().meta.events.register(
        "before-call.dynamodb", lambda model, **_: calls.append(model.name)
    )

    entry = login()
    assert calls == ["TransactWriteItems", "GetItem", "TransactWriteItems"]

    calls.clear()
    sessions.refresh(entry.refresh_token or "", at=now())
    assert calls == ["UpdateItem", "GetItem"]
