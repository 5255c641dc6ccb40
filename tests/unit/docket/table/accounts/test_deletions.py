from dataclasses import replace

import pytest

from docket.domain.accounts.deletion import Deletion
from docket.domain.orders.order import OrderStatus
from docket.domain.payments.payment import DisputeStatus, PaymentStatus
from docket.table import client
from docket.table.accounts import deletions, mails, users
from docket.table.client import ConditionFailed
from tests.make import THEN, a_payment, a_read_document, an_order
from tests.make_people import a_credential, a_mail
from tests.table_state import get_payment, open_session, save, stored

pytestmark = pytest.mark.usefixtures("table")

READ = a_read_document()
PAID = a_payment(status=PaymentStatus.SUCCEEDED, paid_at=THEN)
DELETION = Deletion(
    user_id="ada", email="ada@example.com", language="en", requested_at=THEN, mail_id="M9"
)


def test_a_dispute_that_is_opened_meanwhile_keeps_its_order():
    order = an_order(READ, status=OrderStatus.COMPLETED, payment=PAID)
    save(replace(order, payment=replace(PAID, dispute=DisputeStatus.OPEN)), READ)

    assert not deletions.erase_order(order)

    assert get_payment().dispute is DisputeStatus.OPEN


def test_a_mail_that_another_account_requested_stays():
    client.write(mails.put(a_mail(to="Ada@example.com", owner="eve")), mails.put(a_mail(id="M2")))

    deletions.erase_mails(a_mail().mailbox, "ada", is_own=True)

    assert [item["id"] for item in stored()] == ["M1"]


def test_the_mails_of_an_account_whose_address_another_one_wants_stay():
    client.write(mails.put(a_mail()), mails.put(a_mail(id="M2", to="Ada@example.com", owner="eve")))

    deletions.erase_mails(a_mail().mailbox, "eve", is_own=False)

    assert [item["id"] for item in stored()] == ["M1"]


def test_the_credential_of_another_account_stays():
    users.add(a_credential(id="eve"))
    deletions.begin(DELETION, a_mail(), open_session(at=THEN))

    with pytest.raises(ConditionFailed):
        deletions.remove_account(DELETION, a_credential().user, at=THEN)

    assert users.find("eve") is not None
