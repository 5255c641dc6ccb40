from dataclasses import replace

import pytest

from docket.auth import accounts
from docket.domain.accounts.mail import MailKind, SuppressionReason
from docket.gateways import mail as ses
from docket.runtime.clock import now
from docket.runtime.logging import HandlerFailed
from docket.schemas.accounts.auth import RegisterRequest
from docket.table import client, keys
from docket.table.accounts import mails, suppressions
from functions.events import dispatch, send_mail
from tests.make_people import a_mail
from tests.table_state import item_at

pytestmark = pytest.mark.usefixtures("mailbox", "identity_provider")

PASSWORD = "seven purple bicycles"


class Context:
    def get_remaining_time_in_millis(self):
        return 60_000


@pytest.fixture
def mail(mailbox, identity_provider):
    """A mail that is owed to a registered customer."""
    registration = RegisterRequest(email="ada@example.com", password=PASSWORD)
    accounts().register(registration, key=None, at=now())
    mail = a_mail(created_at=now())
    client.write(mails.put(mail))
    return mail


@pytest.fixture
def minute(queues):
    """A run of the dispatch, and of the function with what waits then."""

    def minute():
        dispatch.handler({}, None)
        return send_mail.handler({"Records": queues["mail"].deliver()}, Context())

    return minute


def test_a_mail_that_is_due_is_sent(mail, minute, mailbox):
    assert minute() == {"batchItemFailures": []}

    assert [to for to, *_ in mailbox.receive()] == ["ada@example.com"]
    assert client.get(keys.mail(mail.mailbox, mail.id)) is None


def test_a_mail_that_is_not_accepted_is_owed_on(mail, minute, mailbox, monkeypatch):
    def refuse(_message):
        raise ses.NotSent

    monkeypatch.setattr(ses, "send", refuse)

    assert minute() == {"batchItemFailures": []}

    assert item_at(keys.mail(mail.mailbox, mail.id))["failures"]["count"] == 1


def test_a_suppressed_address_gets_none(mail, minute, mailbox):
    suppressions.suppress(mail.mailbox, SuppressionReason.BOUNCE, at=now())

    minute()

    assert mailbox.receive() == []


def test_a_malformed_message_is_delivered_again():
    record = {"messageId": "1", "body": "{}", "attributes": {"ApproximateReceiveCount": "1"}}

    with pytest.raises(HandlerFailed):
        send_mail.handler({"Records": [record]}, Context())


def test_a_mail_with_a_link_is_sent(mail, minute, mailbox):
    linked = replace(mail, id="M2", kind=MailKind.RESET_PASSWORD)
    client.write(mails.put(linked))

    assert minute() == {"batchItemFailures": []}

    assert len(mailbox.receive()) == 2


def test_a_mail_to_another_mailbox_is_of_the_account_that_it_names(mail, minute, mailbox):
    owner = accounts().find_by_address("ada@example.com")
    assert owner
    linked = replace(
        mail,
        id="M2",
        kind=MailKind.CONFIRM_NEW_ADDRESS,
        to="new@example.com",
        owner=owner.id,
        params={"old_address": "ada@example.com"},
    )
    client.write(mails.put(linked))

    minute()

    assert {to for to, *_ in mailbox.receive()} == {"ada@example.com", "new@example.com"}
