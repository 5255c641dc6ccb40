import json
from datetime import timedelta

import pytest
from botocore.exceptions import ClientError

from docket.domain.document import DocumentParts, DocumentStatus, Outcome
from docket.domain.order import (
    COMPLETION_DEADLINE,
    PAYMENT_CHECK,
    PAYMENT_DEADLINE,
    READING_CHECK,
    READING_DEADLINE,
    OrderStatus,
)
from docket.domain.payment import DisputeStatus, RefundStatus, Reversal
from docket.domain.reason import CANCELLED_BY_CUSTOMER, Reason
from docket.gateways import queues, s3
from docket.gateways import stripe as gateway
from docket.gateways.queues import ReadRequest
from docket.gateways.s3 import Upload
from docket.runtime.clock import now
from docket.table import documents, events, keys, orders
from docket.table import payments as payment_table
from docket.workflows import debts
from docket.workflows import payment as payment_workflow
from docket.workflows.audit import audit_context
from tests.fakes import signed
from tests.make import (
    OID,
    OTHER_OID,
    a_document,
    a_read_document,
    an_audit_context,
    an_event,
    an_order,
    numbered,
)

pytestmark = pytest.mark.usefixtures("service")

START = SOON = DEADLINE = now()


@pytest.fixture(autouse=True)
def times(monkeypatch):
    """Those of the test, and not of its collection: what it writes has the time of its writing."""
    start = now()
    monkeypatch.setitem(globals(), "START", start)
    monkeypatch.setitem(globals(), "SOON", start + timedelta(minutes=20))
    monkeypatch.setitem(globals(), "DEADLINE", start + READING_DEADLINE + timedelta(minutes=5))


def save(*documents_, **fields):
    order = an_order(documents=documents_, created_at=START, **fields)
    orders.create_order(order, an_event("opened", at=START))


def get_order(order_id=OID):
    return orders.get("ada", order_id)


def sweep(at=None):
    return debts.sweep(an_audit_context("sweeper", at or SOON))


def still_due(at=None):
    at = at or START + timedelta(days=30)
    classes = (keys.DUE_MONEY, keys.DUE_WORK)
    return [
        order.id
        for due_class in classes
        for _, order in orders.due(at, due_class=due_class, limit=9)
    ]


def start_paying(order_id=OID):
    return payment_workflow.current_intent(get_order(order_id), audit_context("customer"))


def start_reading(bucket, document):
    version = bucket.upload(document.id)
    documents.start_reading("ada", document.id, version, order_id=OID, at=START, quarantined=False)
    return version


def event_names():
    return [event.name for event in events.of_order(OID)]


def test_a_sweep_without_due_orders_does_nothing():
    save(a_read_document())

    assert sweep() == (0, 0)


def test_an_order_whose_webhook_was_lost_is_completed(stripe):
    save(a_read_document())
    stripe.pay(start_paying().id)

    assert sweep() == (1, 0)

    assert get_order().is_paid
    assert still_due() == []


def test_a_debit_whose_webhook_was_lost_is_checked_until_the_bank_answers(stripe):
    save(a_read_document())
    intent = start_paying()
    stripe.pay(intent.id, "pm_success_de")

    sweep()
    assert get_order().status is OrderStatus.PROCESSING
    assert still_due() == [OID]
    stripe.complete_payment(intent.id)
    sweep(SOON + PAYMENT_CHECK)

    assert get_order().is_paid


def test_an_open_payment_is_cancelled_after_its_deadline(stripe):
    save(a_read_document())
    intent = start_paying()

    sweep()
    assert stripe.intent(intent.id).status == "requires_payment_method"
    assert still_due() == [OID]
    sweep(SOON + PAYMENT_DEADLINE)

    assert stripe.intent(intent.id).status == "canceled"
    assert get_order().explanation == Reason("payment_expired")
    assert still_due() == []
    assert start_paying().id != intent.id


def test_the_intent_of_an_outdated_quote_is_cancelled(stripe):
    save(a_read_document())
    intent = start_paying()
    documents.add("ada", a_read_document("more.pdf"), an_event("document_added", at=START))

    sweep(DEADLINE)

    assert stripe.intent(intent.id).status == "canceled"


def test_the_intent_of_a_cancelled_order_is_cancelled(stripe):
    save(a_read_document())
    intent = start_paying()
    orders.cancel(get_order(), an_event("cancelled", at=START), reason=CANCELLED_BY_CUSTOMER)

    assert sweep() == (1, 0)

    assert stripe.intent(intent.id).status == "canceled"
    assert get_order().explanation == CANCELLED_BY_CUSTOMER
    assert still_due() == []


def test_a_payment_of_a_cancelled_order_is_refunded(stripe):
    save(a_read_document())
    intent = start_paying()
    orders.cancel(get_order(), an_event("cancelled", at=START), reason=CANCELLED_BY_CUSTOMER)
    stripe.pay(intent.id)

    sweep()
    body = stripe.event("payment_intent.succeeded", intent.id)
    payment_workflow.handle_event(
        gateway.verify_webhook(body, signed(body)["stripe-signature"]), audit_context("stripe")
    )

    assert stripe.refunds(intent.id) == [250]
    assert get_order().status is OrderStatus.CANCELLED
    assert get_order().explanation.code == "order_cancelled"
    assert event_names().count("refunded") == 1


def test_a_debit_of_a_cancelled_order_is_refunded_after_it_succeeds(stripe):
    save(a_read_document())
    intent = start_paying()
    orders.cancel(get_order(), an_event("cancelled", at=START), reason=CANCELLED_BY_CUSTOMER)
    stripe.pay(intent.id, "pm_success_de")

    sweep()
    assert still_due() == [OID]
    stripe.complete_payment(intent.id)
    sweep(SOON + PAYMENT_CHECK)
    sweep(SOON + 2 * PAYMENT_CHECK)
    assert still_due() == [OID]  # until the bank has answered about the refund
    stripe.complete_refunds(intent.id)
    for times in (3, 4):
        sweep(SOON + times * PAYMENT_CHECK)

    assert stripe.refunds(intent.id) == [250]
    assert still_due() == []


def test_an_upload_whose_message_was_lost_is_queued_again(bucket, queue):
    save(a_document(added_at=START))
    version = bucket.upload(a_document().id)

    assert sweep(DEADLINE) == (1, 0)

    ((record,),) = (message["Records"] for message in queue.receive_all())
    named = record["s3"]["object"]
    assert s3.upload_of(named["key"], named["versionId"]) == Upload("ada", a_document().id, version)
    assert still_due() == [OID]


def test_a_pending_upload_is_checked_for_a_day(queue):
    save(a_document(added_at=START))

    sweep(START + debts.UPLOAD_DEADLINE - timedelta(seconds=1))
    assert still_due() != []
    sweep(START + debts.UPLOAD_DEADLINE + PAYMENT_CHECK)

    assert queue.receive_all() == []
    assert still_due() == []
    assert get_order().documents[0].status is DocumentStatus.AWAITING_UPLOAD


def test_an_ingestion_fails_after_its_deadline(bucket):
    save(a_document(added_at=START))
    start_reading(bucket, a_document())

    sweep(START + READING_DEADLINE - timedelta(seconds=1))
    assert get_order().documents[0].status is DocumentStatus.READING
    sweep(DEADLINE + PAYMENT_CHECK)

    document = get_order().documents[0]
    assert document.status is DocumentStatus.UNREADABLE
    assert document.explanation == Reason("not_read_in_time")
    assert document.can_be_read_again("any")
    assert still_due() == []
    assert "document_unreadable" in event_names()


def test_an_ingestion_without_progress_is_requested_again(bucket, queue):
    save(a_document(added_at=START))
    version = start_reading(bucket, a_document())

    sweep(START + READING_CHECK)

    ((job,),) = (queues.parse_message(json.dumps(message)) for message in queue.receive_all())
    assert job == ReadRequest(Upload("ada", a_document().id, version))
    assert still_due() == [OID]
    assert get_order().documents[0].status is DocumentStatus.READING


def test_an_ingestion_with_progress_is_not_requested_again(bucket, queue):
    save(a_document(added_at=START))
    version = start_reading(bucket, a_document())
    order = get_order()
    documents.split(order, order.documents[0], DocumentParts((0, 1, 2)))
    documents.finish_part(order, order.documents[0], 0, at=START + timedelta(minutes=5))

    sweep(START + READING_CHECK)

    assert queue.receive_all() == []
    assert still_due() == [OID]
    assert get_order().documents[0].version == version


def test_a_repeated_ingestion_that_times_out_keeps_the_earlier_result(bucket):
    read = a_read_document(version=bucket.upload(a_document().id))
    save(read, status=OrderStatus.COMPLETED)
    repetition = an_event("reading_repeated", at=START)
    documents.read_again(get_order(), read, repetition)

    sweep(DEADLINE)

    document = get_order().documents[0]
    assert (document.status, document.page_count) == (DocumentStatus.READY, 1)
    assert "reading_again_failed" in event_names()


def test_an_order_stays_due_while_one_document_is_pending(bucket):
    save(a_document(added_at=START), a_document("late.pdf", added_at=START))
    start_reading(bucket, a_document())
    bucket.upload(a_document("late.pdf").id)

    sweep(DEADLINE)

    assert still_due() == [OID]


def two_paid_orders(stripe):
    """Two orders whose webhooks were lost; the sweep takes the first one first."""
    save(a_read_document())
    save(a_read_document(), id=OTHER_OID)
    for order_id in (OID, OTHER_OID):
        stripe.pay(start_paying(order_id).id)
    return get_order(OID).payment


def test_an_outage_for_one_order_does_not_stop_the_others(stripe):
    payment = two_paid_orders(stripe)
    stripe.fail_calls(path=f"/v1/payment_intents/{payment.payment_intent_id}")

    assert sweep() == (2, 1)
    assert not get_order().is_paid
    assert get_order(OTHER_OID).is_paid
    stripe.restore()
    assert sweep(DEADLINE + PAYMENT_CHECK) == (1, 0)

    assert get_order().is_paid


def test_an_exception_for_one_order_does_not_stop_the_others(stripe, bucket, monkeypatch, caplog):
    save(a_document(added_at=START))
    save(a_read_document(), id=OTHER_OID)
    stripe.pay(start_paying(OTHER_OID).id)

    def slow_down(**_):
        response = {"Error": {"Code": "SlowDown"}, "ResponseMetadata": {"HTTPStatusCode": 503}}
        raise ClientError(response, "HeadObject")  # type: ignore[arg-type]  # the fields that are read

    monkeypatch.setattr(s3._s3(), "list_object_versions", slow_down)

    assert sweep(DEADLINE) == (2, 1)

    assert get_order(OTHER_OID).is_paid
    assert still_due() == [OID]
    assert "SlowDown" in str([vars(record) for record in caplog.records])


def test_sweeping_is_idempotent(stripe, bucket):
    save(a_read_document())
    intent = start_paying()
    orders.cancel(get_order(), an_event("cancelled", at=START), reason=CANCELLED_BY_CUSTOMER)
    stripe.pay(intent.id)

    sweep()
    sweep()

    assert stripe.refunds(intent.id) == [250]
    assert event_names().count("refunded") == 1


def paid_order_in_progress(stripe, bucket):
    """A debit that the bank confirmed while an ingestion was repeated."""
    save(a_read_document(version=bucket.upload(a_document().id)))
    intent = start_paying()
    stripe.pay(intent.id, "pm_success_de")
    sweep()
    repetition = an_event("reading_repeated", at=SOON)
    documents.read_again(get_order(), get_order().documents[0], repetition)
    stripe.complete_payment(intent.id)
    paid = gateway.get_intent(intent.id)
    assert paid is not None
    payment_workflow.reconcile(OID, paid, an_audit_context("stripe", SOON))
    return intent


def test_a_paid_order_whose_ingestion_was_lost_is_completed(stripe, bucket, queue):
    paid_order_in_progress(stripe, bucket)

    sweep(SOON + READING_CHECK)
    assert len(queue.receive_all()) == 1
    assert still_due() == [OID]
    sweep(SOON + READING_DEADLINE)
    sweep(SOON + READING_DEADLINE + PAYMENT_CHECK)

    assert get_order().is_paid
    assert get_order().documents[0].status is DocumentStatus.READY
    assert event_names().count("paid") == 1
    assert still_due() == []


def test_a_paid_order_with_an_unfinished_ingestion_is_refunded_at_the_deadline(stripe, bucket):
    intent = paid_order_in_progress(stripe, bucket)
    order = get_order()
    documents.split(order, order.documents[0], DocumentParts((0, 1, 2)))
    late = SOON + COMPLETION_DEADLINE
    documents.finish_part(order, order.documents[0], 0, at=late)

    sweep(late)

    assert get_order().status is OrderStatus.CANCELLED
    assert get_order().explanation.code == "not_completed_in_time"
    assert stripe.refunds(intent.id) == [250]


def test_a_late_payment_of_a_replaced_intent_is_refunded_without_its_events(stripe):
    save(a_read_document())
    first = start_paying()
    stripe.pay(first.id, "pm_success_de")  # Stripe does not cancel what a bank is confirming
    more = a_read_document("more.pdf")
    documents.add("ada", more, an_event("document_added", at=START))
    start_paying()
    stripe.sdk.v1.payment_intents.cancel(start_paying().id)

    sweep(DEADLINE + PAYMENT_CHECK)
    assert get_order().replaced_intents == (first.id,)
    stripe.complete_payment(first.id)
    sweep(DEADLINE + 3 * PAYMENT_CHECK)

    assert stripe.refunds(first.id) == [250]
    assert get_order().replaced_intents == ()
    assert get_order().explanation.code == "quote_changed"


def test_a_failed_refund_stays_due_and_is_counted_until_resolved_manually(stripe, capsys):
    save(a_read_document())
    intent = start_paying()
    orders.cancel(get_order(), an_event("cancelled", at=START), reason=CANCELLED_BY_CUSTOMER)
    stripe.pay(intent.id, "pm_card_refundFail")
    sweep()
    stripe.complete_refunds(intent.id)
    stripe.expire_idempotency_keys()

    sweep(SOON + PAYMENT_CHECK)
    assert get_order().explanation.params["refund_status"] == "failed"
    capsys.readouterr()
    for days in (1, 2, 3):
        sweep(SOON + PAYMENT_CHECK + timedelta(days=days))
    assert capsys.readouterr().out.count('"RefundFailed":[1.0]') == 3
    assert len(stripe.refunds(intent.id)) == 1
    stripe.sdk.v1.refunds.create({"payment_intent": intent.id})
    for days in (5, 6):
        sweep(SOON + timedelta(days=days))

    assert get_order().explanation.code == "order_cancelled"
    assert still_due() == []


def test_a_pending_refund_stays_due_until_the_bank_answers(stripe):
    save(a_read_document())
    intent = start_paying()
    orders.cancel(get_order(), an_event("cancelled", at=START), reason=CANCELLED_BY_CUSTOMER)
    stripe.pay(intent.id, "pm_card_pendingRefund")

    for checks in range(3):
        sweep(SOON + checks * PAYMENT_CHECK)
        assert still_due() == [OID]
    stripe.complete_refunds(intent.id)
    for checks in (3, 4):
        sweep(SOON + checks * PAYMENT_CHECK)

    (reversal,) = get_order().reversals
    assert (reversal.amount_refunded, reversal.refund) == (250, RefundStatus.SUCCEEDED)
    assert still_due() == []


def test_abandoned_uploads_do_not_delay_a_payment(stripe, monkeypatch):
    monkeypatch.setattr(debts, "MAX_PER_SWEEP", 10)
    for order_id in numbered(2 * debts.MAX_PER_SWEEP + 1):
        waiting = a_document(id=f"{order_id}-1", added_at=START)
        order = an_order(id=order_id, documents=(waiting,), created_at=START)
        orders.create_order(order, an_event("opened", at=START))
    save(a_read_document())
    stripe.pay(start_paying().id)

    assert sweep() == (debts.MAX_PER_SWEEP + 1, 0)
    assert get_order().is_paid
    sweep()
    sweep()

    assert sweep(SOON + timedelta(minutes=16)) == (0, 0)  # they are checked less often


def test_adding_a_document_keeps_the_order_among_due_payments(stripe):
    save(a_read_document())
    start_paying()

    documents.add("ada", a_document("late.pdf"), an_event("document_added", at=START))

    assert [order.id for _, order in orders.due(DEADLINE, due_class=keys.DUE_MONEY, limit=9)] == [
        OID
    ]


def test_the_age_of_due_payments_and_the_failures_are_metrics(stripe, capsys):
    payment = two_paid_orders(stripe)
    stripe.fail_calls(path=f"/v1/payment_intents/{payment.payment_intent_id}")

    sweep(SOON + timedelta(hours=1))

    written = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    metrics = {name: value for line in written for name, value in line.items()}
    assert metrics["SweepFailures"] == [1.0]
    assert metrics["OldestDueMoney"][0] > timedelta(hours=1).total_seconds()
    assert metrics["OldestDueWork"] == [0.0]


def win_dispute(stripe, intent):
    stripe.sdk.v1.disputes.update(
        stripe.dispute(intent.id).id, {"evidence": {"uncategorized_text": "winning_evidence"}}
    )


def test_a_payment_of_a_cancelled_order_is_refunded_after_a_won_dispute(stripe):
    save(a_read_document())
    intent = start_paying()
    orders.cancel(get_order(), an_event("cancelled", at=START), reason=CANCELLED_BY_CUSTOMER)
    stripe.pay(intent.id, "pm_card_createDispute")
    sweep()
    sweep(SOON + PAYMENT_CHECK)
    assert get_order().explanation.code == "dispute_open"
    win_dispute(stripe, intent)

    for days in (2, 3, 4):
        sweep(SOON + timedelta(days=days))

    assert stripe.refunds(intent.id) == [250]
    assert get_order().explanation.code == "order_cancelled"
    assert still_due() == []


def test_a_payment_counts_once_as_missed_and_its_reversal_never(stripe, capsys):
    save(a_read_document())
    intent = start_paying()
    orders.cancel(get_order(), an_event("cancelled", at=START), reason=CANCELLED_BY_CUSTOMER)
    stripe.pay(intent.id, "pm_card_createDispute")
    sweep()
    sweep(SOON + PAYMENT_CHECK)
    assert capsys.readouterr().out.count('"WebhookMissed":') == 1
    win_dispute(stripe, intent)

    for days in (2, 3, 4):
        sweep(SOON + timedelta(days=days))

    assert get_order().reversals[0].refund is not None
    assert '"WebhookMissed":' not in capsys.readouterr().out


def test_a_refund_delayed_by_an_outage_of_stripe_is_no_missed_payment(stripe, bucket, capsys):
    intent = paid_order_in_progress(stripe, bucket)
    order, late = get_order(), SOON + COMPLETION_DEADLINE
    documents.split(order, order.documents[0], DocumentParts((0, 1, 2)))
    documents.finish_part(order, order.documents[0], 0, at=late)
    stripe.fail_calls(path=f"/v1/payment_intents/{intent.id}")
    sweep(late)
    assert get_order().status is OrderStatus.CANCELLED
    stripe.restore()

    sweep(late + timedelta(hours=1))

    assert stripe.refunds(intent.id) == [250]
    assert '"WebhookMissed":' not in capsys.readouterr().out


def test_a_replaced_payment_is_refunded_after_a_won_dispute(stripe):
    save(a_read_document())
    first = start_paying()
    more = a_read_document("more.pdf")
    documents.add("ada", more, an_event("document_added", at=START))
    stripe.pay(first.id, "pm_card_createDispute")
    start_paying()
    win_dispute(stripe, first)

    for days in (2, 3, 4):
        sweep(SOON + timedelta(days=days))

    assert stripe.refunds(first.id) == [250]


@pytest.mark.parametrize("returned", ["a part", "all", "disputed"])
def test_a_paid_order_completes_after_a_lost_ingestion_and_a_reversal(stripe, bucket, returned):
    intent = paid_order_in_progress(stripe, bucket)
    if returned == "disputed":
        payment = get_order().payment
        assert payment is not None
        state = Reversal(payment_intent_id=intent.id, dispute=DisputeStatus.OPEN)
        event = an_event("payment_disputed", at=SOON)
        paid = gateway.get_intent(intent.id)
        assert paid is not None
        payment_table.record_reversal(OID, paid, state, event, reason=None)
    else:
        amount = 250 if returned == "all" else 100
        stripe.sdk.v1.refunds.create({"payment_intent": intent.id, "amount": amount})
        body = stripe.newest_event("charge.refunded")
        payment_workflow.handle_event(
            gateway.verify_webhook(body, signed(body)["stripe-signature"]), audit_context("stripe")
        )

    for hours in range(1, 30):
        sweep(SOON + timedelta(hours=hours))

    assert get_order().status is OrderStatus.COMPLETED
    assert get_order().is_paid == (returned != "all")


def test_the_rest_of_a_partially_refunded_payment_is_refunded(stripe):
    save(a_read_document())
    intent = start_paying()
    orders.cancel(get_order(), an_event("cancelled", at=START), reason=CANCELLED_BY_CUSTOMER)
    stripe.pay(intent.id)
    stripe.sdk.v1.refunds.create({"payment_intent": intent.id, "amount": 100})
    body = stripe.newest_event("charge.refunded")
    payment_workflow.handle_event(
        gateway.verify_webhook(body, signed(body)["stripe-signature"]), audit_context("stripe")
    )

    sweep()
    sweep(SOON + timedelta(days=1))

    assert sum(stripe.refunds(intent.id)) == 250


def test_a_paid_order_with_read_documents_completes_after_the_deadline(stripe, bucket):
    paid_order_in_progress(stripe, bucket)
    order = get_order()
    read = order.documents[0]
    outcome = Outcome(reader_version="1", page_count=1, charged_pages=1)
    documents.finish_reading(order, read, outcome, an_event("document_read", at=SOON))

    payment_workflow.give_up(order, order.waiting_payment, an_audit_context("sweeper", SOON))
    assert get_order().status is OrderStatus.PROCESSING
    sweep(SOON + COMPLETION_DEADLINE)

    assert get_order().is_paid


@pytest.mark.parametrize("status", [DocumentStatus.UNREADABLE, DocumentStatus.AWAITING_UPLOAD])
def test_an_upload_by_a_renewed_form_is_read_after_a_lost_message(bucket, queue, status):
    first = bucket.upload(a_document().id) if status is DocumentStatus.UNREADABLE else None
    save(a_document(added_at=START, status=status, version=first))
    renewed = START + timedelta(days=3)
    sweep(renewed)
    assert still_due() == []

    documents.renew_upload_form("ada", a_document().id, order_id=OID, at=renewed)
    sweep(renewed + timedelta(minutes=31))
    assert queue.receive_all() == []
    second = bucket.upload(a_document().id)
    sweep(renewed + timedelta(hours=1))

    ((job,),) = (queues.parse_message(json.dumps(message)) for message in queue.receive_all())
    assert job.upload.version == second
    documents.start_reading(
        "ada", a_document().id, second, order_id=OID, at=renewed, quarantined=False
    )
    assert get_order().documents[0].upload_form_renewed_at is None


def test_an_unused_renewed_form_is_checked_for_a_day(bucket, queue):
    version = bucket.upload(a_document().id)
    save(a_document(added_at=START, status=DocumentStatus.UNREADABLE, version=version))
    documents.renew_upload_form("ada", a_document().id, order_id=OID, at=START)

    for hours in (1, 2, 7, 26, 27):
        sweep(START + timedelta(hours=hours))

    assert queue.receive_all() == []
    assert still_due() == []


class OutOfTime(BaseException):
    """The sweep is interrupted."""


def test_payments_are_checked_before_uploads(stripe, monkeypatch):
    save(a_document(added_at=START))
    save(a_read_document(), id=OTHER_OID)
    stripe.pay(start_paying(OTHER_OID).id)

    def end(*_):
        raise OutOfTime

    monkeypatch.setattr(s3, "newest_upload", end)
    with pytest.raises(OutOfTime):
        sweep(DEADLINE)

    assert get_order(OTHER_OID).is_paid


@pytest.mark.parametrize(
    ("document", "due_class"),
    [(a_read_document(), keys.DUE_MONEY), (a_document(added_at=START), keys.DUE_WORK)],
)
def test_a_checked_order_stays_in_its_due_class(stripe, document, due_class):
    save(document)
    if due_class == keys.DUE_MONEY:
        start_paying()

    sweep()

    orders_by_class = {
        name: [
            order.id for _, order in orders.due(SOON + PAYMENT_DEADLINE, due_class=name, limit=9)
        ]
        for name in (keys.DUE_MONEY, keys.DUE_WORK)
    }
    assert {name for name, ids in orders_by_class.items() if ids} == {due_class}


def test_a_refund_that_is_not_made_after_a_won_dispute_stays_due(stripe, monkeypatch, capsys):
    save(a_read_document())
    intent = start_paying()
    orders.cancel(get_order(), an_event("cancelled", at=START), reason=CANCELLED_BY_CUSTOMER)
    stripe.pay(intent.id, "pm_card_createDispute")
    win_dispute(stripe, intent)
    monkeypatch.setattr(gateway, "refund", gateway.reversal)

    for days in (1, 2, 3):
        sweep(SOON + timedelta(days=days))

    assert still_due() == [OID]
    assert "RefundFailed" in capsys.readouterr().out
