from dataclasses import replace

import pytest

from docket.domain.accounts.user import User
from docket.table import client, keys
from docket.table.accounts import account_retention, users
from docket.table.accounts.pool import pool_profiles
from docket.table.client import ConditionFailed
from tests.make import THEN

pytestmark = pytest.mark.usefixtures("table")

ADA = User(id="ada", email="ada@example.com", full_name="Ada", created_at=THEN)


def test_a_user_of_the_pool_without_a_profile_is_unchanged():
    assert pool_profiles.merged(ADA) == ADA
    assert pool_profiles.merged(None) is None


def test_a_sign_in_makes_the_profile_and_updates_its_copy():
    client.write(pool_profiles.unchanged_write(ADA))
    assert users.find("ada") == ADA

    renamed = replace(ADA, email="lovelace@example.com", full_name=None, email_verified=True)
    client.write(pool_profiles.unchanged_write(renamed))
    assert users.find("ada") == renamed


def test_the_pool_decides_about_address_and_name():
    changed = replace(ADA, second_factor=True)
    client.write(pool_profiles.change_write(changed, "C1", "second_factor"))

    renamed = replace(ADA, full_name="Ada Lovelace")
    assert pool_profiles.merged(renamed) == replace(renamed, second_factor=True, version=1)


def test_a_change_voids_what_was_read_before():
    client.write(pool_profiles.change_write(ADA, "C1"))

    for write in (pool_profiles.change_write(ADA, "C2"), pool_profiles.unchanged_write(ADA)):
        with pytest.raises(ConditionFailed):
            client.write(write)


@pytest.mark.parametrize("is_in_profile", [True, False])
def test_the_profile_decides_whether_the_address_is_verified(is_in_profile):
    client.write(pool_profiles.unchanged_write(replace(ADA, email_verified=is_in_profile)))

    for is_in_pool in (True, False):
        found = pool_profiles.merged(replace(ADA, email_verified=is_in_pool))
        assert found == replace(ADA, email_verified=is_in_profile)


@pytest.mark.parametrize(
    ("is_in_profile", "is_in_pool", "is_verified"),
    [(True, True, True), (True, False, False), (False, True, False)],
)
def test_another_address_is_verified_if_pool_and_profile_say_so(
    is_in_profile, is_in_pool, is_verified
):
    client.write(pool_profiles.unchanged_write(replace(ADA, email_verified=is_in_profile)))

    moved = replace(ADA, email="lovelace@example.com", email_verified=is_in_pool)
    assert pool_profiles.merged(moved) == replace(moved, email_verified=is_verified)


def test_nothing_that_was_read_before_takes_a_verification_back():
    client.write(pool_profiles.unchanged_write(ADA))
    client.write(pool_profiles.verify_write(ADA))

    with pytest.raises(ConditionFailed):
        client.write(pool_profiles.unchanged_write(ADA))
    pool_profiles.rename(replace(ADA, full_name="Lovelace"))
    client.write(
        pool_profiles.change_write(replace(ADA, second_factor=True), "C1", "second_factor")
    )

    verified = replace(ADA, full_name="Lovelace", email_verified=True)
    assert users.find("ada") == replace(verified, second_factor=True, version=1)


def test_a_verification_makes_the_profile():
    pool_profiles.verify_if_present(ADA)
    assert users.find("ada") is None

    client.write(pool_profiles.verify_write(ADA))

    assert users.find("ada") == replace(ADA, email_verified=True)
    assert pool_profiles.is_in_pool("ada")


def test_a_profile_that_is_present_is_verified():
    client.write(pool_profiles.unchanged_write(ADA))

    pool_profiles.verify_if_present(ADA)

    assert users.find("ada") == replace(ADA, email_verified=True)


def test_an_account_is_the_one_that_was_read_or_not():
    client.write(pool_profiles.unchanged_check(ADA))
    client.write(pool_profiles.change_write(ADA, "C1"))

    client.write(pool_profiles.unchanged_check(replace(ADA, version=1)))
    with pytest.raises(ConditionFailed):
        client.write(pool_profiles.unchanged_check(ADA))


def test_another_name_makes_no_profile_and_changes_no_other_version():
    pool_profiles.rename(ADA)
    assert users.find("ada") is None

    client.write(pool_profiles.change_write(ADA, "C1"))
    pool_profiles.rename(replace(ADA, full_name="Eve"))
    assert users.find("ada") == replace(ADA, version=1)

    pool_profiles.rename(replace(ADA, full_name="Lovelace", version=1))
    assert users.find("ada") == replace(ADA, full_name="Lovelace", version=1)


def test_a_profile_is_owed_a_look_at_its_retention():
    assert not pool_profiles.is_in_pool("ada")

    client.write(pool_profiles.unchanged_write(ADA))

    item = client.get(keys.user("ada"))
    assert item
    assert item.items() >= account_retention.owed(ADA).items()
    assert pool_profiles.is_in_pool("ada")
