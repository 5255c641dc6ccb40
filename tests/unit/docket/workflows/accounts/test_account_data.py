import pytest

from docket.domain.accounts.export import Export
from docket.domain.accounts.mail import SuppressionReason
from docket.domain.accounts.one_time_link import LinkPurpose
from docket.domain.errors import NotSignedIn
from docket.table import client
from docket.table.accounts import mails, one_time_links, suppressions, users
from docket.workflows.accounts import account_data
from tests.make import THEN
from tests.make_people import a_credential, a_mail

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


def test_the_mails_of_an_account_are_exported_whatever_their_mailbox():
    users.add(a_credential(email_verified=True))
    client.write(
        mails.put(a_mail(NEW_ADDRESS, id="M1")),
        mails.put(a_mail(NEW_ADDRESS, id="M2", to=NEW_ADDRESS, requested_by="ada")),
        mails.put(a_mail(id="M3")),
        mails.put(a_mail(id="M4", to="Ada@example.com", requested_by="eve")),
    )

    assert [mail.id for mail in account_data.of_export(EXPORT, []).mails] == ["M2", "M3"]


def test_an_account_learns_nothing_about_a_mailbox_that_may_be_somebody_elses():
    users.add(a_credential())
    _, link = one_time_links.create(
        LinkPurpose.RESET_PASSWORD, a_credential().user, "ada@example.com", at=THEN
    )
    client.write(mails.put(a_mail()), one_time_links.put(link))
    suppressions.suppress(a_mail().mailbox, SuppressionReason.COMPLAINT, at=THEN)

    data = account_data.of_export(EXPORT, [])

    assert (data.links, data.mails, data.suppression) == ([], [], None)


def test_an_account_that_is_gone_is_not_exported():
    with pytest.raises(NotSignedIn):
        account_data.of_export(EXPORT, [])
