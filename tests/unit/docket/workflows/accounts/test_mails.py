import re
from datetime import timedelta

import pytest

from docket.domain import rate_limits
from docket.domain.accounts.deletion import Deletion
from docket.domain.accounts.mail import (
    CONFIRMATION_WAIT,
    MAIL_DEADLINE,
    PARAMETERS,
    MailKind,
    SuppressionReason,
)
from docket.domain.accounts.one_time_link import LinkPurpose
from docket.domain.debt import CLAIM, MAIL_BACK_OFF, DebtClass
from docket.domain.rate_limits import CHANGE_WINDOW
from docket.gateways import debt_queues
from docket.gateways import mail as ses
from docket.gateways.mail import Report
from docket.runtime import config
from docket.table import client, debts, keys
from docket.table.accounts import deletions, one_time_links, suppressions, users
from docket.table.accounts import mails as mail_table
from docket.table.client import Put
from docket.workflows.accounts import mails
from docket.workflows.debts import claims
from tests.make import THEN, an_audit_context
from tests.make_people import a_credential, a_mail

pytestmark = pytest.mark.usefixtures("mailbox", "jwt_stage")

MAIL = a_mail()
MINUTE = timedelta(minutes=1)


@pytest.fixture
def ada(mailbox, jwt_stage):
    users.add(a_credential("Ada@example.com"))


def request(mail=MAIL):
    client.write(mail_table.put(mail))


def stored(mail=MAIL):
    return client.get(keys.mail(mail.mailbox, mail.id))


def send_due(at):
    """Settle what is due at that time, as the worker does. Returns whether each was settled."""
    due = [
        seen
        for shard in range(keys.SHARDS)
        for seen in debts.due(DebtClass.MAIL, shard, by=at, limit=10)
    ]
    kinds = {keys.MAILS: mails.settle}
    return [claims.settle(seen, an_audit_context("worker", at), kinds=kinds) for seen in due]


@pytest.fixture
def failing(monkeypatch):
    """Let calls of SES fail. Returns the function that ends that."""
    send = ses.send

    def fail(error, *, after_sending=False):
        def failing_send(message):
            if after_sending:
                send(message)
            raise error

        monkeypatch.setattr(ses, "send", failing_send)
        return lambda: monkeypatch.setattr(ses, "send", send)

    return fail


@pytest.mark.usefixtures("ada")
def test_a_mail_goes_to_the_stored_address_and_is_owed_no_more(mailbox):
    request()

    assert send_due(THEN) == [True]

    ((to, subject, body),) = mailbox.receive()
    assert to == "Ada@example.com"
    assert subject == "You already have an account"
    assert "https://docket.example.com/login" in body
    assert stored() is None


def test_a_mail_to_an_address_without_an_account_is_dropped(mailbox):
    request()

    assert send_due(THEN) == [True]

    assert mailbox.receive() == []
    assert stored() is None


def test_a_mail_to_a_named_mailbox_needs_no_account(mailbox):
    request(
        a_mail(
            kind=MailKind.ACCOUNT_DELETED,
            to="Eve@example.com",
            params={"time": THEN.isoformat()},
        )
    )

    send_due(THEN)

    assert [to for to, *_ in mailbox.receive()] == ["Eve@example.com"]


@pytest.mark.usefixtures("ada")
def test_a_mail_is_in_the_language_of_the_request(mailbox):
    request(a_mail(language="de"))

    send_due(THEN)

    assert [subject for _, subject, _ in mailbox.receive()] == ["Sie haben bereits ein Konto"]


@pytest.mark.usefixtures("ada")
def test_the_worker_is_called_at_once_and_the_dispatch_is_not_needed(queues, mailbox):
    mails.request(MAIL)

    (record,) = queues["mail"].deliver()
    message = debt_queues.parse(record["body"])
    seen = debts.DueKey(key={"PK": message.pk, "SK": message.sk}, due_key=message.due_key)
    kinds = {keys.MAILS: mails.settle}
    assert claims.settle(seen, an_audit_context("worker", THEN), kinds=kinds)
    assert claims.settle(seen, an_audit_context("worker", THEN), kinds=kinds)

    assert len(mailbox.receive()) == 1


@pytest.mark.usefixtures("ada")
def test_a_mail_whose_worker_could_not_be_called_is_sent_later(monkeypatch, mailbox):
    monkeypatch.setenv("DOCKET_MAIL_QUEUE_URL", "https://sqs.eu-central-1.amazonaws.com/1/none")
    config._load.cache_clear()

    mails.request(MAIL)
    send_due(THEN)

    assert len(mailbox.receive()) == 1


@pytest.mark.usefixtures("ada")
def test_a_mail_that_ses_does_not_accept_now_is_sent_after_a_minute(failing, mailbox):
    request()
    restore = failing(ses.NotSent("TooManyRequestsException"))

    assert send_due(THEN) == [False]
    assert send_due(THEN + MAIL_BACK_OFF[0] - timedelta(seconds=1)) == []
    restore()
    assert send_due(THEN + MAIL_BACK_OFF[0]) == [True]

    assert len(mailbox.receive()) == 1
    assert stored() is None


@pytest.mark.usefixtures("ada")
def test_a_mail_whose_reply_was_lost_is_not_sent_again_once_it_is_reported(failing, mailbox):
    request()
    restore = failing(ses.PossiblySent(), after_sending=True)
    assert send_due(THEN) == [False]
    restore()
    send_due(THEN + MINUTE)

    mails.follow(a_report(is_sent=True), an_audit_context("worker", THEN + 2 * MINUTE))

    assert send_due(THEN + CONFIRMATION_WAIT) == []
    assert len(mailbox.receive()) == 1


@pytest.mark.usefixtures("ada")
def test_a_mail_of_an_interrupted_worker_is_sent_again_if_no_report_arrives(mailbox):
    request()
    assert mail_table.start(MAIL, "interrupted", at=THEN)

    assert send_due(THEN + CLAIM) == [True]
    assert mailbox.receive() == []

    assert send_due(THEN + CONFIRMATION_WAIT) == [True]
    assert len(mailbox.receive()) == 1
    assert stored() is None


@pytest.mark.usefixtures("ada")
def test_a_mail_that_ses_refuses_is_dropped_and_counted(failing, mailbox, capsys):
    request()
    failing(ses.MailRefused("MessageRejected"))

    assert send_due(THEN) == [True]

    assert stored() is None
    assert '"MailRefused":[1.0]' in capsys.readouterr().out


@pytest.mark.usefixtures("ada")
def test_a_mail_that_nobody_could_send_for_days_is_dropped_and_counted(mailbox, capsys):
    request()

    assert send_due(THEN + MAIL_DEADLINE) == [True]

    assert mailbox.receive() == []
    assert stored() is None
    assert '"MailNotSent":[1.0]' in capsys.readouterr().out


@pytest.mark.usefixtures("ada")
def test_a_stage_without_a_sender_drops_its_mails_and_counts_them(monkeypatch, mailbox, capsys):
    monkeypatch.delenv("DOCKET_MAIL_SENDER")
    config._load.cache_clear()
    request()

    assert send_due(THEN) == [True]

    assert mailbox.receive() == []
    assert '"MailNotSent":[1.0]' in capsys.readouterr().out


def send_all(monkeypatch, kind, times):
    monkeypatch.setattr(rate_limits, "MAIL_DAY_LIMIT", 2)
    for number in range(times):
        request(a_mail(id=f"M{number}", kind=kind))
        send_due(THEN)


@pytest.mark.usefixtures("ada")
@pytest.mark.parametrize("kind", [MailKind.VERIFY_ADDRESS, MailKind.ADDRESS_TAKEN])
def test_a_stranger_cannot_flood_a_mailbox_all_day(kind, mailbox, monkeypatch, capsys):
    send_all(monkeypatch, kind, times=3)

    assert len(mailbox.receive()) == 2
    assert stored(a_mail(id="M2")) is None
    assert "MailNotSent" not in capsys.readouterr().out, "else anybody could cause an alarm"

    request(a_mail(id="M3", kind=kind, created_at=THEN + CHANGE_WINDOW))
    send_due(THEN + CHANGE_WINDOW)
    assert len(mailbox.receive()) == 1


@pytest.mark.usefixtures("ada")
def test_the_resets_by_which_an_owner_gets_in_are_not_limited_by_the_day(mailbox, monkeypatch):
    send_all(monkeypatch, MailKind.RESET_PASSWORD, times=3)

    assert len(mailbox.receive()) == 3


@pytest.mark.usefixtures("ada")
def test_a_mail_that_was_not_accepted_is_not_counted(mailbox, failing, monkeypatch):
    monkeypatch.setattr(rate_limits, "MAIL_DAY_LIMIT", 1)
    works_again = failing(ses.NotSent("TooManyRequestsException"))
    request(a_mail(kind=MailKind.VERIFY_ADDRESS))
    send_due(THEN)
    works_again()

    send_due(THEN + MAIL_BACK_OFF[0] + CLAIM)

    assert len(mailbox.receive()) == 1


def a_report(**fields):
    usual = {"mail_id": MAIL.id, "mailbox": MAIL.mailbox, "is_sent": False, "suppression": None}
    return Report(**{**usual, **fields})


@pytest.mark.usefixtures("ada")
@pytest.mark.parametrize("reason", SuppressionReason)
def test_an_address_that_bounces_or_complains_gets_no_mail(reason, mailbox, capsys):
    audit = an_audit_context("worker", THEN)
    mails.follow(a_report(suppression=reason), audit)
    mails.follow(a_report(suppression=reason), audit)
    request()

    assert send_due(THEN) == [True]

    assert mailbox.receive() == []
    assert stored() is None
    suppression = suppressions.find(MAIL.mailbox)
    assert suppression
    assert suppression.reason is reason
    assert '"MailSuppressed":[1.0]' in capsys.readouterr().out


def link_in(body):
    (link,) = re.findall(r'class="button" href="([^"]+)"', body)
    return link


@pytest.mark.usefixtures("ada")
def test_the_link_of_a_mail_works_for_its_recipient(mailbox):
    request(a_mail(kind=MailKind.RESET_PASSWORD))

    send_due(THEN)

    ((_, _, body),) = mailbox.receive()
    page, _, token = link_in(body).partition("#")
    link = one_time_links.find(token, LinkPurpose.RESET_PASSWORD, at=THEN)
    assert page == "https://docket.example.com/reset-password"
    assert (link.user_id, link.address) == ("ada", "ada@example.com")
    assert "30 minutes" in body


@pytest.mark.usefixtures("ada")
def test_the_link_in_a_mail_to_another_mailbox_is_of_the_named_account(mailbox):
    mail = a_mail(
        "new@example.com",
        kind=MailKind.CONFIRM_NEW_ADDRESS,
        to="New@example.com",
        owner="ada",
        about="change",
        params={"old_address": "Ada@example.com"},
    )
    request(mail)

    send_due(THEN)

    ((to, _, body),) = mailbox.receive()
    token = link_in(body).partition("#")[2]
    link = one_time_links.find(token, LinkPurpose.CONFIRM_NEW_ADDRESS, at=THEN)
    assert to == "New@example.com"
    assert (link.user_id, link.address, link.about) == ("ada", "new@example.com", "change")


def test_a_mail_whose_link_has_no_account_any_more_is_dropped(mailbox):
    request(a_mail(kind=MailKind.CONFIRM_NEW_ADDRESS, to="new@example.com", owner="nobody"))

    assert send_due(THEN) == [True]

    assert mailbox.receive() == []


@pytest.mark.usefixtures("ada")
def test_no_link_is_made_for_an_account_whose_deletion_has_begun(mailbox):
    deletion = Deletion(
        user_id="ada",
        email="Ada@example.com",
        language="en",
        requested_at=THEN,
        mail_id="M9",
        is_address_free=False,
    )
    client.write(Put(item=deletions.to_item(deletion)))
    request(a_mail(kind=MailKind.RESET_PASSWORD))

    assert send_due(THEN) == [True]

    assert mailbox.receive() == []
    assert list(one_time_links.of_user("ada")) == []
    assert stored() is None


@pytest.mark.usefixtures("ada")
def test_a_notice_is_not_sent_to_the_next_account_with_its_address(mailbox):
    request(a_mail(kind=MailKind.NEW_DEVICE, params=PARAMS, requested_by="before"))

    assert send_due(THEN) == [True]

    assert mailbox.receive() == []


@pytest.mark.usefixtures("ada")
def test_no_token_is_stored_or_sent_to_the_queue(mailbox, queues):
    mails.request(a_mail(kind=MailKind.RESET_PASSWORD))
    messages = str(queues["mail"].deliver())
    send_due(THEN)

    ((_, _, body),) = mailbox.receive()
    token = link_in(body).partition("#")[2]
    assert token not in messages
    assert token not in str(list(client.scan()))


@pytest.fixture
def verifying(monkeypatch, mailbox, jwt_stage):
    monkeypatch.setenv("DOCKET_VERIFICATION", "before_payment")
    config._load.cache_clear()


PARAMS = {"time": THEN.isoformat(), "device": "", "place": "", "new_address": "eve@example.com"}


@pytest.mark.usefixtures("verifying")
@pytest.mark.parametrize("is_verified", [True, False])
def test_a_notice_goes_to_a_verified_address_only(mailbox, is_verified):
    users.add(a_credential("Ada@example.com", email_verified=is_verified))
    request(a_mail(kind=MailKind.NEW_DEVICE, params=PARAMS))

    assert send_due(THEN) == [True]

    assert len(mailbox.receive()) == is_verified
    assert stored() is None


@pytest.mark.usefixtures("verifying")
@pytest.mark.parametrize("kind", [MailKind.ADDRESS_CHANGED, MailKind.ACCOUNT_DELETED])
def test_a_notice_after_the_account_has_left_its_address_needs_a_verified_one(mailbox, kind):
    params = {name: PARAMS[name] for name in PARAMETERS[kind]}
    request(a_mail(kind=kind, to="Ada@example.com", may_be_anothers=True, params=params))

    assert send_due(THEN) == [True]

    assert mailbox.receive() == []


@pytest.mark.usefixtures("ada", "verifying")
@pytest.mark.parametrize(
    "kind", [MailKind.VERIFY_ADDRESS, MailKind.RESET_PASSWORD, MailKind.ADDRESS_TAKEN]
)
def test_a_mail_that_its_reader_may_ask_for_needs_no_verified_address(mailbox, kind):
    request(a_mail(kind=kind))

    send_due(THEN)

    assert len(mailbox.receive()) == 1


@pytest.mark.usefixtures("ada")
def test_a_stage_that_verifies_no_address_sends_all_notices(mailbox):
    request(a_mail(kind=MailKind.NEW_DEVICE, params=PARAMS))

    send_due(THEN)

    assert len(mailbox.receive()) == 1
