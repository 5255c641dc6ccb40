from dataclasses import replace

import pytest

from docket.domain.accounts.address_change import AddressChange
from docket.domain.accounts.one_time_link import LinkPurpose
from docket.table import client
from docket.table.accounts import address_changes
from docket.table.client import ConditionFailed
from tests.make_people import THEN, a_user

pytestmark = pytest.mark.usefixtures("table")

NEW, OLD = LinkPurpose.CONFIRM_NEW_ADDRESS, LinkPurpose.CONFIRM_OLD_ADDRESS
CHANGE = AddressChange.requested("C1", a_user(email_verified=True), "lovelace@example.com", at=THEN)


def test_a_later_change_replaces_an_earlier_one():
    later = replace(CHANGE, id="C2")
    for change in (CHANGE, later):
        client.write(address_changes.put(change))

    assert address_changes.find("ada") == later
    with pytest.raises(ConditionFailed):
        client.write(address_changes.remove_write(CHANGE))
    client.write(address_changes.remove_write(later))
    assert address_changes.find("ada") is None


def test_only_the_first_confirmation_is_recorded():
    client.write(address_changes.put(CHANGE))

    client.write(address_changes.confirm_write(CHANGE, NEW, at=THEN))

    stored = address_changes.find("ada")
    assert stored == CHANGE.confirmed(NEW, at=THEN)
    with pytest.raises(ConditionFailed):
        client.write(address_changes.confirm_write(CHANGE, OLD, at=THEN))
