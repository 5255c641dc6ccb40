from dataclasses import replace
from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from docket import hashing, tokens
from docket.clock import now
from docket.domain.errors import Busy, NotSignedIn
from docket.domain.user import Device
from docket.sign_in.own import sessions
from docket.table import client, users
from docket.table import sessions as table
from tests.make_people import a_credential

pytestmark = pytest.mark.usefixtures("own")

EMAIL, PASSWORD = "ada@example.com", "seven purple bicycles"
HOME = Device(address="203.0.113.7", agent="a browser")
ADA = "01JD000000000000000000000A"


@pytest.fixture(autouse=True)
def ada(own):
    credential = replace(a_credential(EMAIL, id=ADA), password_hash=hashing.hashed(PASSWORD))
    return users.add(credential)


def enter(at=None):
    return sessions.enter(EMAIL, PASSWORD, device=HOME, at=at or now())


def test_an_entry_opens_a_session_that_its_access_token_names():
    entry = enter()

    assert table.is_open(tokens.read(entry.access_token), at=now())


def test_what_is_kept_of_a_refresh_token_is_its_hash_alone():
    entry = enter()

    items = client.dynamodb().scan(TableName="docket")["Items"]

    assert entry.refresh_token is not None
    assert entry.refresh_token.rpartition(".")[2] not in str(items)


def test_leaving_ends_this_session_and_no_other():
    here, there = enter(), enter()

    sessions.leave(tokens.read(here.access_token), None)

    assert not table.is_open(tokens.read(here.access_token), at=now())
    assert table.is_open(tokens.read(there.access_token), at=now())
    with pytest.raises(NotSignedIn):
        sessions.renew(here.refresh_token or "", at=now())


def test_renewing_stays_in_the_same_session_with_a_new_refresh_token():
    first = enter()

    second = sessions.renew(first.refresh_token or "", at=now())

    assert tokens.read(second.access_token) == tokens.read(first.access_token)
    assert second.refresh_token != first.refresh_token
    assert second.user == first.user


def test_a_used_refresh_token_ends_the_session_and_the_one_that_replaced_it():
    first = enter()
    second = sessions.renew(first.refresh_token or "", at=now())

    with pytest.raises(NotSignedIn):
        sessions.renew(first.refresh_token or "", at=now())

    with pytest.raises(NotSignedIn):
        sessions.renew(second.refresh_token or "", at=now())
    assert not table.is_open(tokens.read(second.access_token), at=now())


def test_a_session_that_lay_idle_too_long_is_over():
    entry = enter()

    with pytest.raises(NotSignedIn):
        sessions.renew(entry.refresh_token or "", at=now() + timedelta(days=30, seconds=1))


def test_a_refresh_token_of_anothers_session_is_good_for_nothing():
    mine, _, secret = (enter().refresh_token or "").rpartition(".")
    theirs, _, _ = (enter().refresh_token or "").rpartition(".")
    assert mine != theirs

    with pytest.raises(NotSignedIn):
        sessions.renew(f"{theirs}.{secret}", at=now())


def test_an_old_kind_of_hash_is_replaced_when_its_password_is_given(ada):
    old = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(PASSWORD)
    client.write(users.new_hash(ada, old))

    enter()

    known = users.credential(EMAIL)
    assert known is not None
    assert not hashing.is_outdated(known.password_hash)
    enter()


def test_others_who_sign_in_from_the_same_network_at_that_moment_keep_nobody_out(monkeypatch):
    write = client.write

    def contended(*writes):
        if len(writes) > 2:
            raise Busy
        write(*writes)

    monkeypatch.setattr(client, "write", contended)

    assert table.is_open(tokens.read(enter().access_token), at=now())


def test_signing_in_takes_three_calls_of_the_table_and_renewing_two(monkeypatch):
    calls = []
    client.dynamodb().meta.events.register(
        "before-call.dynamodb", lambda model, **_: calls.append(model.name)
    )

    entry = enter()
    assert calls == ["TransactWriteItems", "GetItem", "TransactWriteItems"]

    calls.clear()
    sessions.renew(entry.refresh_token or "", at=now())
    assert calls == ["UpdateItem", "GetItem"]
