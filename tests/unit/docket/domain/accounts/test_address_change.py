from datetime import timedelta

import pytest

from docket.domain.accounts.address_change import AddressChange
from docket.domain.accounts.one_time_link import LinkPurpose
from tests.make_people import THEN, a_user

NEW, OLD = LinkPurpose.CONFIRM_NEW_ADDRESS, LinkPurpose.CONFIRM_OLD_ADDRESS


VERIFIED, UNVERIFIED = a_user(email_verified=True), a_user(email_verified=False)
CHANGE = AddressChange.requested("C1", UNVERIFIED, "Lovelace@EXAMPLE.com", at=THEN)


@pytest.mark.parametrize(("first", "second"), [(OLD, NEW), (NEW, OLD)])
def test_a_change_is_complete_when_both_addresses_have_confirmed(first, second):
    later = THEN + timedelta(minutes=5)

    once = CHANGE.confirmed(first, at=later)

    assert not once.is_complete(VERIFIED)
    assert once.confirmed(second, at=later).is_complete(VERIFIED)
    assert not once.confirmed(first, at=later).is_complete(VERIFIED)


def test_an_address_that_is_not_verified_need_not_confirm():
    assert CHANGE.confirmed(NEW, at=THEN).is_complete(UNVERIFIED)
    assert not CHANGE.confirmed(OLD, at=THEN).is_complete(UNVERIFIED)


def test_an_address_that_was_verified_since_the_request_confirms():
    assert not CHANGE.confirmed(NEW, at=THEN).is_complete(VERIFIED)


def test_the_new_address_is_normalized():
    assert CHANGE.new_address == "lovelace@example.com"
