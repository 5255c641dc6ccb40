from datetime import timedelta

import pytest

from docket.domain.accounts.mail import (
    CONFIRMATION_WAIT,
    LINKS,
    MAIL_DEADLINE,
    PARAMETERS,
    MailKind,
    mailbox_of,
)
from docket.domain.accounts.user import address_of
from tests.make import THEN
from tests.make_people import a_mail


def test_every_kind_has_its_parameters():
    assert {*PARAMETERS} == {*MailKind}


def test_a_kind_with_a_link_says_how_long_it_is_valid():
    assert {*LINKS} == {kind for kind in MailKind if {"link", "minutes"} <= PARAMETERS[kind]}


def test_a_mailbox_is_found_by_each_spelling_of_its_address_and_names_nobody():
    mailbox = mailbox_of(address_of("Ada@Example.COM"))

    assert mailbox == a_mail("ada@example.com").mailbox
    assert len(mailbox) == 32
    assert "ada" not in mailbox


@pytest.mark.parametrize(
    ("waited", "is_unconfirmed"), [(timedelta(), True), (CONFIRMATION_WAIT, False)]
)
def test_a_report_is_awaited_for_some_time(waited, is_unconfirmed):
    assert a_mail(sending_since=THEN).is_unconfirmed(THEN + waited) is is_unconfirmed


def test_nothing_is_awaited_of_a_mail_whose_sending_did_not_begin():
    assert not a_mail().is_unconfirmed(THEN)


def test_a_mail_is_overdue_after_its_deadline():
    assert not a_mail().is_overdue(THEN + MAIL_DEADLINE - timedelta(seconds=1))
    assert a_mail().is_overdue(THEN + MAIL_DEADLINE)
