from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from docket.domain.document import DocumentParts, DocumentStatus, Outcome
from docket.domain.errors import (
    ConcurrentChange,
    DocumentNotFound,
    DocumentSettled,
    KeyReused,
    OrderClosed,
    OrderFull,
    OrderNotFound,
)
from docket.domain.idempotency import IdempotencyKey
from docket.domain.order import MAX_DOCUMENTS, READING_CHECK, OrderStatus
from docket.domain.pricing import Money
from docket.domain.reason import CANCELLED_BY_CUSTOMER, Reason
from docket.runtime.clock import new_id
from docket.table import analyses, client, documents, erasures, events, keys, orders
from docket.table.analyses import Analysis
from tests.make import (
    OID,
    OTHER_OID,
    THEN,
    a_document,
    a_payment,
    a_read_document,
    an_event,
    an_order,
)

pytestmark = pytest.mark.usefixtures("table")

LATER = THEN + timedelta(minutes=5)
READ = Outcome(reader_version="1", page_count=3, charged_pages=2, kind="invoice")
BROKEN = Outcome(reader_version="1", reason=Reason("password_protected"))


def save(*documents_, **fields):
    orders.create_order(an_order(documents=documents_, **fields), an_event("opened"))


def get_order():
    return orders.get("ada", OID)


def add(document, **fields):
    return documents.add("ada", document, an_event("document_added"), **fields)


def start(document, version="v1", at=LATER, *, quarantined=False):
    return documents.start_reading(
        "ada", document.id, version, order_id=OID, at=at, quarantined=quarantined
    )


def finish(order, document, outcome=READ, *also):
    event = an_event("document_read")
    return documents.finish_reading(order, order.document(document.id), outcome, event, *also)


def event_names():
    return {event.name for event in events.of_order(OID)}


def test_a_quarantined_document_waits_from_the_start_of_its_reading():
    save(a_document())

    (document,) = start(a_document(), quarantined=True).documents

    assert document.waits_for_scan
    assert not document.is_downloadable


def test_adding_a_document_records_an_event_and_a_revision():
    save()

    add(a_document())

    order = get_order()
    assert (order.documents, order.revision) == ((a_document(),), 1)
    assert "document_added" in event_names()


def test_two_documents_can_have_the_same_filename():
    save()

    first, second = (a_document(id=f"{OID}-{n}") for n in (1, 2))
    add(first)
    add(second)

    assert get_order().documents == (first, second)


@pytest.mark.parametrize("status", [status for status in OrderStatus if status != "pending"])
def test_documents_are_added_and_removed_only_while_the_order_is_pending(status):
    save(a_read_document(), status=status)

    with pytest.raises(OrderClosed):
        add(a_document("b.pdf"))
    with pytest.raises(OrderClosed):
        documents.remove("ada", a_document().id, an_event(), order_id=OID)

    assert get_order().documents == (a_read_document(),)
    assert event_names() == {"opened"}


def test_documents_of_another_customers_order_cannot_be_changed():
    save(a_document())

    with pytest.raises(OrderNotFound):
        documents.add("eve", a_document("b.pdf"), an_event())
    with pytest.raises(OrderNotFound):
        documents.remove("eve", a_document().id, an_event(), order_id=OID)

    assert get_order().documents == (a_document(),)


@pytest.mark.usefixtures("atomic")
def test_concurrent_additions_stop_at_forty_documents():
    save()

    def added(number):
        try:
            add(a_document(id=f"{OID}-{number}"))
        except OrderFull:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        fit = sum(threads.map(added, range(MAX_DOCUMENTS + 5)))

    assert fit == len(get_order().documents) == MAX_DOCUMENTS


def an_idempotency_key(request="{}"):
    return IdempotencyKey(user_id="ada", operation=f"document-{OID}", key="key-1", request=request)


def test_a_repeated_request_adds_one_document():
    save()

    assert add(a_document("a.pdf"), idempotency_key=an_idempotency_key()) == a_document("a.pdf").id
    assert add(a_document("b.pdf"), idempotency_key=an_idempotency_key()) == a_document("a.pdf").id

    assert get_order().documents == (a_document("a.pdf"),)
    with pytest.raises(KeyReused):
        add(a_document("b.pdf"), idempotency_key=an_idempotency_key('{"size":2}'))


@pytest.mark.usefixtures("atomic")
def test_concurrent_repeated_requests_add_one_document():
    save()

    with ThreadPoolExecutor(6) as threads:
        added_ids = set(
            threads.map(
                lambda n: add(a_document(f"{n}.pdf"), idempotency_key=an_idempotency_key()),
                range(6),
            )
        )

    assert added_ids == {document.id for document in get_order().documents}
    assert len(added_ids) == 1


def test_a_repeated_request_returns_the_document_in_a_full_order():
    save(*(a_document(f"{n}.pdf") for n in range(MAX_DOCUMENTS - 1)))
    last = a_document("last.pdf")
    add(last, idempotency_key=an_idempotency_key())

    assert add(a_document("again.pdf"), idempotency_key=an_idempotency_key()) == last.id


def test_a_repeated_request_returns_the_document_in_a_cancelled_order():
    save()
    add(a_document(), idempotency_key=an_idempotency_key())
    orders.cancel(get_order(), an_event(), reason=CANCELLED_BY_CUSTOMER)

    assert add(a_document("again.pdf"), idempotency_key=an_idempotency_key()) == a_document().id


def test_a_rejected_document_does_not_use_its_idempotency_key():
    save(status=OrderStatus.CANCELLED)

    with pytest.raises(OrderClosed):
        add(a_document(), idempotency_key=an_idempotency_key())

    save(id=OTHER_OID)
    other = a_document(id=f"{OTHER_OID}-1")
    assert add(other, idempotency_key=an_idempotency_key('{"other":1}')) == other.id


def test_a_document_is_removed_once():
    save(a_document())

    documents.remove("ada", a_document().id, an_event("document_removed"), order_id=OID)
    documents.remove("ada", a_document().id, an_event("document_removed"), order_id=OID)

    assert (get_order().documents, get_order().revision) == ((), 1)
    assert len(erasures.due(THEN, limit=9)) == 1
    for erasure in erasures.due(THEN, limit=9):
        erasures.finish(erasure)
    with pytest.raises(DocumentNotFound):
        documents.remove("ada", a_document().id, an_event(), order_id=OID)


@pytest.mark.parametrize("change", ["added", "removed"])
def test_changing_the_documents_removes_the_payment_reason(change):
    save(a_document(), status_reason=Reason("payment_declined"))

    if change == "added":
        add(a_document(id=f"{OID}-{new_id()}"))
    else:
        documents.remove("ada", a_document().id, an_event("document_removed"), order_id=OID)

    assert get_order().status_reason is None


def test_an_upload_starts_the_ingestion_of_its_document():
    save(a_document())

    order = start(a_document())

    assert order == get_order()
    document = order.document(a_document().id)
    assert (document.status, document.version) == (DocumentStatus.READING, "v1")
    assert document.uploaded_at == document.reading_since == LATER
    assert [
        order for _, order in orders.due(LATER + READING_CHECK, due_class=keys.DUE_WORK, limit=9)
    ] == [order]


def test_a_repeated_message_during_the_ingestion_starts_it_again():
    save(a_document())
    start(a_document())

    assert start(a_document(), at=LATER + timedelta(minutes=1)) is not None
    assert get_order().documents[0].uploaded_at == LATER


def test_a_repeated_message_after_the_ingestion_has_no_effect():
    save(a_document())
    finish(start(a_document()), a_document())
    before = get_order()

    assert start(a_document()) is None
    assert get_order() == before


@pytest.mark.parametrize("status", [DocumentStatus.READING, DocumentStatus.READY])
def test_a_second_version_of_an_uploaded_document_is_rejected(status):
    save(a_read_document(status=status))

    with pytest.raises(DocumentSettled):
        start(a_document(), "v2")

    assert get_order().documents[0].version == "v1"


def test_an_unreadable_document_is_read_from_a_new_version():
    save(a_read_document(status=DocumentStatus.UNREADABLE, status_reason=Reason("damaged")))

    order = start(a_document(), "v2")

    document = order.document(a_document().id)
    assert (document.status, document.version) == (DocumentStatus.READING, "v2")
    assert document.status_reason is None


def test_an_unreadable_version_is_not_read_again_by_a_late_message():
    save(a_read_document(status=DocumentStatus.UNREADABLE))

    assert start(a_document(), "v1") is None


@pytest.mark.parametrize("status", [status for status in OrderStatus if status != "pending"])
def test_an_upload_to_a_closed_order_is_rejected(status):
    save(a_document(), status=status)

    with pytest.raises(OrderClosed):
        start(a_document())


def test_an_upload_without_an_order_or_document_is_rejected():
    with pytest.raises(OrderNotFound):
        start(a_document())
    save()
    with pytest.raises(DocumentNotFound):
        start(a_document())


def test_an_outcome_is_saved_with_its_analysis_and_priced():
    save(a_document())
    analysis = Analysis(document_id=a_document().id, version="v1", facts={})

    saved = finish(start(a_document()), a_document(), READ, analyses.put_analysis(OID, analysis))

    order = get_order()
    assert saved
    assert order.documents[0].status is DocumentStatus.READY
    assert order.quote is not None
    assert order.quote.total == Money(300, "eur")
    assert analyses.of_order(OID) == [analysis]
    assert "document_read" in event_names()


def test_an_outcome_is_saved_once():
    save(a_document())
    order = start(a_document())
    finish(order, a_document())
    before = get_order()
    analysis = Analysis(document_id=a_document().id, version="v1", facts={})

    saved = finish(order, a_document(), BROKEN, analyses.put_analysis(OID, analysis))

    assert not saved
    assert get_order() == before
    assert analyses.of_order(OID) == []


def test_the_outcome_of_a_removed_document_is_not_saved():
    save(a_document())
    order = start(a_document())
    documents.remove("ada", a_document().id, an_event(), order_id=OID)

    assert not finish(order, a_document())
    assert get_order().documents == ()


def test_an_outcome_outdates_the_current_payment():
    save(a_document(), payment=a_payment())

    finish(start(a_document()), a_document())

    assert get_order().current_payment() is None


def set_status(status):
    order = get_order()
    client.update(
        client.Update(
            key={"PK": "USER#ada", "SK": f"ORDER#{OID}"},
            condition="attribute_exists(PK)",
            set=orders.set_status("ada", order.id, status),
        )
    )


@pytest.mark.parametrize("status", [OrderStatus.PROCESSING, OrderStatus.COMPLETED])
def test_repeating_an_ingestion_keeps_the_price_of_a_paid_order(status):
    save(a_read_document(pages=5), payment=a_payment(), status=status)
    order = get_order()
    documents.read_again(order, order.documents[0], an_event("reading_repeated"))
    order = start(a_document())

    assert finish(order, a_document(), READ)

    after = get_order()
    assert (after.documents[0].page_count, after.documents[0].charged_pages) == (3, 5)
    assert after.revision == 0


@pytest.mark.parametrize("status", [OrderStatus.PROCESSING, OrderStatus.COMPLETED])
def test_an_outcome_for_an_order_that_was_paid_meanwhile_is_saved_again(status):
    save(a_document(), a_read_document("b.pdf"), payment=a_payment())
    started = start(a_document())
    set_status(status)

    with pytest.raises(ConcurrentChange):
        finish(started, a_document())
    assert finish(start(a_document()), a_document())

    order = get_order()
    assert order.document(a_document().id).status is DocumentStatus.READY
    assert order.revision == started.revision


def test_repeating_an_ingestion_of_an_unpaid_order_increments_its_revision():
    save(a_read_document(pages=5))
    order = get_order()

    documents.read_again(order, order.documents[0], an_event("reading_repeated"))

    after = get_order()
    assert after.documents[0].status is DocumentStatus.READING
    assert after.revision == 1
    with pytest.raises(ConcurrentChange):
        documents.read_again(order, order.documents[0], an_event())


@pytest.mark.parametrize("outcome", [BROKEN, replace(BROKEN, retriable=True)])
@pytest.mark.parametrize("status", [OrderStatus.PENDING, OrderStatus.COMPLETED])
def test_a_failed_repetition_keeps_the_earlier_outcome(outcome, status):
    read = a_read_document(pages=5, kind="invoice")
    save(read, status=status)
    documents.read_again(get_order(), read, an_event("reading_repeated"))
    order = start(read)

    assert finish(order, read, outcome)

    after = get_order().documents[0]
    assert (after.status, after.status_reason) == (DocumentStatus.READY, None)
    assert (after.page_count, after.charged_pages, after.kind) == (5, 5, "invoice")
    assert after.reader_version == read.reader_version


def test_documents_are_ordered_by_their_ids():
    save()
    added = [a_document(id=f"{OID}-{new_id()}", filename=f"{n}.pdf") for n in range(3)]
    for document in added:
        add(document)

    assert get_order().documents == tuple(sorted(added, key=lambda document: document.id))


PARTS = DocumentParts((0, 5, 9, 12))


def split_order():
    """The order, with a document that is read in three parts."""
    save(a_document())
    order = documents.split(start(a_document()), get_order().documents[0], PARTS)
    assert order is not None
    return order


def finish_part(order, number, at=LATER):
    return documents.finish_part(order, order.documents[0], number, at=at)


def current_parts():
    return get_order().documents[0].parts


def test_parts_are_recorded_once():
    order = split_order()
    finish_part(order, 1)

    repeated = documents.split(order, order.documents[0], DocumentParts((0, 3, 12)))

    assert repeated == get_order()
    assert current_parts() == DocumentParts(PARTS.boundaries, frozenset([1]))


def test_finishing_the_last_part_returns_an_order_without_unread_parts():
    order = split_order()

    missing = [finish_part(order, number).documents[0].parts.unread for number in (2, 0, 2, 1)]

    assert missing == [(0, 1), (1,), (1,), ()]


def test_a_finished_part_extends_the_deadline():
    order = split_order()

    finish_part(order, 0, at=LATER + timedelta(minutes=9))

    assert get_order().documents[0].reading_since == LATER + timedelta(minutes=9)


def test_a_repeated_message_keeps_the_deadline_and_the_parts():
    order = split_order()
    finish_part(order, 0)

    repeated = start(a_document(), at=LATER + timedelta(minutes=9))

    assert repeated.documents[0].reading_since == LATER
    assert repeated.documents[0].parts.unread == (1, 2)


def test_parts_of_an_unexpected_version_are_not_recorded():
    order = split_order()
    documents.remove("ada", a_document().id, an_event(), order_id=OID)

    assert finish_part(order, 0) is None
    assert documents.split(order, order.documents[0], PARTS) is None
    assert documents.being_read("ada", a_document().id, "v1", order_id=OID) is None
    assert documents.being_read("ada", a_document().id, "v1", order_id=OTHER_OID) is None
    assert get_order().documents == ()


def test_a_part_of_a_document_without_parts_is_not_recorded():
    save(a_document())
    order = start(a_document())

    assert finish_part(order, 0) is None


def test_being_read_returns_the_order_until_the_outcome_is_saved():
    save(a_document())
    order = start(a_document())

    assert documents.being_read("ada", a_document().id, "v1", order_id=OID) == order
    assert documents.being_read("ada", a_document().id, "v2", order_id=OID) is None
    finish(order, a_document())
    assert documents.being_read("ada", a_document().id, "v1", order_id=OID) is None


def test_repeating_an_ingestion_removes_the_parts():
    order = split_order()
    finish_part(order, 0)
    document = get_order().documents[0]

    documents.read_again(order, document, an_event("reading_repeated"))

    assert get_order().documents[0].parts is None


@pytest.mark.parametrize(
    "document",
    [a_document(), a_read_document(status=DocumentStatus.UNREADABLE, version="v0")],
    ids=["pending_upload", "unreadable"],
)
def test_a_repeated_start_increments_the_revision_once(document):
    save(document, revision=4)

    first, second = start(document), start(document)

    assert first == second == get_order()
    assert get_order().revision == 5


def in_progress():
    item = client.get(keys.order("ada", OID))
    assert item is not None
    return set(item["in_progress"])


def test_the_order_names_the_documents_in_progress():
    save(a_read_document("read.pdf"))
    document = a_document()
    assert in_progress() == set()

    add(document)
    assert in_progress() == {document.id}
    order = start(document)
    assert in_progress() == {document.id}
    finish(order, document)
    assert in_progress() == set()
    order = get_order()
    documents.read_again(order, order.document(document.id), an_event("reading_repeated"))
    assert in_progress() == {document.id}
    documents.remove("ada", document.id, an_event(), order_id=OID)

    assert in_progress() == set()


def test_an_unreadable_document_with_a_new_version_is_in_progress_until_its_outcome():
    broken = a_document("scan.pdf", status=DocumentStatus.UNREADABLE, version="v1")
    save(broken)

    order = start(broken, "v2")

    assert in_progress() == {broken.id}
    finish(order, broken)
    assert in_progress() == set()
    assert get_order().revision == order.revision + 1
