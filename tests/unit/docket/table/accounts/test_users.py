from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from docket.domain.errors import EmailTaken
from docket.table.accounts import users
from docket.table.accounts.users import Reservation
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
