"""Every write of the table is repeatable.

When DynamoDB's reply is lost after its effect, the SDK repeats the request. The caller gets the
same answer and the table has the same items as without the loss.
"""

import ast
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from docket.domain.accounts.address_change import AddressChange
from docket.domain.accounts.deletion import Deletion, Invoice
from docket.domain.accounts.export import Export
from docket.domain.accounts.mail import SuppressionReason
from docket.domain.accounts.one_time_link import LinkPurpose, OneTimeLink
from docket.domain.accounts.passkey import PasskeyUse
from docket.domain.accounts.retention import RemovalNotice
from docket.domain.accounts.second_factor import SecondFactor, UsedCode
from docket.domain.accounts.user import AccountAccess, Caller, OpenSession
from docket.domain.debt import DebtClass
from docket.domain.idempotency import IdempotencyKey
from docket.domain.limits import reading_name
from docket.domain.orders.correction import LINE_ITEMS, CorrectedLineItems, Correction, Verdict
from docket.domain.orders.document import (
    WAITING_FOR_SCAN,
    Document,
    DocumentStatus,
    Outcome,
    UploadedFile,
)
from docket.domain.orders.document_parts import DocumentParts
from docket.domain.orders.document_titles import title_tag
from docket.domain.orders.fact_matching import ReviewProgress
from docket.domain.orders.finished_review import FinishedReview
from docket.domain.orders.order import OrderStatus
from docket.domain.orders.report import Report, ReportOptions
from docket.domain.orders.sample import with_samples
from docket.domain.payments.payment import PaymentStatus, RefundStatus
from docket.domain.payments.pricing import DuplicateOf, Money
from docket.domain.payments.refund import Refund, RefundReason, StripeRefund, StripeReversal
from docket.domain.reason import CANCELLED_BY_CUSTOMER, NEVER_PAID, SAMPLE_EXPIRED, Reason
from docket.domain.task import Task, TaskKind, UnhandledEvent
from docket.runtime.config import OperationLimit
from docket.table import client, debts, keys, operator_acts, rate_limits, tasks
from docket.table.accounts import (
    account_access,
    account_retention,
    address_changes,
    api_keys,
    deletions,
    exports,
    known_devices,
    mails,
    one_time_links,
    passkeys,
    second_factors,
    sessions,
    suppressions,
    users,
)
from docket.table.accounts.pool import pool_leases, pool_profiles
from docket.table.accounts.pool.pool_leases import Lease
from docket.table.client import ConditionFailed
from docket.table.debts import Claim
from docket.table.documents import (
    admissions,
    corrections,
    document_changes,
    document_titles,
    documents,
    readings,
    sample_orders,
)
from docket.table.documents.readings import Finished
from docket.table.items.attributes import to_attributes
from docket.table.items.times import to_iso
from docket.table.orders import analyses, contents, events, orders, reports, reviews, usage
from docket.table.orders.analyses import Analysis
from docket.table.orders.contents import Content
from docket.table.payments import payments as payment_table
from docket.table.payments import reversals, stripe_cursor, stripe_events, unhandled_events
from docket.table.payments.stripe_cursor import Cursor
from tests.dynamodb_faults import lost_replies
from tests.make import (
    LIMITS,
    OID,
    OTHER_OID,
    THEN,
    a_document,
    a_payment,
    a_read_document,
    a_reading_document,
    an_audit_context,
    an_event,
    an_intent,
    an_order,
)
from tests.make_people import a_credential, a_mail, a_passkey, a_session, an_api_key
from tests.reading import a_gross_fact
from tests.table_state import delete_all, save, stored

pytestmark = pytest.mark.usefixtures("table")

LATER = THEN + timedelta(minutes=5)
DUE = THEN + timedelta(hours=1)
OPENED, CHANGED = an_event("opened"), an_event("cancelled", at=LATER, facts={"pages": 2})
EXPIRED = an_event("expired", at=THEN + timedelta(days=31))
AUDIT = an_audit_context("reader", at=LATER)
IDEMPOTENCY_KEY = IdempotencyKey(user_id="ada", operation="order", key="key-1", request="{}")
DOCUMENT, PARTS = a_document(), DocumentParts((0, 12, 20))
READING, READ = a_reading_document(), a_read_document()
ELSEWHERE = DuplicateOf(order_id=OTHER_OID, document_id=f"{OTHER_OID}-1")
WAITING = replace(READING, admitted_at=None)
SCANNED = replace(WAITING, status_reason=WAITING_FOR_SCAN, quarantined=True)
FAILED = a_read_document(status=DocumentStatus.UNREADABLE, page_count=None, retriable=True)
FILE = UploadedFile(upload_number=1, version="v1")
OUTCOME = Outcome(reader_version="1", page_count=3, charged_pages=2, kind="invoice")
ANALYSIS = Analysis(document_id=DOCUMENT.id, attempt=1, facts={"facts": [{"box": [0.5]}]})
FINISHED = Finished(
    document_id=READING.id,
    attempt=1,
    outcome=OUTCOME,
    also=(analyses.put_analysis(OID, ANALYSIS),),
)
ADA, CREDENTIAL = Caller(user_id="ada", session_id="S1"), a_credential()
OPEN_SESSION = OpenSession(session=a_session(), access=AccountAccess())
MAIL = a_mail()
LEASE = Lease(user_id="ada", id="L1")
POOL_USER = CREDENTIAL.user
NOTICE = RemovalNotice(at=THEN, removal_at=THEN + timedelta(days=30))
REPORT = Report.requested("R1", "ada", OID, ReportOptions(form="pdf"), at=THEN)
EXPORT = Export.requested("E1", "ada", "en", at=THEN)
MOST = OperationLimit(network=9, site=45, everyone=90)
ONE = OperationLimit(network=1, site=1, everyone=1)
BEYOND = OperationLimit(network=9, site=9, everyone=1, beyond=1)
LINK = OneTimeLink(
    token_hash="hash",
    purpose=LinkPurpose.RESET_PASSWORD,
    user_id="ada",
    address="ada@example.com",
    user_version=0,
    created_at=THEN,
    expires_at=LATER,
)
VERIFICATION = replace(LINK, user_id=CREDENTIAL.user.id, address=CREDENTIAL.address)
CHANGE = AddressChange.requested(
    "C1", replace(CREDENTIAL.user, email_verified=True), "lovelace@example.com", at=THEN
)
FACTOR = SecondFactor(user_id="ada", sealed_secret="sealed", created_at=THEN)
CODE = UsedCode(step=7)
PASSKEY, USE = a_passkey(), PasskeyUse(sign_count=1, is_synced=True)
ANSWERED = passkeys.answered(b"C1", until=LATER, used_by="R1")
PAID = a_payment(status=PaymentStatus.SUCCEEDED, paid_at=THEN, promised_at=LATER)
OWED = Refund.owed(PAID, RefundReason.QUOTE_CHANGED, at=THEN)
TASK = Task(
    kind=TaskKind.ERASE,
    user_id="ada",
    order_id=OID,
    subject="did",
    created_at=THEN,
    request_id="1",
)
CONTENT = Content(
    user_id="ada", sha256="ab", paid=DuplicateOf(order_id=OID, document_id=DOCUMENT.id)
)
REFUNDED = StripeReversal(
    refunds=(StripeRefund(id="re_1", status=RefundStatus.SUCCEEDED, money=Money(250, "eur")),)
)

REJECTION = Correction(
    fact_id="a", verdict=Verdict.REJECTED, read=a_gross_fact(), stated=None, user_id="ada", at=THEN
)

REVIEW = FinishedReview(finished_at=THEN, user_id="ada")

REBUILT = {"counted", "undone", "attempt"}
"""Attributes that hold a random id of the attempt."""


def confirmed_factor():
    second_factors.begin(FACTOR)
    write = second_factors.confirm_write(FACTOR, CODE, ["h1"], at=THEN, used_by="R1")
    client.write(write)


@dataclass(frozen=True)
class Case:
    act: Callable[[], Any]
    setup: Callable[[], object] = lambda: None


def saved(*documents_: Document, refunds_: tuple[Refund, ...] = (), **fields: Any):
    return lambda: save(an_order(*documents_, **fields), *documents_, refunds_=refunds_)


def with_two_passkeys():
    passkeys.add(PASSKEY, ANSWERED, MAIL)
    other = passkeys.answered(b"C2", until=LATER, used_by="R2")
    passkeys.add(a_passkey(id="b" * 32), other, a_mail(id="M3"))


def with_a_password_and_a_passkey():
    users.add(CREDENTIAL)
    passkeys.add(PASSKEY, ANSWERED, MAIL)


payable = saved(READ, payment=a_payment())
processing = saved(
    READ, payment=a_payment(status=PaymentStatus.PROCESSING), status=OrderStatus.PROCESSING
)
waiting = saved(READING, payment=PAID, status=OrderStatus.PROCESSING)
owing = saved(READ, payment=PAID, refunds_=(OWED,), revision=1)

UNHANDLED = UnhandledEvent(event_id="evt_1", failed_at=THEN)
CURSOR = Cursor(event_id=None, claim=f"{to_iso(LATER)}#1")


def create(key=None):
    return orders.create_order(an_order(), OPENED, key, limits=LIMITS)


def add(key=None):
    return documents.add("ada", [DOCUMENT], CHANGED, key, limits=LIMITS)


def create_sample(order_id=OID):
    document = replace(DOCUMENT, id=DOCUMENT.id.replace(OID, order_id, 1))
    order = with_samples(an_order(id=order_id), [document])
    return sample_orders.create_once(order, [document], OPENED)


def expired_sample():
    create_sample()
    orders.expire("ada", OID, EXPIRED, reason=SAMPLE_EXPIRED, grace=timedelta())


def accept(*, scan=False):
    return readings.accept("ada", OID, {DOCUMENT.id: FILE}, AUDIT, limits=LIMITS, scan=scan)


def split():
    return readings.split("ada", READING.id, 1, PARTS, AUDIT, limits=LIMITS)


def finish_part():
    return readings.finish_part("ada", READING.id, 1, 0, AUDIT, limits=LIMITS)


def read_again():
    return readings.read_again("ada", OID, [FAILED.id], AUDIT, reader_version="2", limits=LIMITS)


def change_document():
    current = document_changes.state("ada", OID, [DOCUMENT.id])
    assert current is not None
    renewed = DOCUMENT.with_new_upload(LATER)
    event = an_event("document_added", at=LATER)
    change = document_changes.Change(old=DOCUMENT, new=renewed, events=(event,))
    return document_changes.commit(current, [change], moves_quote=False, audit=AUDIT)


def succeed():
    return payment_table.record_success(
        an_intent(paid_at=THEN), AUDIT, guarantee=timedelta(hours=2), stripe_event="evt_1"
    )


def due():
    (debt,) = debts.due(DebtClass.HOUSEKEEPING, keys.shard(OID), by=DUE, limit=1)
    return debt


def a_claim():
    """The due debt as another worker's message saw it, before the write that is repeated."""
    seen = due()
    return Claim(key=seen.key, due_key=seen.due_key, item={}, failures=0)


def claimed_account():
    """The debt of an account as `a_claim` returns that of a document."""
    item = account_retention.owed(CREDENTIAL.user)
    return Claim(key=keys.user("ada"), due_key=item["GSI2SK"], item=item, failures=0)


def claim_cursor():
    stripe_cursor.claim(at=THEN, until=LATER, name="1")


def retry():
    return reversals.retry(OWED.requested("re_1", at=THEN).failed(at=THEN), AUDIT)


FAILED_BY_HAND = Refund.by_hand(
    PAID, StripeRefund(id="re_9", status=RefundStatus.FAILED, money=PAID.money), at=THEN
)
"""A refund of a payment that completed its order."""


def begin(network="203.0.113.7"):
    attempt = rate_limits.begin("ada@example.com", network, most=MOST, at=THEN)
    return replace(attempt, id="")


def count(network, most=MOST):
    return replace(rate_limits.count("register", network, most=most, at=THEN), id="")


def begin_as_owner():
    return replace(rate_limits.begin_as_owner("a device", at=THEN), id="")


def begin_mail():
    return replace(rate_limits.begin_mail("ada", "verify_address", at=THEN), id="")


def log_in_beyond(network):
    attempt = rate_limits.begin("ada@example.com", network, most=BEYOND, at=THEN)
    return replace(attempt, id="")


def begin_in_session():
    return replace(rate_limits.begin_in_session("S1", at=THEN), id="")


def undo_count(network):
    rate_limits.begin("ada@example.com", network, most=MOST, at=THEN)
    return rate_limits.undo_count(rate_limits.begin("ada@example.com", network, most=MOST, at=THEN))


def begin_sending():
    client.write(mails.put(MAIL))
    mails.start(MAIL, "attempt", at=THEN)


DELETION = Deletion(
    user_id=CREDENTIAL.user.id,
    email=CREDENTIAL.user.email,
    language="en",
    requested_at=THEN,
    mail_id="M9",
    is_address_free=True,
)


def begin_deletion():
    open_account()
    deletions.begin(DELETION, CREDENTIAL.user, MAIL, OPEN_SESSION)


def open_account():
    users.add(CREDENTIAL)
    client.write(sessions.put(a_session()))


def open_account_with_key():
    open_account()
    api_keys.create(an_api_key(), MAIL)


def invoice():
    paid = Invoice.of(CREDENTIAL.user, an_order(), PAID)
    assert paid is not None
    return paid


def read_for_review():
    save(an_order(READ), READ)
    facts = {"facts": [a_gross_fact()]}
    client.write(analyses.put_analysis(OID, Analysis(document_id=READ.id, attempt=1, facts=facts)))


def review():
    state = corrections.state("ada", READ.id)
    document = state.document.reviewed_with(
        "ab", ReviewProgress(1, 1), headline=None, key_facts=None
    )
    corrections.commit(state, document, [CHANGED], put=REJECTION, removed=["another"])


def correct_line_items():
    state = corrections.state("ada", READ.id)
    document = state.document.reviewed_with(
        LINE_ITEMS, ReviewProgress(1, 0), headline=None, key_facts=None
    )
    rows = CorrectedLineItems(rows=[], user_id="ada", at=THEN)
    corrections.commit_line_items(state, document, [CHANGED], put=rows)


reviewable = saved(READ, payment=PAID, status=OrderStatus.COMPLETED)
reviewed = saved(READ, payment=PAID, status=OrderStatus.COMPLETED, review=REVIEW)


CASES = {
    "corrections.commit": Case(review, read_for_review),
    "corrections.commit_line_items": Case(correct_line_items, read_for_review),
    "reviews.finish": Case(lambda: reviews.finish(OID, REVIEW, CHANGED), reviewable),
    "reviews.reopen": Case(lambda: reviews.reopen("ada", OID, CHANGED), reviewed),
    "orders.create_order": Case(create),
    "orders.create_order under a key": Case(lambda: create(IDEMPOTENCY_KEY)),
    "orders.cancel": Case(
        lambda: orders.cancel("ada", OID, CHANGED, reason=CANCELLED_BY_CUSTOMER), payable
    ),
    "orders.expire": Case(
        lambda: orders.expire("ada", OID, EXPIRED, reason=NEVER_PAID, grace=timedelta()),
        saved(READ),
    ),
    "orders.request_analysis": Case(
        lambda: orders.request_analysis(orders.get("ada", OID), CHANGED), saved(DOCUMENT)
    ),
    "documents.add": Case(add, saved()),
    "documents.add to a payable order": Case(
        add, saved(a_read_document("read.pdf"), payment=a_payment())
    ),
    "documents.add under a key": Case(lambda: add(IDEMPOTENCY_KEY), saved()),
    "sample_orders.create_once": Case(create_sample),
    "sample_orders.create_once after one expired": Case(
        lambda: create_sample(OTHER_OID), expired_sample
    ),
    "documents.renew_upload": Case(
        lambda: documents.renew_upload("ada", DOCUMENT.id, limits=LIMITS, at=LATER), saved(DOCUMENT)
    ),
    "documents.renew_upload after a reading": Case(
        lambda: documents.renew_upload("ada", FAILED.id, limits=LIMITS, at=LATER), saved(FAILED)
    ),
    "documents.record_paid_before": Case(
        lambda: documents.record_paid_before("ada", OID, {READ.id: (1, ELSEWHERE)}, AUDIT),
        saved(READ, payment=a_payment()),
    ),
    "documents.record_charged_again": Case(
        lambda: documents.record_charged_again("ada", OID, {READ.id: (1, 1)}, AUDIT),
        saved(replace(READ, duplicate_of=ELSEWHERE, charged_pages=0), payment=a_payment()),
    ),
    "documents.erase": Case(
        lambda: documents.erase("ada", OID, [READ.id], AUDIT),
        saved(READ, status=OrderStatus.CANCELLED),
    ),
    "document_titles.rename": Case(
        lambda: document_titles.rename("ada", READ.id, "Rent", AUDIT, if_match=title_tag(READ)),
        saved(READ, payment=a_payment()),
    ),
    "documents.remove": Case(lambda: documents.remove("ada", DOCUMENT.id, AUDIT), saved(DOCUMENT)),
    "document_changes.commit": Case(change_document, saved(DOCUMENT)),
    "readings.accept": Case(accept, saved(DOCUMENT)),
    "readings.accept before a scan": Case(lambda: accept(scan=True), saved(DOCUMENT)),
    "readings.accept without a slot": Case(
        accept, saved(DOCUMENT, a_reading_document("1.pdf"), a_reading_document("2.pdf"))
    ),
    "readings.resume_after_scan": Case(
        lambda: readings.resume_after_scan("ada", SCANNED.id, 1, AUDIT), saved(SCANNED)
    ),
    "admissions.admit": Case(
        lambda: admissions.admit("ada", WAITING.id, AUDIT, limits=LIMITS), saved(WAITING)
    ),
    "readings.split": Case(split, saved(READING)),
    "readings.finish_part": Case(finish_part, saved(replace(READING, parts=PARTS))),
    "readings.record": Case(lambda: readings.record("ada", OID, [FINISHED], AUDIT), saved(READING)),
    "readings.record of a paid order": Case(
        lambda: readings.record("ada", OID, [FINISHED], AUDIT), waiting
    ),
    "readings.record of new hashes of a paid document": Case(
        lambda: readings.record("ada", OID, [replace(FINISHED, has_new_hashes=True)], AUDIT),
        saved(replace(READING, charged_pages=1), payment=PAID, status=OrderStatus.COMPLETED),
    ),
    "readings.record of a sample": Case(
        lambda: readings.record("ada", OID, [FINISHED], AUDIT), saved(READING, is_sample=True)
    ),
    "readings.record with an admission": Case(
        lambda: readings.record("ada", OID, [FINISHED], AUDIT, limits=LIMITS),
        saved(READING, a_reading_document("1.pdf"), a_reading_document("2.pdf", admitted_at=None)),
    ),
    "readings.read_again": Case(read_again, saved(FAILED)),
    "payments.start_payment": Case(
        lambda: payment_table.start_payment(a_payment(), CHANGED), saved(READ)
    ),
    "payments.start_payment in place of another": Case(
        lambda: payment_table.start_payment(a_payment(payment_intent_id="pi_2"), CHANGED), payable
    ),
    "payments.record_processing": Case(
        lambda: payment_table.record_processing(an_intent(), AUDIT, stripe_event="evt_1"), payable
    ),
    "payments.record_declined": Case(
        lambda: payment_table.record_declined(
            an_intent(), AUDIT, reason=Reason("payment_declined"), stripe_event="evt_1"
        ),
        processing,
    ),
    "payments.record_action_required": Case(
        lambda: payment_table.record_action_required(
            an_intent(requires_action=True), AUDIT, stripe_event="evt_1"
        ),
        payable,
    ),
    "payments.record_canceled": Case(
        lambda: payment_table.record_canceled(an_intent(), AUDIT, reason=Reason("payment_expired")),
        payable,
    ),
    "payments.record_success": Case(succeed, payable),
    "payments.record_success during a reading": Case(
        succeed, saved(READ, a_reading_document("2.pdf"), payment=a_payment())
    ),
    "payments.record_success of an outdated payment": Case(
        succeed, saved(READ, payment=a_payment(), revision=1)
    ),
    "payments.give_up": Case(lambda: payment_table.give_up("ada", OID, AUDIT), waiting),
    "payments.owe_refund": Case(
        lambda: payment_table.owe_refund("ada", OID, "pi_1", AUDIT, reason=RefundReason.BY_HAND),
        saved(READ, payment=PAID, status=OrderStatus.COMPLETED),
    ),
    "reversals.record_request": Case(lambda: reversals.record_request(OWED, "re_1", AUDIT), owing),
    "reversals.record": Case(
        lambda: reversals.record(
            an_intent(), lambda: REFUNDED, AUDIT, dispute_closes=False, stripe_event="evt_1"
        ),
        owing,
    ),
    "reversals.record of a completed order": Case(
        lambda: reversals.record(an_intent(), lambda: REFUNDED, AUDIT, dispute_closes=False),
        saved(READ, payment=PAID, status=OrderStatus.COMPLETED),
    ),
    "reversals.record_refusal": Case(lambda: reversals.record_refusal(OWED, AUDIT), owing),
    "reversals.close": Case(
        lambda: reversals.close(FAILED_BY_HAND, AUDIT),
        saved(READ, payment=PAID, status=OrderStatus.COMPLETED, refunds_=(FAILED_BY_HAND,)),
    ),
    "reversals.acknowledge": Case(
        lambda: reversals.acknowledge(FAILED_BY_HAND, AUDIT),
        saved(READ, payment=PAID, status=OrderStatus.COMPLETED, refunds_=(FAILED_BY_HAND,)),
    ),
    "reversals.retry": Case(
        retry,
        saved(
            READ,
            payment=PAID,
            refunds_=(OWED.requested("re_1", at=THEN).failed(at=THEN),),
            revision=1,
        ),
    ),
    "stripe_events.write_once": Case(
        lambda: stripe_events.write_once([events.event_write(OID, OPENED)], "evt_1", at=THEN)
    ),
    "stripe_events.note": Case(lambda: stripe_events.note(["evt_1", "evt_2"], at=THEN)),
    "debts.reserve": Case(lambda: debts.reserve(due(), until=LATER, name="1"), saved(DOCUMENT)),
    "debts.postpone": Case(lambda: debts.postpone(a_claim(), until=LATER), saved(DOCUMENT)),
    "debts.reschedule": Case(lambda: debts.reschedule(a_claim(), None), saved(DOCUMENT)),
    "stripe_cursor.claim": Case(lambda: stripe_cursor.claim(at=THEN, until=LATER, name="1")),
    "stripe_cursor.move": Case(lambda: stripe_cursor.move(CURSOR, "evt_2"), claim_cursor),
    "stripe_cursor.release": Case(lambda: stripe_cursor.release(CURSOR), claim_cursor),
    "unhandled_events.owe": Case(lambda: unhandled_events.owe(UNHANDLED, at=THEN)),
    "unhandled_events.finish": Case(
        lambda: unhandled_events.finish(UNHANDLED),
        lambda: unhandled_events.owe(UNHANDLED, at=THEN),
    ),
    "operator_acts.record": Case(
        lambda: operator_acts.record("redrive", {"messages": 3}, replace(AUDIT, new_id=lambda: "1"))
    ),
    "tasks.request": Case(lambda: tasks.request(TASK)),
    "tasks.finish": Case(
        lambda: tasks.finish(TASK), lambda: client.write(tasks.put(TASK, at=THEN))
    ),
    "analyses.erase": Case(
        lambda: analyses.erase(OID, DOCUMENT.id),
        lambda: client.write(analyses.put_analysis(OID, ANALYSIS)),
    ),
    "usage.release": Case(
        lambda: usage.release("ada", [reading_name(READING.id, 1)]),
        lambda: save(an_order(READING), READING),
    ),
    "contents.record_paid": Case(lambda: contents.record_paid(CONTENT)),
    "contents.record_paid for a task": Case(
        lambda: contents.record_paid(CONTENT, only_if=tasks.unchanged(TASK)),
        lambda: tasks.request(TASK),
    ),
    "contents.end_unrecorded": Case(
        lambda: contents.end_unrecorded("ada", OID, only_if=tasks.unchanged(TASK)),
        lambda: client.write(contents.put_unrecorded("ada", OID), tasks.put(TASK, at=THEN)),
    ),
    "contents.remove": Case(
        lambda: contents.remove(CONTENT), lambda: contents.record_paid(CONTENT)
    ),
    "sessions.put": Case(lambda: client.write(sessions.put(a_session()))),
    "sessions.rotate": Case(
        lambda: sessions.rotate(a_session(), old="current", new="new", at=THEN, until=LATER),
        lambda: client.write(sessions.put(a_session())),
    ),
    "sessions.confirm_write": Case(
        lambda: client.update(sessions.confirm_write(ADA, at=LATER)),
        lambda: client.write(sessions.put(a_session())),
    ),
    "second_factors.begin": Case(lambda: second_factors.begin(FACTOR)),
    "second_factors.confirm_write": Case(
        lambda: client.write(
            second_factors.confirm_write(FACTOR, CODE, ["h1"], at=THEN, used_by="R1")
        ),
        lambda: second_factors.begin(FACTOR),
    ),
    "second_factors.use_write": Case(
        lambda: client.write(second_factors.use_write(FACTOR, CODE, used_by="R1")),
        lambda: second_factors.begin(FACTOR),
    ),
    "second_factors.use_write of a recovery code": Case(
        lambda: client.write(
            second_factors.use_write(FACTOR, UsedCode(recovery_hash="h1"), used_by="R2")
        ),
        confirmed_factor,
    ),
    "second_factors.renew_write": Case(
        lambda: client.write(second_factors.renew_write(FACTOR, ["h2"]), mails.put(MAIL)),
        confirmed_factor,
    ),
    "second_factors.remove_write": Case(
        lambda: client.write(mails.put(MAIL), second_factors.remove_write(FACTOR)),
        lambda: second_factors.begin(FACTOR),
    ),
    "pool_profiles.unchanged_write": Case(
        lambda: client.write(sessions.put(a_session()), pool_profiles.unchanged_write(POOL_USER))
    ),
    "pool_profiles.change_write": Case(
        lambda: client.write(
            pool_profiles.change_write(
                replace(POOL_USER, second_factor=True), "C1", "second_factor"
            ),
            mails.put(MAIL),
        )
    ),
    "pool_profiles.rename": Case(
        lambda: pool_profiles.rename(replace(POOL_USER, full_name="Lovelace")),
        lambda: client.write(pool_profiles.unchanged_write(POOL_USER)),
    ),
    "pool_profiles.verify_write": Case(
        lambda: client.write(pool_profiles.verify_write(POOL_USER)),
        lambda: client.write(pool_profiles.unchanged_write(POOL_USER)),
    ),
    "pool_profiles.verify_if_present": Case(
        lambda: pool_profiles.verify_if_present(POOL_USER),
        lambda: client.write(pool_profiles.unchanged_write(POOL_USER)),
    ),
    "pool_leases.take_write": Case(
        lambda: client.write(pool_leases.take_write(LEASE, AccountAccess(), at=THEN))
    ),
    "pool_leases.take_write of a reset": Case(
        lambda: client.write(pool_leases.take_write(LEASE, None, at=THEN))
    ),
    "pool_profiles.unchanged_check": Case(
        lambda: client.write(pool_profiles.unchanged_check(POOL_USER), mails.put(MAIL))
    ),
    "pool_leases.held_write": Case(
        lambda: client.write(
            pool_leases.held_write(account_access.end_sessions_write("ada", at=THEN), LEASE),
            mails.put(MAIL),
        ),
        lambda: client.write(pool_leases.take_write(LEASE, AccountAccess(), at=THEN)),
    ),
    "pool_leases.give_back": Case(
        lambda: pool_leases.give_back(LEASE),
        lambda: client.write(pool_leases.take_write(LEASE, AccountAccess(), at=THEN)),
    ),
    "passkeys.add": Case(lambda: passkeys.add(PASSKEY, ANSWERED, MAIL)),
    "passkeys.use_write": Case(
        lambda: client.write(passkeys.use_write(PASSKEY, USE, at=LATER, used_by="R2")),
        lambda: passkeys.add(PASSKEY, ANSWERED, MAIL),
    ),
    "passkeys.use_write of a device that counts nothing": Case(
        lambda: client.write(
            passkeys.use_write(PASSKEY, replace(USE, sign_count=0), at=LATER, used_by="R2"),
            passkeys.answered(b"C2", until=LATER, used_by="R2"),
        ),
        lambda: passkeys.add(PASSKEY, ANSWERED, MAIL),
    ),
    "passkeys.rename": Case(
        lambda: passkeys.rename("ada", PASSKEY.id, "Old laptop"),
        lambda: passkeys.add(PASSKEY, ANSWERED, MAIL),
    ),
    "passkeys.remove": Case(
        lambda: passkeys.remove(PASSKEY, a_mail(id="M2"), least=0),
        lambda: passkeys.add(PASSKEY, ANSWERED, MAIL),
    ),
    "passkeys.remove of one of two": Case(
        lambda: passkeys.remove(PASSKEY, a_mail(id="M2"), least=1),
        with_two_passkeys,
    ),
    "second_factors.forget_write": Case(
        lambda: client.write(second_factors.forget_write("ada")),
    ),
    "users.remove_password_writes": Case(
        lambda: client.write(
            passkeys.has_some("ada"),
            *users.remove_password_writes(CREDENTIAL),
            mails.put(a_mail(id="M2")),
        ),
        with_a_password_and_a_passkey,
    ),
    "passkeys.remove_all_writes": Case(
        lambda: client.write(
            *passkeys.remove_all_writes("ada", [PASSKEY]), mails.put(a_mail(id="M2"))
        ),
        lambda: passkeys.add(PASSKEY, ANSWERED, MAIL),
    ),
    "users.second_factor_writes": Case(
        lambda: client.write(*users.second_factor_writes(CREDENTIAL, is_on=True)),
        lambda: users.add(CREDENTIAL),
    ),
    "account_access.end_sessions": Case(lambda: account_access.end_sessions("ada", at=THEN)),
    "account_access.end_sessions_write": Case(
        lambda: client.write(account_access.end_sessions_write("ada", at=THEN))
    ),
    "account_access.end_others_write": Case(
        lambda: client.write(account_access.end_others_write(OPEN_SESSION, at=LATER))
    ),
    "account_access.unchanged_write": Case(
        lambda: client.write(account_access.unchanged_write("ada", AccountAccess()))
    ),
    "sessions.exists_write": Case(
        lambda: client.write(sessions.exists_write(OPEN_SESSION)),
        lambda: client.write(sessions.put(a_session())),
    ),
    "sessions.open_writes": Case(
        lambda: client.write(*sessions.open_writes(OPEN_SESSION)),
        lambda: client.write(sessions.put(a_session())),
    ),
    "sessions.end_others_writes": Case(
        lambda: client.write(*sessions.end_others_writes(OPEN_SESSION, at=LATER)),
        lambda: client.write(sessions.put(a_session())),
    ),
    "sessions.end_others": Case(
        lambda: sessions.end_others(ADA, at=LATER),
        lambda: client.write(sessions.put(a_session())),
    ),
    "account_access.disable_write": Case(
        lambda: client.write(account_access.disable_write("ada", at=THEN))
    ),
    "account_access.enable_write": Case(
        lambda: client.write(account_access.enable_write("ada")),
        lambda: client.write(account_access.disable_write("ada", at=THEN)),
    ),
    "account_access.deleting_write": Case(
        lambda: client.write(
            account_access.deleting_write("ada", at=THEN, requested_with=AccountAccess())
        )
    ),
    "sessions.end_write": Case(
        lambda: client.write(sessions.end_write(ADA), mails.put(MAIL)),
        lambda: client.write(sessions.put(a_session())),
    ),
    "api_keys.create": Case(lambda: api_keys.create(an_api_key(), MAIL)),
    "api_keys.record_use": Case(
        lambda: api_keys.record_use(an_api_key(), at=LATER),
        lambda: api_keys.create(an_api_key(), MAIL),
    ),
    "api_keys.revoke": Case(
        lambda: api_keys.revoke("ada", an_api_key().id),
        lambda: api_keys.create(an_api_key(), MAIL),
    ),
    "rate_limits.count_report": Case(lambda: rate_limits.count_report("ada", at=THEN)),
    "rate_limits.count_change": Case(lambda: rate_limits.count_change("ada", at=THEN)),
    "rate_limits.count_departure": Case(lambda: rate_limits.count_departure("ada", at=THEN)),
    "rate_limits.count_link": Case(lambda: rate_limits.count_link("t" * 64, at=THEN)),
    "rate_limits.count_key": Case(lambda: rate_limits.count_key("K1", at=THEN)),
    "known_devices.remember_write": Case(
        lambda: client.write(known_devices.remember_write("ada", "t" * 43, version=0, at=THEN))
    ),
    "mails.put": Case(lambda: client.write(mails.put(MAIL))),
    "mails.start": Case(
        lambda: mails.start(MAIL, "attempt", at=THEN), lambda: client.write(mails.put(MAIL))
    ),
    "mails.unmark_sending": Case(
        lambda: mails.unmark_sending(MAIL, "attempt"),
        begin_sending,
    ),
    "mails.finish": Case(
        lambda: mails.finish(MAIL.mailbox, MAIL.id), lambda: client.write(mails.put(MAIL))
    ),
    "suppressions.suppress": Case(
        lambda: suppressions.suppress("a1", SuppressionReason.BOUNCE, at=THEN)
    ),
    "suppressions.end": Case(
        lambda: suppressions.end("a1"),
        lambda: suppressions.suppress("a1", SuppressionReason.BOUNCE, at=THEN),
    ),
    "one_time_links.put": Case(lambda: client.write(one_time_links.put(LINK))),
    "one_time_links.use_write": Case(
        lambda: client.write(one_time_links.use_write(LINK, at=THEN, used_by="request")),
        lambda: client.write(one_time_links.put(LINK)),
    ),
    "account_access.session_ended_write": Case(
        lambda: client.write(account_access.session_ended_write("ada", at=THEN))
    ),
    "sessions.revoke": Case(
        lambda: sessions.revoke(ADA, mails.put(MAIL), at=LATER),
        lambda: client.write(sessions.put(a_session())),
    ),
    "sessions.end": Case(
        lambda: sessions.end(ADA), lambda: client.write(sessions.put(a_session()))
    ),
    "rate_limits.begin": Case(begin),
    "rate_limits.begin from IPv6": Case(lambda: begin("2001:db8:1:2::")),
    "rate_limits.begin_as_owner": Case(begin_as_owner),
    "rate_limits.begin_in_session": Case(begin_in_session),
    "rate_limits.begin_mail": Case(begin_mail),
    "rate_limits.count_refresh": Case(lambda: rate_limits.count_refresh("S1", at=THEN)),
    "rate_limits.undo_count": Case(lambda: undo_count("203.0.113.7")),
    "rate_limits.undo_count from IPv6": Case(lambda: undo_count("2001:db8:1:2::")),
    "rate_limits.count": Case(lambda: count("203.0.113.7")),
    "rate_limits.count up to the limit": Case(lambda: count("203.0.113.7", ONE)),
    "rate_limits.count beyond the limit of everyone": Case(
        lambda: count("203.0.113.7", BEYOND), lambda: count("198.51.100.1", BEYOND)
    ),
    "rate_limits.begin beyond the limit of everyone": Case(
        lambda: log_in_beyond("203.0.113.7"), lambda: log_in_beyond("198.51.100.1")
    ),
    "rate_limits.count_address_change": Case(
        lambda: rate_limits.count_address_change("ada", at=THEN)
    ),
    "rate_limits.count from IPv6": Case(lambda: count("2001:db8:1:2::")),
    "users.add": Case(lambda: users.add(CREDENTIAL)),
    "rate_limits.count_mail": Case(
        lambda: rate_limits.count_mail("ada@example.com", "register", at=THEN)
    ),
    "rate_limits.forgive": Case(lambda: rate_limits.forgive("ada@example.com", at=THEN), begin),
    "reports.request": Case(lambda: reports.request(REPORT)),
    "reports.record": Case(
        lambda: reports.record(REPORT, REPORT.ready("a.pdf", at=LATER), at=LATER),
        lambda: reports.request(REPORT),
    ),
    "exports.request": Case(lambda: exports.request(EXPORT)),
    "exports.record": Case(
        lambda: exports.record(EXPORT, EXPORT.ready(at=LATER), at=LATER, mail=MAIL),
        lambda: exports.request(EXPORT),
    ),
    "address_changes.put": Case(lambda: client.write(address_changes.put(CHANGE), mails.put(MAIL))),
    "address_changes.confirm_write": Case(
        lambda: client.write(
            address_changes.confirm_write(CHANGE, LinkPurpose.CONFIRM_NEW_ADDRESS, at=THEN)
        ),
        lambda: client.write(address_changes.put(CHANGE)),
    ),
    "address_changes.remove_write": Case(
        lambda: client.write(mails.put(MAIL), address_changes.remove_write(CHANGE)),
        lambda: client.write(address_changes.put(CHANGE)),
    ),
    "users.add_writes": Case(lambda: client.write(*users.add_writes(CREDENTIAL), mails.put(MAIL))),
    "users.touch_writes": Case(
        lambda: client.write(*users.touch_writes(CREDENTIAL), mails.put(MAIL)),
        lambda: users.add(CREDENTIAL),
    ),
    "users.password_writes": Case(
        lambda: client.write(*users.password_writes(CREDENTIAL, "new", verified=True)),
        lambda: users.add(CREDENTIAL),
    ),
    "users.move_writes": Case(
        lambda: client.write(*users.move_writes(CREDENTIAL, "lovelace@example.com")),
        lambda: users.add(CREDENTIAL),
    ),
    "users.rename": Case(
        lambda: users.rename(CREDENTIAL.user, "Ada Lovelace"), lambda: users.add(CREDENTIAL)
    ),
    "users.verify_writes": Case(
        lambda: client.write(*users.verify_writes(VERIFICATION)), lambda: users.add(CREDENTIAL)
    ),
    "deletions.begin": Case(
        lambda: deletions.begin(DELETION, CREDENTIAL.user, MAIL, OPEN_SESSION), open_account
    ),
    "deletions.begin of an account in a user pool": Case(
        lambda: deletions.begin(
            replace(DELETION, is_address_free=False), CREDENTIAL.user, MAIL, OPEN_SESSION
        ),
        lambda: client.write(sessions.put(a_session())),
    ),
    "deletions.record_free_address": Case(
        lambda: deletions.record_free_address(replace(DELETION, is_address_free=False)),
        begin_deletion,
    ),
    "deletions.remove_account": Case(
        lambda: deletions.remove_account(DELETION, at=LATER), begin_deletion
    ),
    "deletions.finish": Case(
        lambda: deletions.finish(DELETION, replace(MAIL, id="M9")), begin_deletion
    ),
    "deletions.erase_order": Case(
        lambda: deletions.erase_order(an_order()),
        saved(READ, status=OrderStatus.CANCELLED, payment=PAID),
    ),
    "deletions.erase_sessions": Case(
        lambda: deletions.erase_sessions("ada", access=True), begin_deletion
    ),
    "deletions.erase_links_and_mails": Case(
        lambda: deletions.erase_links_and_mails("ada"),
        lambda: client.write(
            one_time_links.put(LINK), mails.put(replace(MAIL, requested_by="ada"))
        ),
    ),
    "deletions.erase_mails_to": Case(
        lambda: deletions.erase_mails_to(MAIL.mailbox, before=LATER),
        lambda: client.write(mails.put(MAIL)),
    ),
    "deletions.erase_own": Case(
        lambda: deletions.erase_own("ada", with_usage=True), lambda: contents.record_paid(CONTENT)
    ),
    "deletions.keep_invoice": Case(lambda: deletions.keep_invoice(invoice(), until=LATER)),
    "users.release": Case(
        lambda: users.release("ada@example.com", reserved_until=THEN, at=DUE),
        lambda: users.reserve("ada@example.com", "mine", at=THEN),
    ),
    "users.remove_credential": Case(
        lambda: users.remove_credential(CREDENTIAL.user), lambda: users.add(CREDENTIAL)
    ),
    "users.reserve": Case(lambda: users.reserve("ada@example.com", "mine", at=THEN)),
    "account_access.unchanged_use_write": Case(
        lambda: client.write(
            sessions.put(a_session()),
            account_access.unchanged_use_write("ada", AccountAccess(), "en", at=THEN),
        )
    ),
    "account_access.use_write": Case(
        lambda: client.write(
            sessions.put(a_session()), account_access.use_write("ada", "en", at=THEN)
        )
    ),
    "account_access.record_use": Case(lambda: account_access.record_use("ada", "en", at=THEN)),
    "account_retention.notify": Case(
        lambda: account_retention.notify(claimed_account(), NOTICE, MAIL),
        lambda: users.add(CREDENTIAL),
    ),
    "deletions.begin_unused": Case(
        lambda: deletions.begin_unused(
            DELETION, CREDENTIAL.user, account_retention.last_uses("ada")
        ),
        open_account_with_key,
    ),
    "api_keys.unused_write": Case(
        lambda: client.write(api_keys.unused_write(an_api_key())),
        lambda: api_keys.create(an_api_key(), MAIL),
    ),
    "users.password_hash_write": Case(
        lambda: client.write(
            sessions.put(a_session()), users.password_hash_write(CREDENTIAL, "new")
        ),
        lambda: users.add(CREDENTIAL),
    ),
}


def visible_items():
    """All items of the table without the attributes that are random."""
    return [
        {name: value for name, value in item.items() if name not in _random_names(item)}
        for item in stored()
    ]


def _random_names(item):
    if item["PK"].startswith(("RATE_LIMIT#", "EMAIL#")):
        return REBUILT
    if item["SK"] == "ACCESS":
        return {"generation", "key_generation"}
    return {"SK", "id"} if item["SK"].startswith(keys.EVENTS) else set()


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_write_with_lost_replies_has_the_same_result(case, monkeypatch):
    monkeypatch.setattr(tasks, "new_id", lambda: "request-1")
    case.setup()
    answer, expected = case.act(), visible_items()

    for times in (1, 2):
        delete_all()
        case.setup()
        with lost_replies(times) as sent:
            repeated = case.act()

        assert len(sent) > times
        assert repeated == answer
        assert visible_items() == expected


def send_mails():
    """As their workers do: a mail that was sent is deleted."""
    for item in stored():
        if item["PK"].startswith("MAIL#"):
            client.dynamodb().delete_item(
                TableName="docket", Key=to_attributes({"PK": item["PK"], "SK": item["SK"]})
            )


OWING = (
    "address_changes.put",
    "second_factors.renew_write",
    "api_keys.create",
    "exports.record",
    "deletions.begin",
    "account_retention.notify",
)


@pytest.mark.parametrize("name", OWING)
def test_a_mail_that_was_sent_before_the_reply_was_lost_is_not_owed_again(name, monkeypatch):
    monkeypatch.setattr(tasks, "new_id", lambda: "request-1")
    case = CASES[name]
    case.setup()
    send_mails()
    answer = case.act()
    assert [item for item in stored() if item["PK"].startswith("MAIL#")]
    delete_all()
    case.setup()
    send_mails()

    with lost_replies(meanwhile=send_mails) as sent:
        repeated = case.act()

    assert len(sent) > 1
    assert repeated == answer
    assert not [item for item in stored() if item["PK"].startswith("MAIL#")]


def test_a_login_is_recognised_after_the_mail_about_its_device_was_sent():
    with lost_replies(meanwhile=send_mails):
        client.write(sessions.put(a_session()), mails.put(MAIL))

    assert [item["PK"] for item in stored()] == ["SESSION#ada"]


def test_a_repeated_change_of_address_does_not_replace_a_later_one():
    later = replace(CHANGE, id=f"{CHANGE.id} later")

    def begin_another():
        send_mails()
        client.dynamodb().put_item(
            TableName="docket", Item=to_attributes(address_changes.put(later).item)
        )

    with lost_replies(meanwhile=begin_another), pytest.raises(ConditionFailed):
        client.write(address_changes.put(CHANGE), mails.put(MAIL))

    assert address_changes.find(CHANGE.user_id) == later


TABLE = Path(client.__file__).parent
SHARED = {"orders.commit", "orders.create_once"}
"""Functions that other modules of the table write with."""


def calls(function: ast.FunctionDef) -> set[str]:
    return {
        node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name)
    }


def writers() -> set[str]:
    """The public functions of the table that write, directly or not."""
    functions = [
        (path.stem, node)
        for path in TABLE.rglob("*.py")
        if path.stem not in ("client", "requests")
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef)
    ]
    writers = {"write", "update"}
    while more := {node.name for _, node in functions if calls(node) & writers} - writers:
        writers |= more
    return {
        f"{module}.{node.name}"
        for module, node in functions
        if calls(node) & writers and not node.name.startswith("_")
    }


def test_every_case_is_named_for_a_function():
    functions = {
        f"{path.stem}.{node.name}"
        for path in TABLE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
    }

    assert {name.partition(" ")[0] for name in CASES} - functions == set()


def test_every_writing_function_has_a_case():
    assert writers() - SHARED <= {name.partition(" ")[0] for name in CASES}
    assert len(writers()) > 20
