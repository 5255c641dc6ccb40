import json
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from botocore.client import BaseClient

from docket.domain.accounts.address_change import AddressChange
from docket.domain.accounts.deletion import LAST_REQUEST, MONEY_CHECK
from docket.domain.accounts.export import Export
from docket.domain.accounts.mail import MailKind
from docket.domain.accounts.one_time_link import LinkPurpose
from docket.domain.accounts.second_factor import SecondFactor
from docket.domain.accounts.user import RequestDevice
from docket.domain.debt import CLAIM
from docket.domain.orders.order import OrderStatus
from docket.domain.orders.report import Report, ReportOptions
from docket.domain.payments.payment import DisputeStatus, PaymentStatus
from docket.domain.payments.pricing import DuplicateOf
from docket.domain.payments.refund import Refund, RefundReason
from docket.domain.task import LAST_WRITE
from docket.gateways import s3
from docket.schemas.corrections import CorrectFactRequest
from docket.table import client, keys
from docket.table.accounts import (
    account_access,
    address_changes,
    api_keys,
    exports,
    known_devices,
    mails,
    one_time_links,
    passkeys,
    second_factors,
    sessions,
    users,
)
from docket.table.client import Put
from docket.table.debts import DueKey
from docket.table.documents import corrections as correction_table
from docket.table.orders import analyses, contents, events, orders, reports
from docket.table.orders.analyses import Analysis
from docket.table.orders.contents import Content
from docket.workflows.accounts import deletion as deletion_workflow
from docket.workflows.debts import deletion_debts
from docket.workflows.debts.settle import settle
from docket.workflows.documents.facts.reviewed_facts import fact_ids
from docket.workflows.orders import corrections
from docket.workflows.orders import payment as payment_workflow
from tests.due_debts import owed, settle_due
from tests.make import (
    OID,
    OTHER_OID,
    THEN,
    a_payment,
    a_read_document,
    an_audit_context,
    an_event,
    an_order,
)
from tests.make_people import a_credential, a_mail, a_passkey, a_session, an_api_key
from tests.reading import a_gross_fact
from tests.table_state import delete_all, get_order, get_payment, open_session, save, stored

pytestmark = pytest.mark.usefixtures("service", "jwt_stage")

READ = a_read_document()
PAID = a_payment(status=PaymentStatus.SUCCEEDED, paid_at=THEN)
CREDENTIAL = a_credential()
KEY = an_api_key(name="Lovelace's import")
NEW_ADDRESS = "lovelace@example.com"
OVER = THEN + LAST_WRITE
BEFORE = THEN - timedelta(minutes=1)
END = OVER + LAST_REQUEST
FACTS = {"facts": [a_gross_fact()]}
(FACT_ID,) = fact_ids(FACTS["facts"])
PERSON = ("ada", "lovelace", "invoice.pdf", "november", OID.lower(), "pi_1", "203.0.113")
"""What must not be found after the end: in the table, the bucket and the logs."""

LOGGED_NEVER = ("ada@", "lovelace", "invoice.pdf", "203.0.113")


def request_deletion():
    device = RequestDevice(address="203.0.113.7", agent="a browser")
    return deletion_workflow.begin(open_session(session_id="S2", at=THEN), device, at=THEN)


@pytest.fixture
def account(bucket):
    """Ada's account with something of every kind."""
    save(an_order(READ, status=OrderStatus.COMPLETED, payment=PAID), READ)
    bucket.upload(READ.id)
    bucket.mark_deleted(READ.id)
    s3.put_result(READ.id, 1, b"{}")
    s3.put_part(READ.id, 1, range(3), b"{}")
    s3._s3().put_object(Bucket=bucket.name, Key=f"reports/{OID}/november.pdf", Body=b"report")
    s3._s3().put_object(Bucket=bucket.name, Key="uploads/ada/unknown", Body=b"stray")
    s3._s3().put_object(Bucket=bucket.name, Key="exports/ada/E1/A1.zip", Body=b"archive")
    reports.request(Report.requested("R1", "ada", OID, ReportOptions(form="pdf"), at=THEN))
    exports.request(Export.requested("E1", "ada", "en", at=THEN))
    users.add(CREDENTIAL)
    api_keys.create(KEY, a_mail(id="M3", created_at=BEFORE))
    paid = DuplicateOf(order_id=OID, document_id=READ.id)
    contents.record_paid(Content(user_id="ada", sha256="ab", paid=paid))
    _, link = one_time_links.create(
        LinkPurpose.RESET_PASSWORD, CREDENTIAL.user, CREDENTIAL.address, at=THEN
    )
    change = AddressChange.requested("C1", CREDENTIAL.user, NEW_ADDRESS, at=THEN)
    for write in (
        analyses.put_analysis(OID, Analysis(document_id=READ.id, attempt=1, facts=FACTS)),
        events.event_write(OID, an_event("opened")),
        sessions.put(a_session()),
        known_devices.remember_write("ada", "t" * 43, version=0, at=THEN),
        one_time_links.put(link),
        address_changes.put(change),
        mails.put(a_mail(NEW_ADDRESS, id="M2", to=NEW_ADDRESS, requested_by="ada")),
        mails.put(a_mail(created_at=BEFORE)),
    ):
        client.write(write)
    corrected = CorrectFactRequest(action="correct", value="191.00")
    tag = '"1.0"'
    corrections.correct("ada", READ.id, FACT_ID, corrected, an_audit_context(), if_match=tag)
    assert correction_table.state("ada", READ.id).corrections


def settle_all():
    """Let the workers run at the times that a deletion asks for."""
    for at in (THEN, OVER, END, END + CLAIM, END + 2 * CLAIM):
        settle_due(at)


def traces(bucket):
    """Everything stored that names the person, without what is kept of invoices."""
    items = [item for item in stored() if not item["PK"].startswith("INVOICE#")]
    reports = {MailKind.DELETION_STARTED, MailKind.ACCOUNT_DELETED}
    mails_ = [item for item in items if item.get("kind") in reports]
    left = [json.dumps(item, default=str).lower() for item in items if item not in mails_]
    texts = [*left, *(key.lower() for key in bucket.every_version())]
    return [text for text in texts if any(name in text for name in PERSON)]


def test_nothing_of_the_person_is_left_but_the_invoice(account, bucket, log_stream, capsys):
    request_deletion()

    settle_all()

    assert traces(bucket) == []
    output = log_stream.getvalue() + "".join(capsys.readouterr())
    assert not any(name in output for name in LOGGED_NEVER)
    invoices = [item for item in stored() if item["PK"] == "INVOICE#ada"]
    assert [(item["email"], item["full_name"]) for item in invoices] == [("ada@example.com", "Ada")]
    assert invoices[0]["money"] == {"amount": 250, "currency": "eur"}
    assert invoices[0]["ttl"] == datetime(2037, 1, 1, tzinfo=UTC).timestamp()


def test_mails_to_who_has_the_requested_address_are_sent(account):
    client.write(mails.put(a_mail(NEW_ADDRESS, id="M3")))
    request_deletion()

    for at in (THEN, OVER, END):
        settle_deletion(at)

    left = [item["id"] for item in stored() if item.get("address") == NEW_ADDRESS]
    assert left == ["M3"]


def test_a_factor_that_was_begun_meanwhile_is_removed(account):
    request_deletion()
    settle_deletion(OVER)
    second_factors.begin(SecondFactor(user_id="ada", sealed_secret="sealed", created_at=THEN))

    settle_deletion(END)

    assert second_factors.find("ada") is None


def test_passkeys_are_removed(account):
    answered = passkeys.answered(b"challenge", until=THEN, used_by="R1")
    passkeys.add(a_passkey(), answered, a_mail(id="M9"))
    request_deletion()

    settle_deletion(OVER)

    assert not [item for item in stored() if item["PK"] == keys.factor_partition("ada")]


def test_the_end_is_mailed_to_the_mailbox_as_typed(bucket):
    users.add(a_credential("Ada@Example.com"))
    request_deletion()

    settle_all()

    (mail,) = [item for item in stored() if item.get("kind") == MailKind.ACCOUNT_DELETED]
    assert mail["to"] == "Ada@Example.com"


def test_archives_are_erased_at_once_and_those_that_were_being_made_later(account, bucket):
    s3._s3().put_object(Bucket=bucket.name, Key="exports/adam/E1/A1.zip", Body=b"of another")
    request_deletion()

    settle_due(THEN)
    assert bucket.names("exports/") == ["exports/adam/E1/A1.zip"]

    s3._s3().put_object(Bucket=bucket.name, Key="exports/ada/E1/A2.zip", Body=b"of the worker")
    settle_due(OVER)
    assert bucket.names("exports/") == ["exports/adam/E1/A1.zip"]


def test_another_account_may_have_the_address_at_once(account, bucket):
    request_deletion()
    assert users.add(a_credential(id="another", email="ADA@example.com")).user.id == "another"
    client.write(mails.put(a_mail(id="M9", created_at=THEN + timedelta(seconds=1))))

    settle_all()

    credential = users.credential("ada@example.com")
    assert credential
    assert credential.user.id == "another"
    assert "M9" in {item.get("id") for item in stored()}


def test_nobody_signs_in_while_the_account_is_deleted(account):
    request_deletion()

    settle_due(THEN)

    assert account_access.find("ada").deleting_at == THEN
    assert users.credential("ada@example.com") is None
    assert sessions.of_user("ada", at=THEN) == []


def test_a_deletion_that_an_earlier_release_has_begun_frees_the_address(account):
    credential = client.get(keys.credential("ada@example.com"))
    request_deletion()
    deletion = client.get(keys.deletion("ada"))
    assert credential
    assert deletion
    for item in (credential, {**deletion, "is_address_free": False}):
        client.write(Put(item=item, condition=None))

    settle_due(THEN + LAST_REQUEST)

    assert users.credential("ada@example.com") is None


def test_the_report_that_a_deletion_has_begun_outlasts_it(account):
    """SES may refuse mails for longer than the deletion takes."""
    mail = request_deletion()

    for at in (THEN, OVER, END):
        settle_deletion(at)

    assert mail.id in [item.get("id") for item in stored()]


def test_every_order_that_was_not_paid_is_cancelled_at_once(account, monkeypatch):
    monkeypatch.setattr(deletion_debts, "MOST_ORDERS", 1)
    for order_id in (OTHER_OID, f"{OTHER_OID[:-1]}2"):
        save(an_order(id=order_id))
    request_deletion()

    settle_deletion(THEN)

    assert {order.status for order in orders.every("ada")} == {
        OrderStatus.COMPLETED,
        OrderStatus.CANCELLED,
    }


WRITES = {"TransactWriteItems", "UpdateItem", "DeleteObjects"}


class Stopped(BaseException):
    """The worker ends at once, as at a timeout of its function."""


@contextmanager
def stopped_after(most):
    """End the worker right after its write number `most`.

    A stop after a read leaves what a stop after the write before it leaves.
    """
    operations, call = [], vars(BaseClient)["_make_api_call"]

    def counted(self, operation, parameters):
        reply = call(self, operation, parameters)
        if operation in WRITES:
            operations.append(operation)
            if len(operations) == most:
                raise Stopped
        return reply

    with patch.object(BaseClient, "_make_api_call", counted):
        yield operations


def life(stop):
    """A whole deletion that is stopped once. Returns whether it was, and what is left."""
    calls = 0
    stopped = False
    for at in (THEN, OVER, END, END + CLAIM, END + 2 * CLAIM, END + 3 * CLAIM):
        try:
            with stopped_after(0 if stopped else stop - calls) as operations:
                settle_deletion(at)
        except Stopped:
            stopped = True
        calls += len(operations)
    return stopped


def settle_deletion(at):
    """Settle the deletion alone; the other debts of the account go with it."""
    item = client.get({"PK": "DELETION#ada", "SK": "DELETION"})
    if item and item["GSI2SK"] <= at.isoformat(timespec="milliseconds") + "~":
        seen = DueKey(key={"PK": item["PK"], "SK": item["SK"]}, due_key=item["GSI2SK"])
        settle(seen, an_audit_context("worker", at))


def test_a_deletion_that_is_stopped_after_any_call_has_the_same_end(bucket):
    users.add(CREDENTIAL)
    api_keys.create(KEY, a_mail(created_at=BEFORE))
    save(an_order(READ, status=OrderStatus.COMPLETED, payment=PAID), READ)
    client.write(sessions.put(a_session()), events.event_write(OID, an_event("opened")))
    bucket.upload(READ.id)
    request_deletion()
    before = stored()
    objects = bucket.every_version()
    stop, was_stopped = 1, True
    while was_stopped:
        delete_all()
        for item in before:
            client.write(Put(item=item, condition=None))
        for key in objects:
            s3._s3().put_object(Bucket=bucket.name, Key=key, Body=b"again")
        was_stopped = life(stop)
        assert traces(bucket) == [], f"after write {stop}"
        assert len([item for item in stored() if item["PK"] == "INVOICE#ada"]) == 1
        assert owed() == ["MAIL#" + item["id"] for item in stored() if "kind" in item]
        stop += 1
    assert stop > 12


def test_an_open_payment_is_cancelled_at_stripe_before_its_order_goes(stripe, bucket):
    users.add(CREDENTIAL)
    save(an_order(READ), READ)
    intent = payment_workflow.current_intent(get_order(), an_audit_context("customer", THEN))
    request_deletion()

    settle_due(THEN)
    settle_all()

    assert stripe.intent(intent.id).status == "canceled"
    assert [item["PK"] for item in stored() if "ORDER#" in item["PK"] + item["SK"]] == []


@pytest.mark.parametrize(
    "owing",
    [
        {"payment": replace(PAID, dispute=DisputeStatus.OPEN), "status": OrderStatus.COMPLETED},
        {
            "payment": a_payment(status=PaymentStatus.PROCESSING),
            "status": OrderStatus.PROCESSING,
        },
    ],
    ids=["dispute", "payment under way"],
)
def test_an_order_whose_money_is_owed_stays_whole(owing, bucket):
    users.add(CREDENTIAL)
    save(an_order(READ, **owing), READ)
    bucket.upload(READ.id)
    request_deletion()
    before = [item for item in stored() if item["PK"] == f"ORDER#{OID}"]

    for at in (THEN, OVER, OVER + MONEY_CHECK):
        settle_deletion(at)

    assert [item for item in stored() if item["PK"] == f"ORDER#{OID}"] == before
    assert len(bucket.every_version()) == 1
    assert users.find("ada") is not None
    assert "DELETION" in owed()


def test_the_usage_in_which_a_late_payment_is_counted_stays_until_then(bucket):
    """The write that completes the order changes it: without the item, it would fail for ever."""
    users.add(CREDENTIAL)
    payment = a_payment(status=PaymentStatus.PROCESSING)
    save(an_order(READ, payment=payment, status=OrderStatus.PROCESSING), READ)
    used = {**keys.usage("ada"), "unpaid_orders": 1, "unpaid_pages": 1}
    client.write(Put(item=used, condition=None))
    request_deletion()

    for at in (THEN, OVER):
        settle_deletion(at)

    assert client.get(keys.usage("ada")) == used


def test_an_order_with_a_refund_that_is_owed_stays(bucket):
    users.add(CREDENTIAL)
    refund = Refund.owed(PAID, RefundReason.QUOTE_CHANGED, at=THEN)
    order = an_order(READ, payment=PAID, status=OrderStatus.CANCELLED)
    save(order, READ, refunds_=(refund,))
    request_deletion()

    for at in (THEN, OVER):
        settle_deletion(at)

    assert get_payment() is not None
    assert get_order().status is OrderStatus.CANCELLED


def test_a_deletion_goes_on_where_a_run_has_ended(monkeypatch, bucket):
    monkeypatch.setattr(deletion_debts, "MOST_ORDERS", 1)
    users.add(CREDENTIAL)
    for order_id in (OID, OTHER_OID):
        save(an_order(id=order_id, status=OrderStatus.CANCELLED))
    request_deletion()

    for _ in range(3):
        settle_deletion(OVER)

    assert list(orders.every("ada")) == []
