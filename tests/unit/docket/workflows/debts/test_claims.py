"""What all workers of debts share; `test_settle.py` has it for the kinds of three classes."""

from datetime import timedelta

from docket.domain.accounts.mail import MailKind
from docket.domain.debt import CLAIM
from docket.table import client, keys
from docket.table.accounts import mails
from docket.workflows.debts import claims
from tests.make import THEN, an_audit_context
from tests.make_people import a_mail
from tests.table_state import item_at

MAIL = a_mail(kind=MailKind.ADDRESS_TAKEN)


def test_a_worker_leaves_a_kind_that_is_not_its_own_to_a_later_release(mailbox):
    client.write(mails.put(MAIL))

    assert not claims.settle(mails.due_key(MAIL), an_audit_context("worker", THEN), kinds={})

    assert item_at(keys.mail(MAIL.mailbox, MAIL.id))["failures"]["count"] == 1


def test_a_debt_is_settled_by_one_worker_at_a_time(mailbox):
    client.write(mails.put(MAIL))
    settled = []

    def settle_again(claim, audit):
        settled.append(claim.since)
        second = an_audit_context("worker", audit.at + timedelta(seconds=1))
        assert claims.settle(mails.due_key(MAIL), second, kinds={keys.MAILS: settle_again})

    first = an_audit_context("worker", THEN)
    assert claims.settle(mails.due_key(MAIL), first, kinds={keys.MAILS: settle_again})

    assert settled == [THEN + CLAIM]
