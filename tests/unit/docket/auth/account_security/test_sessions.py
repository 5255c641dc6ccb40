import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from docket.auth import password_hashing, tokens
from docket.auth.account_security import sessions
from docket.auth.tokens import RefreshToken
from docket.domain import rate_limits
from docket.domain.accounts.user import REFRESH_GRACE, AuthResult, RequestDevice
from docket.domain.errors import (
    AccountDisabled,
    ConcurrentChange,
    NotSignedIn,
    TooManyTries,
    WrongCredentials,
)
from docket.gateways import secrets
from docket.runtime import config
from docket.runtime.clock import now
from docket.table import client
from docket.table import rate_limits as counters
from docket.table.accounts import account_access, users
from docket.table.accounts import sessions as table
from docket.table.client import Put
from tests.dynamodb_faults import before_write, lost_replies
from tests.make_people import THEN, a_credential
from tests.table_state import stored

pytestmark = pytest.mark.usefixtures("jwt_stage")

EMAIL, PASSWORD = "ada@example.com", "seven purple bicycles"
HOME = RequestDevice(address="203.0.113.7", agent="a browser")
ADA = "01JD000000000000000000000A"
BOB = "01JD000000000000000000000B"


@pytest.fixture(autouse=True)
def ada(jwt_stage):
    credential = replace(
        a_credential(EMAIL, id=ADA), password_hash=password_hashing.hashed(PASSWORD)
    )
    return users.add(credential)


def login(at=None, *, device=HOME, password=PASSWORD):
    return sessions.login(EMAIL, password, device=device, at=at or now())


def test_a_login_opens_the_session_of_its_access_token():
    auth_result = login()

    assert table.is_open(tokens.read(auth_result.access_token), at=now())


def test_only_the_hash_of_a_refresh_token_is_stored():
    auth_result = login()

    items = client.dynamodb().scan(TableName="docket")["Items"]

    assert auth_result.refresh_token is not None
    assert auth_result.refresh_token.rpartition(".")[2] not in str(items)


def test_a_login_and_a_refresh_record_the_use_of_the_account_once_a_day():
    at = now()
    result = login(at)
    login(at + timedelta(hours=1))
    result = refreshed(result, at + timedelta(hours=23))
    assert account_access.find(ADA).used_at == at

    result = refreshed(result, at + timedelta(hours=24))
    assert account_access.find(ADA).used_at == at + timedelta(hours=24)

    login(at + timedelta(hours=48))
    assert account_access.find(ADA).used_at == at + timedelta(hours=48)


def test_a_use_is_recorded_with_the_language_of_its_user():
    login(device=replace(HOME, language="de"))

    assert account_access.find(ADA).language == "de"


def test_a_login_after_its_deletion_has_begun_opens_no_session():
    deleting = account_access.deleting_write(ADA, at=now())

    with before_write(lambda: client.write(deleting), number=3), pytest.raises(AccountDisabled):
        login()

    assert list(table.every(ADA)) == []


def test_logout_ends_one_session():
    here, there = login(), login()

    sessions.logout(tokens.read(here.access_token), None)

    assert not table.is_open(tokens.read(here.access_token), at=now())
    assert table.is_open(tokens.read(there.access_token), at=now())
    with pytest.raises(NotSignedIn):
        sessions.refresh(here.refresh_token or "", device=HOME, at=now())


def test_a_refresh_keeps_the_session_and_rotates_the_token():
    first = login()

    second = sessions.refresh(first.refresh_token or "", device=HOME, at=now())

    assert tokens.read(second.access_token) == tokens.read(first.access_token)
    assert second.refresh_token != first.refresh_token
    assert second.user == first.user


def refreshed(auth_result, at):
    return sessions.refresh(auth_result.refresh_token or "", device=HOME, at=at)


def refresh(token, at):
    """The successor, or None if the token is rejected."""
    try:
        return sessions.refresh(token, device=HOME, at=at).refresh_token
    except NotSignedIn:
        return None


def is_open(token, at):
    return table.is_open(RefreshToken.parse(token).caller, at=at)


@pytest.fixture
def first():
    """The refresh token of a login an hour ago."""
    token = login(now() - timedelta(hours=1)).refresh_token
    assert token is not None
    return token


def test_a_refresh_with_a_lost_reply_gets_the_same_successor(first):
    at = now()
    with lost_replies(skipped=1) as sent:
        successor = refresh(first, at)

    assert sent == ["UpdateItem"] * 3  # the count, and the exchange twice
    assert successor == str(RefreshToken.parse(first).successor())
    assert is_open(first, at)
    assert refresh(successor, at + timedelta(minutes=15))


def test_concurrent_refreshes_get_the_same_successor(first):
    at = now()
    with ThreadPoolExecutor(4) as threads:
        successors = set(threads.map(lambda _: refresh(first, at), range(4)))

    (successor,) = successors
    assert refresh(successor, at + timedelta(minutes=15))


def test_a_refresh_repeated_in_the_grace_period_gets_the_same_successor(first):
    at = now()
    successor = refresh(first, at)

    assert refresh(first, at + REFRESH_GRACE) == successor
    assert refresh(successor, at + timedelta(minutes=15))


def test_a_token_reused_after_the_grace_period_ends_the_session(first):
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


def test_refreshes_in_each_grace_period_do_not_hide_a_copied_token(first):
    at, token = now(), first
    for number in range(3):
        token = refresh(token, at + number * timedelta(seconds=20))
    late = at + timedelta(seconds=41)

    assert refresh(first, late) is None

    assert not is_open(token, late)
    assert [kind for kind, *_ in owed_mails() if kind != "new_device"] == ["session_reused"]


def test_a_token_with_a_used_successor_is_rejected_in_the_grace_period(first):
    at = now()
    second = refresh(first, at)
    third = refresh(second, at + timedelta(seconds=1))

    assert refresh(first, at + timedelta(seconds=2)) is None

    assert refresh(second, at + timedelta(seconds=2)) == third
    assert refresh(third, at + timedelta(minutes=15))


def test_a_token_of_an_expired_session_is_rejected_in_the_grace_period(first, monkeypatch):
    monkeypatch.setenv("DOCKET_REFRESH_TOKEN_SECONDS", "5")
    config._load.cache_clear()
    at = now()
    successor = refresh(first, at)

    assert refresh(first, at + timedelta(seconds=5)) is None
    assert refresh(successor, at + timedelta(seconds=5)) is None


def test_a_forged_secret_does_not_end_the_session(first):
    at, (session, _, secret) = now(), first.rpartition(".")
    assert is_open(first, at)

    for forged in ("A" * 43, secret[::-1], secret[:22] + "A" * 21, secret[:-4] + "AAAA"):
        assert refresh(f"{session}.{forged}", at) is None

    assert refresh(first, at)


def test_a_token_without_a_mac_is_still_accepted(first):
    """Such a token is recognised by its hash, whatever its secret is."""
    at, (session, _, _) = now(), first.rpartition(".")
    older = RefreshToken.parse(f"{session}.{'A' * 43}")
    session = table.find_open(older.caller, at=at)
    assert session
    table.rotate(
        session,
        old=RefreshToken.parse(first).hash,
        new=older.hash,
        at=at - timedelta(hours=1),
        until=at + timedelta(days=1),
    )

    successor = refresh(str(older), at)

    assert successor
    assert refresh(str(older), at + timedelta(seconds=1)) == successor


def test_a_repeated_refresh_gets_the_same_successor_during_key_rotation(first, jwt_stage):
    at = now()
    successor = refresh(first, at)
    jwt_stage.put(kid="2", key="n" * 64, previous_kid="1", previous_key="k" * 64)
    secrets._cache.clear()

    assert refresh(first, at + timedelta(seconds=1)) == successor

    jwt_stage.put(kid="2", key="n" * 64)
    secrets._cache.clear()
    assert refresh(successor, at + timedelta(minutes=15))


def test_an_idle_session_expires():
    auth_result = login()

    with pytest.raises(NotSignedIn):
        sessions.refresh(
            auth_result.refresh_token or "", device=HOME, at=now() + timedelta(days=30, seconds=1)
        )


def test_a_refresh_token_with_another_sessions_id_is_rejected():
    first_session, _, secret = (login().refresh_token or "").rpartition(".")
    second_session, _, _ = (login().refresh_token or "").rpartition(".")
    assert first_session != second_session

    with pytest.raises(NotSignedIn):
        sessions.refresh(f"{second_session}.{secret}", device=HOME, at=now())


def test_a_login_replaces_an_outdated_hash(ada):
    old = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(PASSWORD)
    client.write(users.password_hash_write(ada, old))

    login()

    stored = users.credential(EMAIL)
    assert stored
    assert stored.password_hash
    assert not password_hashing.is_outdated(stored.password_hash)
    login()


@pytest.fixture
def old_hash(ada):
    """Ada's password hash has outdated parameters."""
    old = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(PASSWORD)
    client.write(users.password_hash_write(ada, old))
    return replace(ada, password_hash=old)


@pytest.fixture
def meanwhile(monkeypatch):
    """Call a function after the password was checked and before the session is written."""

    def call_meanwhile(act):
        real = password_hashing.hashed

        def hashed(password):
            monkeypatch.setattr(password_hashing, "hashed", real)
            act()
            return real(password)

        monkeypatch.setattr(password_hashing, "hashed", hashed)

    return call_meanwhile


def test_concurrent_logins_that_replace_a_hash_succeed(old_hash, meanwhile):
    auth_results = []
    meanwhile(lambda: auth_results.append(login()))

    auth_results.append(login())

    assert len({auth_result.refresh_token for auth_result in auth_results}) == 2
    assert all(is_open(auth_result.refresh_token, now()) for auth_result in auth_results)
    stored = users.credential(EMAIL)
    assert stored
    assert stored.password_hash
    assert not password_hashing.is_outdated(stored.password_hash)
    counters = [
        item["attempts"]["N"]
        for item in client.dynamodb().scan(TableName="docket")["Items"]
        # That of everyone also counts logins that succeed.
        if "attempts" in item and "-everyone#" not in item["PK"]["S"]
    ]
    assert set(counters) == {"0"}


def test_a_login_fails_if_the_password_changes_meanwhile(old_hash, meanwhile):
    meanwhile(
        lambda: client.write(
            users.password_hash_write(old_hash, password_hashing.hashed("another password"))
        )
    )

    with pytest.raises(WrongCredentials):
        login()


def test_a_conflict_of_rate_limits_does_not_prevent_a_login(monkeypatch):
    write = client.write

    def fail_with_counters(*writes):
        written = [part.item if isinstance(part, Put) else part.key for part in writes]
        if {"SESSION", "RATE_LIMIT"} <= {key["PK"].partition("#")[0] for key in written}:
            raise ConcurrentChange
        write(*writes)

    monkeypatch.setattr(client, "write", fail_with_counters)

    assert table.is_open(tokens.read(login().access_token), at=now())


def test_a_counter_that_a_reset_deletes_does_not_prevent_a_login(old_hash, meanwhile):
    meanwhile(lambda: counters.forgive(EMAIL, at=now()))

    assert table.is_open(tokens.read(login().access_token), at=now())


def test_a_login_needs_five_table_calls_and_a_refresh_four_and_one_more_each_day(monkeypatch):
    calls = []
    client.dynamodb().meta.events.register(
        "before-call.dynamodb", lambda model, **_: calls.append(model.name)
    )

    auth_result = login()
    assert calls == ["GetItem", "TransactWriteItems", "UpdateItem", "GetItem", "TransactWriteItems"]

    calls.clear()
    login(device=replace(HOME, token=auth_result.device_token))
    assert calls == ["GetItem", "GetItem", "TransactWriteItems", "GetItem", "TransactWriteItems"]

    calls.clear()
    auth_result = refreshed(auth_result, now())
    assert calls == ["UpdateItem", "BatchGetItem", "GetItem", "UpdateItem"]

    calls.clear()
    refreshed(auth_result, now() + timedelta(days=1))
    assert calls == ["UpdateItem", "BatchGetItem", "GetItem", "UpdateItem", "UpdateItem"]


def test_a_disabled_account_opens_no_session():
    result = login()
    client.write(account_access.disable_write(result.user.id, at=now()))

    with pytest.raises(AccountDisabled):
        login()
    with pytest.raises(NotSignedIn):
        sessions.refresh(result.refresh_token or "", device=HOME, at=now())


def test_a_session_is_refreshed_until_its_absolute_end(monkeypatch):
    monkeypatch.setenv("DOCKET_SESSION_SECONDS", "5")
    config._load.cache_clear()
    at = now().replace(microsecond=0)
    result = login(at)

    later = sessions.refresh(result.refresh_token or "", device=HOME, at=at + timedelta(seconds=3))

    assert (result.refresh_seconds, later.refresh_seconds) == (5, 2)
    with pytest.raises(NotSignedIn):
        sessions.refresh(later.refresh_token or "", device=HOME, at=at + timedelta(seconds=6))


def owed_mails():
    items = (item for item in stored() if item["PK"].startswith("MAIL#"))
    return [(item["kind"], item["language"], item["params"]) for item in items]


def test_a_login_from_a_new_device_owes_one_mail_that_names_it():
    at = THEN + timedelta(days=1)
    firefox = RequestDevice(
        address="203.0.113.7",
        agent="Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
        place="Bern, CH",
        language="de",
    )

    first = login(at, device=firefox)
    login(at, device=replace(firefox, token=first.device_token))

    assert owed_mails() == [
        (
            "new_device",
            "de",
            {
                "time": "2026-11-03T09:30+00:00",
                "device": "Firefox, Windows",
                "place": "Bern, CH, 203.0.113.7",
            },
        )
    ]


def test_the_device_of_a_registration_causes_no_mail():
    login(THEN + timedelta(minutes=59))

    assert owed_mails() == []


def test_a_second_device_of_a_new_account_causes_a_mail():
    login(THEN)
    login(THEN + timedelta(minutes=1))

    assert [kind for kind, *_ in owed_mails()] == ["new_device"]


def test_the_first_device_of_an_account_that_is_not_new_causes_a_mail():
    login(THEN + timedelta(minutes=60))

    assert [kind for kind, *_ in owed_mails()] == ["new_device"]


def test_a_device_is_forgotten_a_year_after_its_last_login():
    first = login(THEN)
    again = replace(HOME, token=first.device_token)
    login(THEN + timedelta(days=364), device=again)
    login(THEN + timedelta(days=728), device=again)
    assert owed_mails() == []

    login(THEN + timedelta(days=1094), device=again)

    assert [kind for kind, *_ in owed_mails()] == ["new_device"]


def test_a_device_of_one_account_is_unknown_to_another():
    bob = a_credential("bob@example.com", id=BOB)
    users.add(replace(bob, password_hash=password_hashing.hashed(PASSWORD)))
    device = replace(HOME, token=login(THEN).device_token)

    result = sessions.login("bob@example.com", PASSWORD, device=device, at=THEN + timedelta(days=1))

    assert isinstance(result, AuthResult)
    assert result.device_token == device.token
    assert [kind for kind, *_ in owed_mails()] == ["new_device"]


def guess(device, at):
    try:
        login(at, device=device, password="a guess")
    except (WrongCredentials, TooManyTries) as refused:
        return type(refused)
    raise AssertionError


def test_strangers_with_any_number_of_networks_do_not_lock_out_a_known_device(monkeypatch):
    monkeypatch.setattr(rate_limits, "TOTAL_LIMIT", 3)
    at = now()
    home = replace(HOME, token=login(at).device_token)
    guesses = [guess(RequestDevice(address=f"198.51.{net}.1"), at) for net in range(4)]
    assert guesses == [WrongCredentials] * 3 + [TooManyTries]

    assert guess(RequestDevice(address="192.0.2.1"), at) is TooManyTries
    assert login(at, device=home).access_token


def test_guesses_from_a_known_device_are_limited():
    at = now()
    home = replace(HOME, token=login(at).device_token)

    guesses = [guess(home, at) for _ in range(rate_limits.OWNER_LIMIT + 1)]

    assert guesses == [WrongCredentials] * rate_limits.OWNER_LIMIT + [TooManyTries]
    assert login(at, device=HOME).access_token


def test_an_invented_device_token_is_counted_by_its_network():
    at = now()
    devices = [replace(HOME, token=f"{number:043}") for number in range(11)]

    assert [guess(device, at) for device in devices][-1] is TooManyTries


def test_a_reused_token_owes_one_mail(first):
    at = now()
    refresh(first, at)
    late = at + timedelta(minutes=1)

    assert [refresh(first, late), refresh(first, late)] == [None, None]

    assert [kind for kind, *_ in owed_mails() if kind != "new_device"] == ["session_reused"]


def test_a_lost_reply_to_the_end_of_a_reused_session_owes_one_mail(first):
    at = now()
    refresh(first, at)

    with lost_replies(2, skipped=2) as sent:
        refresh(first, at + timedelta(minutes=1))
    assert sent[2:] == ["TransactWriteItems"] * 3

    assert [kind for kind, *_ in owed_mails() if kind != "new_device"] == ["session_reused"]
    assert not is_open(first, at)


def test_refreshes_are_counted_by_session(first, monkeypatch):
    monkeypatch.setattr(rate_limits, "SESSION_REFRESH_LIMIT", 2)
    at, other = now(), login().refresh_token
    second = refresh(first, at)
    third = refresh(second, at)

    with pytest.raises(TooManyTries):
        sessions.refresh(third, device=HOME, at=at)
    assert refresh(other, at)
    assert refresh(third, at + rate_limits.WINDOW)


def test_forged_tokens_use_up_the_refreshes_of_their_network_only(first, monkeypatch):
    limits = {"refresh": {"network": 2, "site": 10, "everyone": 3}}
    monkeypatch.setenv("DOCKET_RATE_LIMITS", json.dumps(limits))
    config._load.cache_clear()
    at, (session, _, _) = now(), first.rpartition(".")
    forged = [f"{session}.{letter * 43}" for letter in "ABCD"]
    assert [refresh(token, at) for token in forged[:2]] == [None, None]

    for token in forged[2:]:
        with pytest.raises(TooManyTries):
            sessions.refresh(token, device=HOME, at=at)
    assert refresh(first, at)


def caller_of(result):
    return RefreshToken.parse(result.refresh_token).caller


def session_of(result):
    session = table.find_open(caller_of(result), at=now())
    assert session
    return session


def test_the_password_confirms_that_the_customer_is_present():
    result = login(now() - timedelta(hours=1))
    caller, at = caller_of(result), now()

    with pytest.raises(WrongCredentials):
        sessions.reauthenticate(caller, "a guess", at=at)
    assert session_of(result).verified_at < at

    sessions.reauthenticate(caller, PASSWORD, at=at)
    assert session_of(result).verified_at == at


def test_guesses_in_a_session_are_limited_and_strangers_do_not_count():
    at, result = now(), login()
    caller = tokens.read(result.access_token)
    for _ in range(rate_limits.NETWORK_LIMIT):
        guess(HOME, at)
    sessions.reauthenticate(caller, PASSWORD, at=at)

    for _ in range(rate_limits.OWNER_LIMIT):
        with pytest.raises(WrongCredentials):
            sessions.reauthenticate(caller, "a guess", at=at)

    with pytest.raises(TooManyTries):
        sessions.reauthenticate(caller, PASSWORD, at=at)


def test_a_session_that_has_ended_is_not_confirmed():
    result = login()
    caller = tokens.read(result.access_token)
    table.end(caller)

    with pytest.raises(NotSignedIn):
        sessions.reauthenticate(caller, PASSWORD, at=now())
