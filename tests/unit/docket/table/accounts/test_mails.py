from datetime import timedelta

import pytest

from docket.domain.debt import DebtClass
from docket.table import client, debts, keys
from docket.table.accounts import mails
from docket.table.accounts.mails import from_item
from tests.make import THEN
from tests.make_people import a_mail
from tests.table_state import item_at

MAIL = a_mail(params={"time": "now"})
KEY = keys.mail(MAIL.mailbox, MAIL.id)
LATER = THEN + timedelta(minutes=20)


@pytest.fixture(autouse=True)
def owed(table):
    client.write(mails.put(MAIL))


def stored():
    return from_item(item_at(KEY))


def test_a_mail_is_due_at_once_in_its_own_class():
    (seen,) = debts.due(DebtClass.MAIL, keys.shard(MAIL.id), by=THEN, limit=10)

    assert seen == mails.due_key(MAIL)
    assert stored() == MAIL


def test_only_one_of_two_workers_begins_a_sending():
    assert mails.start(MAIL, "first", at=THEN)
    assert not mails.start(MAIL, "second", at=THEN)

    assert stored().sending_since == THEN


def test_a_start_whose_reply_was_lost_is_recognised():
    assert mails.start(MAIL, "first", at=THEN)
    assert mails.start(MAIL, "first", at=THEN)


def test_a_sending_that_was_never_reported_is_replaced_once():
    mails.start(MAIL, "first", at=THEN)
    unreported = stored()

    assert mails.start(unreported, "second", at=LATER)
    assert not mails.start(unreported, "third", at=LATER)


def test_a_sending_that_was_not_accepted_is_taken_back_by_its_own_worker_only():
    mails.start(MAIL, "first", at=THEN)

    mails.unmark_sending(MAIL, "second")
    assert stored().sending_since == THEN

    mails.unmark_sending(MAIL, "first")
    assert stored().sending_since is None
    assert mails.start(MAIL, "second", at=LATER)


def test_a_sent_mail_is_owed_no_more():
    mails.finish(MAIL.mailbox, MAIL.id)
    mails.finish(MAIL.mailbox, MAIL.id)

    assert client.get(KEY) is None
    assert not mails.start(MAIL, "late", at=LATER)
    mails.unmark_sending(MAIL, "late")
    assert client.get(KEY) is None
