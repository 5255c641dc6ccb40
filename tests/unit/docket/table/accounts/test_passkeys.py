from dataclasses import replace
from datetime import timedelta

import pytest

from docket.domain.accounts.passkey import PasskeyUse
from docket.domain.errors import ConcurrentChange, LastPasskey, PasskeyNotFound, PasskeyRefused
from docket.table import client, keys
from docket.table.accounts import account_access, passkeys
from docket.table.client import ConditionFailed
from tests.make_people import THEN, a_mail, a_passkey

pytestmark = pytest.mark.usefixtures("table")

LATER = THEN + timedelta(minutes=5)
PASSKEY = a_passkey(sign_count=3)


def answered(challenge=b"C1", used_by="R1"):
    return passkeys.answered(challenge, until=LATER, used_by=used_by)


@pytest.fixture
def added():
    passkeys.add(PASSKEY, answered(), a_mail())


def use(count, used_by="R1", passkey=PASSKEY):
    write = passkeys.use_write(
        passkey, PasskeyUse(sign_count=count, is_synced=True), at=LATER, used_by=used_by
    )
    client.write(write)


def test_a_passkey_is_found_as_it_was_added(added):
    assert passkeys.find("ada", PASSKEY.id) == PASSKEY
    assert passkeys.of_user("ada") == [PASSKEY]
    assert passkeys.of_user("eve") == []
    assert passkeys.find("eve", PASSKEY.id) is None


def test_neither_a_passkey_nor_a_challenge_is_used_twice_to_add(added):
    other = a_passkey(id="b" * 32)

    with pytest.raises(PasskeyRefused):
        passkeys.add(replace(PASSKEY, name="Another"), answered(b"C2"), a_mail(id="M2"))
    with pytest.raises(PasskeyRefused):
        passkeys.add(other, answered(used_by="R2"), a_mail(id="M2"))
    passkeys.add(other, answered(b"C2"), a_mail(id="M2"))


def test_a_use_is_recorded(added):
    use(4)

    assert passkeys.find("ada", PASSKEY.id) == replace(
        PASSKEY, sign_count=4, is_synced=True, used_at=LATER
    )


def test_a_new_name_changes_nothing_else(added):
    use(4)
    before = passkeys.find("ada", PASSKEY.id)

    renamed = passkeys.rename("ada", PASSKEY.id, "Old laptop")

    assert before
    assert renamed == passkeys.find("ada", PASSKEY.id) == replace(before, name="Old laptop")


def test_a_passkey_that_is_not_the_accounts_is_not_renamed(added):
    with pytest.raises(PasskeyNotFound):
        passkeys.rename("eve", PASSKEY.id, "Mine")

    assert passkeys.of_user("eve") == []
    assert passkeys.find("ada", PASSKEY.id) == PASSKEY


@pytest.mark.parametrize("count", [0, 2, 3])
def test_a_count_that_has_not_grown_is_refused(added, count):
    with pytest.raises(ConditionFailed):
        use(count)


def test_a_device_that_counts_nothing_is_used_again_and_again():
    uncounted = a_passkey()
    passkeys.add(uncounted, answered(), a_mail())

    for request in ("R1", "R2"):
        use(0, request, uncounted)


def test_a_removed_passkey_is_not_used(added):
    assert passkeys.remove(PASSKEY, a_mail(id="M2"), least=0)

    with pytest.raises(ConditionFailed):
        use(4)
    assert not passkeys.remove(PASSKEY, a_mail(id="M3"), least=0)
    assert (client.get(keys.passkey_count("ada")) or {})["count"] == 0


def test_the_last_passkey_stays_if_one_must(added):
    other = a_passkey(id="b" * 32)
    passkeys.add(other, answered(b"C2"), a_mail(id="M2"))

    assert passkeys.remove(other, a_mail(id="M3"), least=1)
    with pytest.raises(LastPasskey):
        passkeys.remove(PASSKEY, a_mail(id="M4"), least=1)

    assert passkeys.of_user("ada") == [PASSKEY]
    assert passkeys.count("ada") == 1
    assert passkeys.remove(PASSKEY, a_mail(id="M4"), least=0)


def test_an_account_without_passkeys_is_known_as_such(added):
    client.write(passkeys.has_some("ada"))
    passkeys.remove(PASSKEY, a_mail(id="M2"), least=0)

    for user_id in ("ada", "eve"):
        with pytest.raises(ConditionFailed):
            client.write(passkeys.has_some(user_id))


def test_a_removal_whose_effect_is_refused_removes_nothing(added):
    client.write(account_access.deleting_write("ada", at=THEN))
    refused = account_access.end_sessions_write("ada", at=LATER)

    with pytest.raises(ConcurrentChange):
        passkeys.remove(PASSKEY, a_mail(id="M2"), refused, least=0)
    assert passkeys.find("ada", PASSKEY.id)


def test_all_passkeys_are_removed_if_they_are_those_that_were_found(added):
    other = a_passkey(id="b" * 32)
    found = passkeys.of_user("ada")
    passkeys.add(other, answered(b"C2"), a_mail(id="M2"))

    with pytest.raises(ConditionFailed):
        client.write(*passkeys.remove_all_writes("ada", found))
    assert passkeys.remove(other, a_mail(id="M3"), least=0)
    client.write(*passkeys.remove_all_writes("ada", found))

    assert passkeys.of_user("ada") == []
    assert passkeys.count("ada") == 0
    passkeys.add(other, answered(b"C3"), a_mail(id="M4"))
    assert passkeys.count("ada") == 1


def test_an_answered_challenge_is_stored_as_a_hash_until_it_has_expired():
    item = answered().item

    assert "C1" not in repr(item)
    assert item["ttl"] > LATER.timestamp()


def test_no_passkey_is_a_condition_of_removing_none(added):
    nothing = passkeys.remove_all_writes("ada", [])

    with pytest.raises(ConditionFailed):
        client.write(*nothing)
    client.write(*passkeys.remove_all_writes("ada", passkeys.of_user("ada")))
    client.write(*nothing)
    client.write(passkeys.has_none("eve"))
