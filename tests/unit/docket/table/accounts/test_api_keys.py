from dataclasses import replace
from datetime import timedelta

import pytest

from docket.domain.accounts.api_key import MAX_KEYS, UsableKey
from docket.domain.errors import ApiKeyNotFound, TooManyKeys
from docket.table import client, keys
from docket.table.accounts import account_access, api_keys
from docket.table.client import Delete, Update
from docket.table.documents import sample_orders
from tests.make import an_event, an_order
from tests.make_people import THEN, a_mail, an_api_key

KEY = an_api_key()
LATER = THEN + timedelta(hours=3)


@pytest.fixture(autouse=True)
def created(table):
    api_keys.create(KEY, a_mail())


def find(at=THEN, key=KEY):
    usable = api_keys.find_usable(key.hash, at=at)
    return usable and usable.key


def test_a_key_is_found_by_its_hash():
    assert find() == KEY
    assert api_keys.find_usable("b" * 64, at=THEN) is None


def test_a_test_key_is_found_with_the_sample_order_of_its_account():
    test_key = an_api_key(id="K2", hash="b" * 64, mode="test")
    api_keys.create(test_key, a_mail(id="M2"))
    assert api_keys.find_usable(test_key.hash, at=THEN) == UsableKey(key=test_key)

    sample = replace(an_order(), is_sample=True)
    sample_orders.create_once(sample, [], an_event())

    assert api_keys.find_usable(test_key.hash, at=THEN) == UsableKey(
        key=test_key, sample_order_id=sample.id
    )
    assert api_keys.find_usable(KEY.hash, at=THEN) == UsableKey(key=KEY)


def test_a_key_of_a_release_before_test_keys_is_live():
    stored = keys.api_key(KEY.hash)
    client.update(Update(key=stored, condition="attribute_exists(PK)", remove=[("mode",)]))

    assert find() == KEY
    assert KEY.mode == "live"


def test_an_expired_key_is_not_usable():
    assert find(KEY.expires_at) is None
    assert find(KEY.expires_at - timedelta(seconds=1)) == KEY


def test_the_end_of_all_sessions_leaves_keys():
    client.write(account_access.end_sessions_write("ada", at=LATER))

    assert find() == KEY


def test_keys_end_with_all_sessions_where_it_is_wanted():
    client.write(account_access.end_sessions_write("ada", at=LATER, with_keys=True))

    assert find() is None


def test_a_key_that_was_created_later_is_usable():
    client.write(account_access.end_sessions_write("ada", at=THEN, with_keys=True))
    generation = account_access.find("ada").key_generation
    later = an_api_key(id="K2", hash="b" * 64, created_at=LATER, generation=generation)
    api_keys.create(later, a_mail(id="M2"))

    assert find(LATER, later) == later


def test_a_key_is_refused_while_its_account_is_disabled():
    client.write(account_access.disable_write("ada", at=LATER))
    assert find() is None

    client.write(account_access.enable_write("ada"))
    assert find() == KEY


def test_a_key_is_refused_once_its_account_is_being_deleted():
    client.write(account_access.deleting_write("ada", at=LATER))

    assert find() is None


def test_a_key_is_refused_where_the_account_has_no_list_of_it():
    client.write(Delete(key=keys.listed_api_key("ada", KEY.id)))

    assert find() is None


def test_a_use_is_recorded():
    assert api_keys.record_use(KEY, at=LATER)

    assert find() == replace(KEY, last_used_at=LATER)


def test_a_use_does_not_restore_a_revoked_key():
    api_keys.revoke("ada", KEY.id)

    assert not api_keys.record_use(KEY, at=LATER)
    assert find() is None


def test_a_revoked_key_is_not_found():
    api_keys.revoke("ada", KEY.id)

    with pytest.raises(ApiKeyNotFound):
        api_keys.revoke("ada", KEY.id)


def test_an_account_has_a_limited_number_of_keys():
    for number in range(1, MAX_KEYS):
        another = an_api_key(id=f"K{number:02}", hash=f"{number:064}")
        api_keys.create(another, a_mail(id=f"M1{number}"))

    with pytest.raises(TooManyKeys):
        api_keys.create(an_api_key(id="K99", hash="c" * 64), a_mail(id="M99"))
    assert len(api_keys.of_user("ada")) == MAX_KEYS
