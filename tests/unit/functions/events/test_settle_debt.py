"""Debts from the dispatcher through the queues to the workers, as they are deployed."""

import json
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from docket.auth import accounts
from docket.domain.accounts.export import Export
from docket.domain.orders.document import WAITING_FOR_SCAN, DocumentStatus
from docket.domain.orders.document_parts import DocumentParts
from docket.domain.orders.order import OrderStatus
from docket.domain.orders.report import Report, ReportOptions
from docket.domain.payments.payment import PaymentStatus, RefundStatus
from docket.domain.payments.pricing import DuplicateOf
from docket.domain.task import Task, TaskKind
from docket.gateways import cognito, s3, stripe_pace
from docket.runtime import clock, config
from docket.table import client, keys, tasks
from docket.table.accounts import account_access, api_keys, exports, users
from docket.table.accounts.pool import pool_profiles
from docket.table.documents import documents
from docket.table.orders import analyses, contents, reports
from docket.table.orders.analyses import Analysis
from docket.table.orders.contents import Content
from docket.table.payments import payments, refunds, stripe_events
from docket.workflows.audit import audit_context
from docket.workflows.debts import event_list
from docket.workflows.documents import malware_scan
from docket.workflows.orders import payment as payment_workflow
from functions.events import dispatch, settle_debt
from tests.due_debts import owed
from tests.make import (
    LIMITS,
    OID,
    a_document,
    a_payment,
    a_read_document,
    a_reading_document,
    an_event,
    an_order,
)
from tests.make_people import a_credential, a_mail, an_api_key
from tests.table_state import get_order, save, stored

pytestmark = pytest.mark.usefixtures("service")

READ = a_read_document()


class Context:
    def __init__(self, milliseconds=60_000):
        self.milliseconds = milliseconds

    def get_remaining_time_in_millis(self):
        return self.milliseconds


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    """Workers do not pause between calls of Stripe."""
    monkeypatch.setattr(settle_debt, "WORKER_CALLS_A_SECOND", 1e9)


@pytest.fixture
def pass_time(monkeypatch):
    now, passed = clock.now, [timedelta()]
    monkeypatch.setattr(clock, "now", lambda: now() + passed[0])

    def pass_time(**by):
        passed[0] += timedelta(**by)

    return pass_time


@pytest.fixture
def minute(queues):
    """One run of the dispatcher, and of the workers until their queues are empty."""

    def minute():
        dispatch.handler({}, None)
        for debt_class in ("money", "work", "housekeeping"):
            if records := queues[debt_class].deliver():
                reply = settle_debt.handler({"Records": records}, Context())
                assert reply == {"batchItemFailures": []}

    return minute


def a_record(body="{}"):
    return {"messageId": "m1", "body": body}


def test_an_abandoned_order_ends_with_its_payment_and_its_upload(stripe, minute, pass_time):
    save(an_order(READ, expires_at=clock.now() + timedelta(days=30)), READ)
    intent = payment_workflow.current_intent(get_order(), audit_context("customer"))
    late = a_document("late.pdf", added_at=clock.now(), upload_issued_at=clock.now())
    documents.add("ada", [late], an_event("document_added", at=clock.now()), limits=LIMITS)

    minute()
    assert stripe.intent(intent.id).status == "canceled"
    for _ in range(2):
        pass_time(days=15, seconds=1)
        minute()
    assert get_order().status is OrderStatus.CANCELLED
    assert owed() == [f"TASK#files#{OID}"]

    for days in (1, 30, 1, 1):
        pass_time(days=days)
        minute()
    assert documents.get("ada", READ.id)[1].erased_at
    assert owed() == []


def test_a_paid_order_is_refunded_when_it_is_not_completed_in_time(stripe, minute, pass_time):
    save(an_order(READ), READ)
    intent = payment_workflow.current_intent(get_order(), audit_context("customer"))
    stripe.pay(intent.id)
    reading = a_reading_document(reading_since=clock.now(), attempt=2, page_count=1)
    save(an_order(reading, charged_pages=1, payment=get_order().payment), reading)
    minute()
    assert get_order().waiting_payment

    pass_time(hours=2)
    again = a_reading_document(reading_since=clock.now(), attempt=2, page_count=1)
    save(
        an_order(
            again, charged_pages=1, payment=get_order().payment, status=OrderStatus.PROCESSING
        ),
        again,
    )
    for _ in range(2):
        pass_time(seconds=1)
        minute()

    assert (get_order().status, get_order().explanation.code) == (
        OrderStatus.CANCELLED,
        "not_completed_in_time",
    )
    assert stripe.refunds(intent.id) == [250]
    refund = refunds.get(OID, intent.id)
    assert refund is not None
    assert refund.status is RefundStatus.SUCCEEDED


def test_what_the_reader_and_the_bucket_owe_is_settled(bucket, queues, minute, pass_time):
    at = clock.now()
    lost = a_document("lost.pdf", upload_issued_at=at)
    stuck = a_reading_document("stuck.pdf", reading_since=at)
    waiting = a_reading_document("waiting.pdf", reading_since=at, admitted_at=None)
    save(an_order(lost, stuck, waiting), lost, stuck, waiting)
    bucket.upload(lost.id)

    pass_time(minutes=31)
    minute()

    states = {d.id: d.status for d in documents.by_ids(OID, [lost.id, stuck.id, waiting.id])}
    assert states == {
        lost.id: DocumentStatus.READING,
        stuck.id: DocumentStatus.UNREADABLE,
        waiting.id: DocumentStatus.READING,
    }
    requested = {body["document_id"] for body in queues["readings"].receive_all()}
    assert requested == {lost.id, waiting.id}


def test_tasks_are_done(bucket, minute, pass_time):
    removed = a_document("removed.pdf")
    paid = a_payment(status=PaymentStatus.SUCCEEDED)
    save(an_order(READ, payment=paid, status=OrderStatus.COMPLETED), READ)
    analysis = Analysis(document_id=READ.id, attempt=1, facts={}, hashes=("b" * 64,))
    client.write(analyses.put_analysis(OID, analysis))
    bucket.upload(removed.id)
    for kind, subject in ((TaskKind.ERASE, removed.id), (TaskKind.CONTENT, OID)):
        task = Task(kind=kind, user_id="ada", order_id=OID, subject=subject, created_at=clock.now())
        client.write(tasks.put(task, at=clock.now()))

    minute()
    pass_time(minutes=6)
    minute()

    assert bucket.every_version() == []
    assert contents.paid("ada", ["b" * 64])
    assert owed() == []


def test_an_event_whose_handling_failed_is_handled_later(stripe, minute, pass_time, monkeypatch):
    save(an_order(READ), READ)
    intent = payment_workflow.current_intent(get_order(), audit_context("customer"))
    stripe.pay(intent.id)
    with monkeypatch.context() as broken:
        broken.setattr(payments, "record_success", None)
        minute()
    assert not get_order().is_paid
    body = stripe.event("payment_intent.succeeded", intent.id)
    monkeypatch.setattr(event_list, "handle_missed", lambda _: None)  # it is listed no more

    pass_time(minutes=16)
    minute()

    assert get_order().is_paid
    assert stripe_events.recorded([json.loads(body)["id"]])
    assert not any(sort_key == "UNHANDLED" for sort_key in owed())


def test_the_content_of_a_returned_payment_is_removed(minute):
    returned = a_payment(status=PaymentStatus.SUCCEEDED, amount_refunded=250)
    save(an_order(READ, payment=returned, status=OrderStatus.COMPLETED), READ)
    analysis = Analysis(document_id=READ.id, attempt=1, facts={}, hashes=("b" * 64,))
    client.write(analyses.put_analysis(OID, analysis))
    paid = DuplicateOf(order_id=OID, document_id=READ.id)
    contents.record_paid(Content(user_id="ada", sha256="b" * 64, paid=paid))
    task = Task(
        kind=TaskKind.CONTENT, user_id="ada", order_id=OID, subject=OID, created_at=clock.now()
    )
    client.write(tasks.put(task, at=clock.now()))

    minute()

    assert contents.paid("ada", ["b" * 64]) == {}


def test_a_verdict_whose_notification_was_lost_is_found(bucket, minute, pass_time, monkeypatch):
    monkeypatch.setenv("DOCKET_MALWARE_SCAN", "true")
    config._load.cache_clear()
    upload = bucket.upload(a_document().id)
    document = a_reading_document(
        file=upload.file,
        reading_since=clock.now(),
        status_reason=WAITING_FOR_SCAN,
        quarantined=True,
        admitted_at=None,
    )
    save(an_order(document), document)
    bucket.tag(upload, **{malware_scan.TAG: malware_scan.ScanStatus.INFECTED})

    pass_time(minutes=16)
    minute()

    assert documents.by_ids(OID, [document.id])[0].status is DocumentStatus.UNREADABLE
    assert bucket.every_version() == []


def test_a_batch_ends_before_the_function_does(stripe):
    calls = stripe.calls()

    reply = settle_debt.handler({"Records": [a_record()]}, Context(milliseconds=29_999))

    assert reply == {"batchItemFailures": [{"itemIdentifier": "m1"}]}
    assert stripe.calls() == calls


def test_a_malformed_message_does_not_stop_the_others(stripe):
    good = a_record('{"pk": "STRIPE#CURSOR", "sk": "EVENTS", "due_key": ""}')

    reply = settle_debt.handler(
        {"Records": [a_record("nonsense"), {**good, "messageId": "m2"}]}, Context()
    )

    assert reply == {"batchItemFailures": [{"itemIdentifier": "m1"}]}
    assert stripe.calls() == 1


def test_a_worker_spaces_its_calls(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    monkeypatch.setattr(time, "sleep", lambda seconds: now.__setitem__(0, now[0] + seconds))
    monkeypatch.setattr(settle_debt, "WORKER_CALLS_A_SECOND", 4)
    list_events = '{"pk": "STRIPE#CURSOR", "sk": "EVENTS", "due_key": ""}'

    for _ in range(8):
        settle_debt.handler({"Records": [a_record(list_events)]}, Context())

    assert now[0] == 1002.0
    stripe_pace.wait()
    assert now[0] == 1002.0


def test_nothing_is_left_of_what_was_read_of_a_removed_document(minute, pass_time):
    save(an_order(READ), READ)
    s3.put_result(READ.id, 1, b"{}")
    s3.put_part(READ.id, 1, range(3), b"{}")
    documents.remove("ada", READ.id, audit_context("customer"))

    for _ in range(3):
        pass_time(hours=1)
        minute()

    assert not s3.erase("ada", READ.id)
    assert not [sort_key for sort_key in owed() if sort_key.startswith(keys.TASKS)]


def test_the_parts_of_a_reading_without_progress_are_requested_again(queues, minute, pass_time):
    now = clock.now()
    reading = a_reading_document(
        "long.pdf", parts=DocumentParts((0, 12, 20)), reading_since=now, admitted_at=now
    )
    save(an_order(reading, expires_at=now + timedelta(days=30)), reading)

    pass_time(minutes=16)
    minute()

    (record,) = queues["parts"].deliver()
    assert json.loads(record["body"])["part"] == 0


@pytest.fixture
def new_account(identity_provider):
    """The id of an account that was just made, in the table or by a first sign-in to the pool."""
    at = clock.now()
    if identity_provider == "jwt_stage":
        users.add(a_credential(created_at=at))
        return "ada"
    user = cognito.create("ada@example.com", "Ada").user
    client.write(pool_profiles.unchanged_write(replace(user, created_at=at)))
    return user.id


def test_an_unused_account_is_announced_and_removed(new_account, minute, pass_time):
    at = clock.now()
    api_keys.create(an_api_key(user_id=new_account, created_at=at), a_mail(created_at=at))

    pass_time(days=730)
    minute()
    assert accounts().find_by_id(new_account)
    assert [item["kind"] for item in stored() if "params" in item] == ["account_unused"]
    pass_time(days=31)
    minute()
    assert account_access.find(new_account).deleting_at

    for _ in range(2):
        pass_time(minutes=25)
        minute()
    assert users.find(new_account) is None
    assert accounts().find_by_address("ada@example.com") is None


@pytest.mark.usefixtures("identity_provider")
def test_an_archive_that_was_not_made_is_requested_again(queues, minute, pass_time):
    exports.request(Export.requested("E1", "ada", "en", at=clock.now()))

    minute()
    assert queues["exports"].receive_all() == []
    pass_time(minutes=21)
    minute()

    assert [message["export_id"] for message in queues["exports"].receive_all()] == ["E1"]


def test_a_report_that_was_not_made_is_requested_again(queues, minute, pass_time):
    options = ReportOptions(form="pdf")
    reports.request(Report.requested("R1", "ada", OID, options, at=clock.now()))

    minute()
    assert queues["reports"].receive_all() == []
    pass_time(minutes=21)
    minute()

    assert [message["report_id"] for message in queues["reports"].receive_all()] == ["R1"]
