import pytest

from docket.domain.accounts.address_change import AddressChange
from docket.domain.accounts.export import Export
from docket.domain.errors import NotSignedIn
from docket.table import client
from docket.table.accounts import address_changes, mails, users
from docket.workflows.accounts import account_data
from tests.make import THEN
from tests.make_people import a_credential, a_mail, a_user

pytestmark = pytest.mark.usefixtures("table")

EXPORT = Export.requested("E1", "ada", "en", at=THEN)
NEW_ADDRESS = "lovelace@example.com"


def test_an_account_without_anything_has_its_profile():
    users.add(a_credential())

    data = account_data.of_export(EXPORT, [])

    assert data.profile.email == "ada@example.com"
    assert (data.second_factor, data.address_change, data.suppression) == (None, None, None)
    assert (data.sessions, data.devices, data.links, data.mails, data.orders) == (
        [],
        [],
        [],
        [],
        [],
    )


def test_the_mails_of_another_account_with_the_wanted_address_are_left_out():
    users.add(a_credential())
    client.write(
        address_changes.put(AddressChange.requested("C1", a_user(), NEW_ADDRESS, at=THEN)),
        mails.put(a_mail(NEW_ADDRESS, id="M1")),
        mails.put(a_mail(NEW_ADDRESS, id="M2", to=NEW_ADDRESS, owner="ada")),
    )

    assert [mail.id for mail in account_data.of_export(EXPORT, []).mails] == ["M2"]


def test_an_account_that_is_gone_is_not_exported():
    with pytest.raises(NotSignedIn):
        account_data.of_export(EXPORT, [])
