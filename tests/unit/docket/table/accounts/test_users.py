from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from docket.domain.errors import EmailTaken
from docket.table import client, keys
from docket.table.accounts import users
from docket.table.accounts.users import Reservation
from docket.table.client import ConditionFailed, Update
from tests.make_people import THEN, a_credential

pytestmark = pytest.mark.usefixtures("table")


def test_an_account_is_found_by_its_id_and_by_its_address():
    ada = a_credential("Ada@example.com")

    assert users.add(ada) is ada

    assert users.credential("ada@example.com") == ada
    assert users.find(ada.user.id) == ada.user
    assert users.credential("eve@example.com") is None


def test_a_second_account_with_the_address_is_not_stored():
    first, second = (
        a_credential("ada@example.com", id="U1"),
        a_credential("ADA@example.com", id="U2"),
    )
    users.add(first)

    assert users.add(second) == first

    assert users.find("U2") is None


@pytest.mark.usefixtures("atomic")
def test_concurrent_accounts_with_one_address_store_one():
    credentials = [a_credential("ada@example.com", id=f"U{number}") for number in range(8)]

    with ThreadPoolExecutor(8) as threads:
        stored = list(threads.map(users.add, credentials))

    assert len({credential.user.id for credential in stored}) == 1
    assert sum(users.find(credential.user.id) is not None for credential in credentials) == 1


def test_a_new_name_is_stored_everywhere():
    ada = a_credential("ada@example.com")
    users.add(ada)

    renamed = users.rename(ada.user, "Ada Lovelace")

    assert renamed.full_name == "Ada Lovelace"
    assert users.find(ada.user.id) == renamed
    stored = users.credential("ada@example.com")
    assert stored is not None
    assert stored.user == renamed


def test_a_reservation_excludes_other_requests_until_it_expires():
    assert users.reserve("ada@example.com", "mine", at=THEN) == Reservation(since=THEN)
    with pytest.raises(EmailTaken):
        users.reserve("ada@example.com", "theirs", at=THEN + timedelta(seconds=59))
    again = users.reserve("ada@example.com", "mine", at=THEN + timedelta(hours=1))
    assert again == Reservation(since=THEN, repeated_from=THEN)

    next_one = users.reserve("ada@example.com", "theirs", at=THEN + timedelta(seconds=61))
    assert next_one == Reservation(since=THEN)


def test_a_removed_password_is_stored_everywhere():
    ada = users.add(a_credential())

    client.write(*users.remove_password_writes(ada))

    without = replace(ada.user, has_password=False, version=1)
    assert users.find(ada.user.id) == without
    assert users.credential(ada.address) == replace(ada, user=without, password_hash=None)


def test_a_password_of_another_version_is_not_removed():
    ada = users.add(a_credential())
    client.write(*users.password_writes(ada, "new"))

    with pytest.raises(ConditionFailed):
        client.write(*users.remove_password_writes(ada))


def test_an_account_moves_without_its_password():
    ada = users.add(a_credential())
    client.write(*users.remove_password_writes(ada))
    removed = users.credential(ada.address)
    assert removed

    client.write(*users.move_writes(removed, "lovelace@example.com"))

    moved = users.credential("lovelace@example.com")
    assert moved
    assert (moved.password_hash, moved.user.has_password) == (None, False)


def test_an_account_from_before_passwords_were_removed_has_one():
    ada = users.add(a_credential())
    for key in (keys.user(ada.user.id), keys.credential(ada.address)):
        client.update(Update(key=key, condition="attribute_exists(PK)", remove=[("has_password",)]))

    assert users.find(ada.user.id) == ada.user
    assert users.credential(ada.address) == ada
