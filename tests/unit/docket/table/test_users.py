from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from docket.domain.errors import EmailTaken
from docket.table import users
from tests.make_people import THEN, a_credential

pytestmark = pytest.mark.usefixtures("table")


def test_an_account_is_found_by_its_id_and_by_its_address():
    ada = a_credential("Ada@example.com")

    assert users.add(ada) is ada

    assert users.credential("ada@example.com") == ada
    assert users.find(ada.user.id) == ada.user
    assert users.credential("eve@example.com") is None


def test_an_address_belongs_to_who_was_first_and_the_second_leaves_nothing():
    first, second = (
        a_credential("ada@example.com", id="U1"),
        a_credential("ADA@example.com", id="U2"),
    )
    users.add(first)

    assert users.add(second) == first

    assert users.find("U2") is None


@pytest.mark.usefixtures("atomic")
def test_of_many_who_want_an_address_at_once_one_gets_it():
    wanted = [a_credential("ada@example.com", id=f"U{number}") for number in range(8)]

    with ThreadPoolExecutor(8) as threads:
        standing = list(threads.map(users.add, wanted))

    assert len({credential.user.id for credential in standing}) == 1
    assert sum(users.find(credential.user.id) is not None for credential in wanted) == 1


def test_a_new_name_stands_wherever_the_old_one_stood():
    ada = a_credential("ada@example.com")
    users.add(ada)

    renamed = users.rename(ada.user, "Ada Lovelace")

    assert renamed.full_name == "Ada Lovelace"
    assert users.find(ada.user.id) == renamed
    known = users.credential("ada@example.com")
    assert known is not None
    assert known.user == renamed


def test_a_reservation_keeps_others_out_until_it_lapses_and_knows_its_own_request():
    assert users.reserve("ada@example.com", "mine", at=THEN) is False
    with pytest.raises(EmailTaken):
        users.reserve("ada@example.com", "theirs", at=THEN + timedelta(seconds=59))
    assert users.reserve("ada@example.com", "mine", at=THEN + timedelta(hours=1)) is True

    assert users.reserve("ada@example.com", "theirs", at=THEN + timedelta(seconds=61)) is False
