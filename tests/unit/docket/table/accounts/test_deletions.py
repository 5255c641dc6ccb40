from dataclasses import replace
from datetime import timedelta

import pytest

from docket.domain.accounts.deletion import Deletion
from docket.domain.orders.order import OrderStatus
from docket.domain.payments.payment import DisputeStatus, PaymentStatus
from docket.table import client
from docket.table.accounts import deletions, mails, sessions, users
from tests.make import THEN, a_payment, a_read_document, an_order
from tests.make_people import a_credential, a_mail, a_session
from tests.table_state import get_payment, open_session, save, stored

pytestmark = pytest.mark.usefixtures("table")

READ = a_read_document()
PAID = a_payment(status=PaymentStatus.SUCCEEDED, paid_at=THEN)
DELETION = Deletion(
    user_id="ada",
    email="ada@example.com",
    language="en",
    requested_at=THEN,
    mail_id="M9",
    is_address_free=True,
)


def test_a_dispute_that_is_opened_meanwhile_keeps_its_order():
    order = an_order(READ, status=OrderStatus.COMPLETED, payment=PAID)
    save(replace(order, payment=replace(PAID, dispute=DisputeStatus.OPEN)), READ)

    assert not deletions.erase_order(order)

    assert get_payment().dispute is DisputeStatus.OPEN


def test_a_mail_to_the_mailbox_that_another_account_requested_stays():
    by_eve = a_mail(to="Ada@example.com", requested_by="eve")
    client.write(mails.put(by_eve), mails.put(a_mail(id="M2")))

    deletions.erase_mails_to(a_mail().mailbox, before=THEN + timedelta(seconds=1))

    assert [item["id"] for item in stored()] == ["M1"]


def test_a_mail_for_the_next_account_with_the_address_stays():
    after = a_mail(created_at=THEN + timedelta(seconds=1))
    client.write(mails.put(after), mails.put(a_mail(id="M2")))

    deletions.erase_mails_to(a_mail().mailbox, before=after.created_at)

    assert [item["id"] for item in stored()] == ["M1"]


def test_mails_that_an_account_has_caused_are_erased_in_every_mailbox():
    by_ada = [
        a_mail(address, id=f"M{n}", requested_by="ada")
        for n, address in enumerate(("first@example.org", "second@example.org"))
    ]
    client.write(*(mails.put(mail) for mail in [*by_ada, a_mail(id="M3", requested_by="eve")]))

    deletions.erase_links_and_mails("ada")

    assert [item["id"] for item in stored()] == ["M3"]


def test_the_credential_of_another_account_stays():
    client.write(sessions.put(a_session()))
    users.add(a_credential(id="eve"))

    assert not deletions.begin(DELETION, a_credential().user, a_mail(), open_session(at=THEN))

    credential = users.credential("ada@example.com")
    assert credential
    assert credential.user.id == "eve"
