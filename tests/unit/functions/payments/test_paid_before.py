"""A content that is in several orders is paid for once, whatever was read and paid first."""

from dataclasses import replace
from datetime import timedelta

import pytest

from docket.domain.orders.document import document_id
from docket.domain.payments.pricing import DuplicateOf, Money
from docket.runtime.clock import now
from docket.table import client, keys
from docket.table.documents import documents
from docket.table.orders import analyses, contents, orders, usage
from docket.table.orders.analyses import Analysis
from docket.table.orders.contents import Content
from tests.due_debts import settle_due
from tests.dynamodb_faults import lost_replies
from tests.fakes import signed
from tests.make import OID, OTHER_OID, a_document, a_read_document, an_order
from tests.make_calls import call
from tests.table_state import add_documents, interrupted, save

BYTES, WORDS, OTHER_BYTES = "a" * 64, "b" * 64, "c" * 64
IN_FIRST = a_read_document()
IN_SECOND = replace(IN_FIRST, id=IN_FIRST.id.replace(OID, OTHER_OID))
PAID = DuplicateOf(order_id=OID, document_id=IN_FIRST.id)


def save_read(order_id, *read):
    """Put an order of documents with the hashes of what was read of them."""
    save(an_order(*(document for document, _ in read), id=order_id), *(d for d, _ in read))
    for document, hashes in read:
        analysis = Analysis(
            document_id=document.id,
            attempt=1,
            facts={},
            hashes=hashes,
            readable_pages=document.page_count,
        )
        client.write(analyses.put_analysis(order_id, analysis))


@pytest.fixture(autouse=True)
def two_orders(order):
    """Two orders of Ada's, read before either is paid, with the same document."""
    save_read(OID, (IN_FIRST, (BYTES, WORDS)))
    save_read(OTHER_OID, (IN_SECOND, (BYTES, WORDS)))


def start(order_id=OTHER_OID):
    return call("payments/create_intent", order_id=order_id)


def is_paid_elsewhere(*hashes):
    for sha256 in hashes or (BYTES, WORDS):
        contents.record_paid(Content(user_id="ada", sha256=sha256, paid=PAID))


def pay(stripe, payment_intent_id, order_id=OID):
    stripe.pay(payment_intent_id)
    body = {"payment_id": payment_intent_id}
    assert call("payments/confirm", body, order_id=order_id).status == 200


def pay_first(stripe):
    """Pay the first order, and let workers do what it owes then. Returns the id of its intent."""
    payment_intent_id = start(OID).json["payment_intent_id"]
    pay(stripe, payment_intent_id)
    settle_all()
    return payment_intent_id


def refund(stripe, payment_intent_id):
    stripe.sdk.v1.refunds.create({"payment_intent": payment_intent_id})
    event = stripe.newest_event("charge.refunded")
    reply = call("payments/webhook", event, as_user=None, headers=signed(event))
    assert reply.json["effect"]


def settle_all():
    settle_due(now() + timedelta(minutes=1))


def second():
    return orders.get("ada", OTHER_OID)


def event_names():
    history = call("orders/list_events", order_id=OTHER_OID).json
    return [event["what"] for event in history]


def test_the_same_document_in_two_orders_is_paid_for_once(stripe):
    pay_first(stripe)

    order = call("orders/get", order_id=OTHER_OID).json
    assert (order["quote"], order["status_reason_code"]) == (None, "paid_before")
    assert order["documents"][0]["duplicate_of"] == {"order_id": OID, "document_id": IN_FIRST.id}
    assert event_names() == ["documents_paid_before"]
    assert start().refusal == (409, "nothing_to_charge")
    assert len(stripe.intents()) == 1


def test_an_intent_that_is_open_when_the_content_is_paid_for_is_cancelled(stripe):
    open_id = start().json["payment_intent_id"]
    pay_first(stripe)
    assert second().payment.status == "to_cancel"

    settle_all()

    assert stripe.intent(open_id).status == "canceled"
    assert second().payment.status == "canceled"


def test_an_outdated_intent_that_was_paid_meanwhile_is_refunded(stripe):
    open_id = start().json["payment_intent_id"]
    pay_first(stripe)

    stripe.pay(open_id)
    settle_all()

    assert [refund.reason for refund in second().refunds] == ["quote_changed"]
    assert not second().is_paid


def test_what_is_paid_for_is_free_when_a_payment_starts(stripe):
    is_paid_elsewhere()

    assert start().refusal == (409, "nothing_to_charge")
    assert stripe.intents() == []
    assert (second().charged_pages, second().revision) == (0, 1)


def test_documents_with_the_same_words_are_paid_for_once(stripe):
    is_paid_elsewhere(OTHER_BYTES, WORDS)

    assert start().refusal == (409, "nothing_to_charge")


def test_documents_with_other_contents_are_charged(stripe):
    is_paid_elsewhere(OTHER_BYTES)

    assert start().json["amount"] == 250


def test_what_another_customer_paid_for_is_charged(stripe):
    contents.record_paid(Content(user_id="eve", sha256=BYTES, paid=PAID))

    assert start().json["amount"] == 250


def test_an_order_of_another_customer_does_not_change(stripe):
    contents.record_paid(Content(user_id="eve", sha256=BYTES, paid=PAID))

    reply = call("payments/create_intent", order_id=OTHER_OID, as_user="eve")

    assert reply.refusal == (404, "order_not_found")
    assert second().charged_pages == 1


def test_only_the_other_documents_of_the_order_are_charged(stripe):
    new = a_read_document("new.pdf", pages=2, id=document_id(OTHER_OID, "new"))
    save_read(OTHER_OID, (IN_SECOND, (BYTES, WORDS)), (new, (OTHER_BYTES,)))
    open_id = start().json["payment_intent_id"]
    is_paid_elsewhere()

    reply = start()

    assert reply.json["amount"] == 300
    assert second().quote_total == Money(300, "eur")
    assert stripe.intent(open_id).status == "canceled"
    pay(stripe, reply.json["payment_intent_id"], OTHER_OID)
    assert second().is_paid


def test_a_repeated_request_changes_nothing(stripe):
    is_paid_elsewhere()
    start()
    before = second()

    assert start().refusal == (409, "nothing_to_charge")
    assert second() == before


@pytest.mark.parametrize("times", [1, 2])
def test_a_request_whose_write_lost_its_reply_has_one_effect(stripe, times):
    is_paid_elsewhere()

    with lost_replies(times):
        assert start().refusal == (409, "nothing_to_charge")

    assert (second().charged_pages, second().revision) == (0, 1)
    assert event_names() == ["documents_paid_before"]


def test_requests_at_the_same_time_have_one_effect(stripe):
    is_paid_elsewhere()
    unpaid_pages = usage.get("ada").unpaid_pages

    with interrupted(start):
        assert start().refusal == (409, "nothing_to_charge")

    assert (second().charged_pages, second().revision) == (0, 1)
    assert event_names() == ["documents_paid_before"]
    assert usage.get("ada").unpaid_pages == unpaid_pages - 1


def test_a_content_whose_payment_was_returned_is_charged(stripe):
    save(replace(second(), charged_pages=0, readable=0))  # so that paying the first changes nothing
    payment_intent_id = pay_first(stripe)
    save_read(OTHER_OID, (IN_SECOND, (BYTES, WORDS)))
    refund(stripe, payment_intent_id)
    settle_all()

    assert start().json["amount"] == 250


def test_a_free_document_is_charged_again_when_its_payment_is_returned(stripe):
    payment_intent_id = pay_first(stripe)
    assert second().charged_pages == 0

    refund(stripe, payment_intent_id)
    settle_all()

    order = call("orders/get", order_id=OTHER_OID).json
    assert (order["quote"]["amount"], order["status_reason_code"]) == (250, "ready_to_pay")
    assert order["documents"][0]["duplicate_of"] is None
    assert event_names() == ["documents_paid_before", "documents_charged_again"]
    reply = start()
    pay(stripe, reply.json["payment_intent_id"], OTHER_OID)
    settle_all()
    assert "payment_returned" not in str(call("analyses/get", order_id=OTHER_OID).json)


@pytest.mark.usefixtures("identity_provider")
def test_a_payment_that_starts_before_the_refund_was_settled_is_of_the_new_price(stripe):
    new = a_read_document("new.pdf", pages=2, id=document_id(OTHER_OID, "new"))
    save_read(OTHER_OID, (IN_SECOND, (BYTES, WORDS)), (new, (OTHER_BYTES,)))
    payment_intent_id = pay_first(stripe)
    open_id = start().json["payment_intent_id"]
    refund(stripe, payment_intent_id)

    assert start().json["amount"] == 350
    assert stripe.intent(open_id).status == "canceled"
    stored = {document.id: document for document in documents.of_order(OTHER_OID, limit=9)}
    assert (stored[new.id].charged_pages, stored[IN_SECOND.id].charged_pages) == (2, 1)


def test_a_payment_that_was_opened_before_the_refund_does_not_complete_the_order(stripe):
    new = a_read_document("new.pdf", pages=2, id=document_id(OTHER_OID, "new"))
    save_read(OTHER_OID, (IN_SECOND, (BYTES, WORDS)), (new, (OTHER_BYTES,)))
    payment_intent_id = pay_first(stripe)
    open_id = start().json["payment_intent_id"]
    refund(stripe, payment_intent_id)
    settle_due(now())

    stripe.pay(open_id)
    settle_all()

    assert [refund.reason for refund in second().refunds] == ["quote_changed"]
    assert (second().status, second().quote_total) == ("pending", Money(350, "eur"))


def test_a_free_document_stays_free_while_another_payment_for_it_stands(stripe):
    payment_intent_id = pay_first(stripe)
    is_paid_elsewhere()
    third = DuplicateOf(order_id="third", document_id="third-1")
    contents.record_paid(Content(user_id="ada", sha256=WORDS, paid=third))

    refund(stripe, payment_intent_id)
    settle_all()

    assert start().refusal == (409, "nothing_to_charge")


def test_one_document_becomes_free_and_another_is_charged_again(stripe):
    new = a_read_document("new.pdf", id=document_id(OTHER_OID, "new"))
    save_read(OTHER_OID, (IN_SECOND, (BYTES, WORDS)), (new, (OTHER_BYTES,)))
    payment_intent_id = pay_first(stripe)
    refund(stripe, payment_intent_id)
    is_paid_elsewhere(OTHER_BYTES)
    settle_all()

    stored = {document.id: document for document in documents.of_order(OTHER_OID, limit=9)}
    assert (stored[new.id].charged_pages, stored[IN_SECOND.id].charged_pages) == (0, 1)


def test_a_document_whose_pages_an_earlier_release_did_not_store_stays_free(stripe):
    payment_intent_id = pay_first(stripe)
    key = keys.analysis(OTHER_OID, IN_SECOND.id)
    client.update(
        client.Update(key=key, condition="attribute_exists(PK)", remove=[("readable_pages",)])
    )

    refund(stripe, payment_intent_id)
    settle_all()

    assert start().refusal == (409, "nothing_to_charge")


def test_an_order_with_a_document_in_progress_keeps_its_quote(stripe):
    is_paid_elsewhere()
    late = a_document("late.pdf", id=document_id(OTHER_OID, "late"))
    add_documents(late)

    assert start().refusal == (409, "documents_on_their_way")
    assert second().charged_pages == 1


def test_the_hashes_of_an_earlier_reading_decide_nothing(stripe):
    is_paid_elsewhere()
    again = replace(IN_SECOND, attempt=2, read_attempt=2)
    save(an_order(again, id=OTHER_OID), again)

    assert start().json["amount"] == 250


def test_more_documents_than_a_transaction_has_parts_become_free(stripe):
    read = [
        (a_read_document(f"{n}.pdf", id=document_id(OTHER_OID, f"{n:03}")), (f"{n:064}",))
        for n in range(120)
    ]
    save_read(OTHER_OID, *read)
    is_paid_elsewhere(*(sha256 for _, (sha256,) in read[1:]))

    assert start().json["amount"] == 250
    stored = documents.by_ids(OTHER_OID, [document.id for document, _ in read[20:]])
    assert {document.charged_pages for document in stored} == {0}
    assert second().charged_pages == 1
