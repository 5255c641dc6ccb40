from datetime import timedelta

import pytest

from docket.domain.address_change import AddressChange
from docket.domain.one_time_link import LinkPurpose
from tests.make_people import THEN, a_user

NEW, OLD = LinkPurpose.CONFIRM_NEW_ADDRESS, LinkPurpose.CONFIRM_OLD_ADDRESS


def a_change(*, verified):
    user = a_user(email_verified=verified)
    return AddressChange.requested("C1", user, "Lovelace@EXAMPLE.com", at=THEN)


@pytest.mark.parametrize(("first", "second"), [(OLD, NEW), (NEW, OLD)])
def test_a_change_is_complete_when_both_addresses_have_confirmed(first, second):
    later = THEN + timedelta(minutes=5)

    once = a_change(verified=True).confirmed(first, at=later)

    assert not once.is_complete
    assert once.confirmed(second, at=later).is_complete
    assert not once.confirmed(first, at=later).is_complete


def test_an_address_that_is_not_verified_need_not_confirm():
    assert a_change(verified=False).confirmed(NEW, at=THEN).is_complete


def test_the_new_address_is_normalized():
    assert a_change(verified=True).new_address == "lovelace@example.com"
