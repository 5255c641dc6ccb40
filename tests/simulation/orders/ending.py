"""What holds once faults have stopped and the queues have run dry."""

from collections.abc import Iterator, Mapping

from docket.domain.orders.document import Document, DocumentStatus
from docket.domain.orders.order import Order, OrderStatus
from docket.domain.payments.payment import PaymentStatus
from docket.domain.payments.refund import RefundReason
from docket.table import keys
from tests.simulation.aws import SimulatedAws
from tests.simulation.environment.reader import readable_pages
from tests.simulation.environment.stripe_side import StripeSide
from tests.simulation.orders import access
from tests.simulation.orders.customers import Customers
from tests.simulation.orders.watch import AT_AN_END, OrderRecord, Watcher


def violations(
    aws: SimulatedAws,
    stripe: StripeSide,
    watcher: Watcher,
    customers: Customers,
    returned_outside: Mapping[str, int],
) -> Iterator[str]:
    """What does not hold at the end of a life. `returned_outside`: see `access.at_stripe`."""
    for order_id, record in watcher.orders.items():
        if record.order is None:
            yield f"{order_id}: the order is gone"
            continue
        yield from _ended(record.order, record)
        yield from _paid(record.order, record, stripe, returned_outside)
        yield from _charged(record.order, record, customers)
        yield from _free(record.order, aws, watcher, customers)
        yield from _charged_again(record.order, record, watcher, customers)
        yield from _found(aws, record)
        yield from _accessible(record.order, stripe, customers, returned_outside)
    yield from _stored(aws, watcher)
    yield from _captured(stripe, watcher, returned_outside)
    yield from _slots(watcher)
    yield from _recorded(aws, watcher)
    for document_id in sorted(customers.deleted):
        yield from _traces(aws, document_id)


def _ended(order: Order, record: OrderRecord) -> Iterator[str]:
    """Every order has a final status, and every debt is settled."""
    if order.status not in AT_AN_END:
        yield f"{order.id}: is still {order.status}"
    for payment in record.payments.values():
        if payment.status not in (PaymentStatus.SUCCEEDED, PaymentStatus.CANCELED):
            yield f"{order.id}: a payment is still {payment.status}"
    for document in record.documents.values():
        if document.is_in_progress and order.status is OrderStatus.COMPLETED:
            yield f"{order.id}: a document is still {document.status}"
    for refund in record.refunds.values():
        if refund.is_open and not refund.needs_person:
            yield f"{order.id}: a refund is still {refund.status}"


def _paid(
    order: Order, record: OrderRecord, stripe: StripeSide, returned_outside: Mapping[str, int]
) -> Iterator[str]:
    """A completed order has one capture that was not returned, and any other order has none."""
    amounts = {
        intent["id"]: stripe.amount_left(intent) - returned_outside.get(intent["id"], 0)
        for intent in stripe.intents()
        if intent["metadata"].get("order_id") == order.id
    }
    by_us = {
        refund.payment_intent_id
        for refund in record.refunds.values()
        if refund.reason is not RefundReason.BY_HAND and refund.money.amount
    }
    for_a_person = {
        refund.payment_intent_id for refund in record.refunds.values() if refund.needs_person
    }
    captured = [
        intent for intent, amount in amounts.items() if amount > 0 and intent not in for_a_person
    ]
    current = order.payment.payment_intent_id if order.payment else None
    expected = [current] if order.status is OrderStatus.COMPLETED else []
    if any(intent not in expected for intent in captured):
        yield f"{order.id}: is {order.status}, and has captures of {captured}"
    if by_us.intersection(expected):
        yield f"{order.id}: is completed, and was refunded by the service"


def _charged(order: Order, record: OrderRecord, customers: Customers) -> Iterator[str]:
    """Nothing is charged for what could not be read, and all that could be before the payment."""
    if order.status is not OrderStatus.COMPLETED:
        return
    for document in record.documents.values():
        content = customers.contents.get(document.file.version) if document.file else None
        readable = content.readable if content else 0
        charged = document.paid_with(order.revision).charged_pages
        if charged > readable:
            yield f"{document.id}: {charged} pages are charged, {readable} readable"
    for document in record.at_opening[order.payment.payment_intent_id] if order.payment else ():
        content = customers.contents.get(document.file.version) if document.file else None
        pages = 0
        if content and document.status is DocumentStatus.READY and not document.duplicate_of:
            pages = readable_pages(content, document.reader_version)
        if document.charged_pages != pages:
            found = f"{pages} were readable when the payment began"
            yield f"{document.id}: {document.charged_pages} pages are charged, {found}"


def _free(order: Order, aws: SimulatedAws, watcher: Watcher, customers: Customers) -> Iterator[str]:
    """Nothing was sold for nothing but what was paid for with the same content."""
    if order.status is not OrderStatus.COMPLETED or not order.payment:
        return
    for document in watcher.orders[order.id].documents.values():
        if document.duplicate_of is None:
            continue
        of = watcher.orders[document.duplicate_of.order_id].documents[
            document.duplicate_of.document_id
        ]
        mine, paid = (customers.contents[d.file.version] for d in (document, of) if d.file)
        if not mine.has_same_content(paid):
            yield f"{document.id}: is free, but {of.id} has other content"
        key = keys.analysis(order.id, document.id)
        analysis = aws.store.get((key["PK"], key["SK"])) or {}
        hashes = [sha256["S"] for sha256 in analysis["hashes"]["L"]]
        intent = order.payment.payment_intent_id
        if watcher.paid_contents.was_returned_before(order.user_id, hashes, intent):
            yield f"{document.id}: was free, but nothing was paid for it when {intent} was opened"


def _charged_again(
    order: Order, record: OrderRecord, watcher: Watcher, customers: Customers
) -> Iterator[str]:
    """Nothing was charged that the customer had paid for when the payment was started."""
    if order.status is not OrderStatus.COMPLETED or not order.payment:
        return
    intent = order.payment.payment_intent_id
    charged = [document for document in record.at_opening[intent] if document.charged_pages]
    for other_id in watcher.paid_contents.completed_before(order.id, intent):
        other = watcher.orders[other_id]
        if other_id == order.id or not _stands(other, order.user_id):
            continue
        contents = {
            customers.contents[document.file.version]
            for document in other.documents.values()
            if document.file and document.paid_with(_revision(other)).charged_pages
        }
        for document in charged:
            if document.file and customers.contents[document.file.version] in contents:
                yield f"{document.id}: is charged, and was paid for in {other_id} before {intent}"


def _stands(record: OrderRecord, user_id: str) -> bool:
    """Whether it is an order of that customer of whose payment nothing was ever returned."""
    order = record.order
    paid = order.payment if order and order.user_id == user_id else None
    return paid is not None and not (record.refunds or paid.dispute or paid.amount_refunded)


def _revision(record: OrderRecord) -> int | None:
    return record.order.revision if record.order else None


def _accessible(
    order: Order, stripe: StripeSide, customers: Customers, returned_outside: Mapping[str, int]
) -> Iterator[str]:
    """What is paid is open, and nothing else, whatever was returned since.

    An order that never had a payment was not open while it was watched.
    """
    if not order.payment and not order.is_sample:
        return
    is_open = customers.finds_open(order.id)
    is_paid = access.at_stripe(order, stripe, returned_outside)
    if is_open is not None and is_open is not is_paid:
        state = "open, but it is not" if is_open else "closed, but it is"
        yield f"{order.id}: its analysis is {state} paid for"


def _found(aws: SimulatedAws, record: OrderRecord) -> Iterator[str]:
    """No file that exists is recorded as missing."""
    there = {version.id for version in aws.bucket.versions("uploads/")}
    for document in record.documents.values():
        reason = document.status_reason
        is_there = document.file is not None and document.file.version in there
        if reason and reason.code == "file_missing" and is_there:
            yield f"{document.id}: its file is called missing, but is there"


def _stored(aws: SimulatedAws, watcher: Watcher) -> Iterator[str]:
    """The bucket has the files and the results that documents name, and nothing else.

    An upload may be left whose message was lost, unless its order was cancelled: S3 loses none, and
    each has its version erased.
    """
    expected = {
        name
        for record in watcher.orders.values()
        for document in record.documents.values()
        for name in _names(document)
    }
    stored = set[str]()
    for version in aws.bucket.versions():
        prefix, *names = version.key.split("/")
        is_upload = prefix == "uploads"
        name = f"{names[2]} {version.id}" if is_upload else f"{prefix} {names[0]} {names[1]}"
        stored.add(name)
        is_lost = is_upload and version.id in aws.bucket.unannounced
        order = watcher.orders[names[1]].order if is_lost else None
        is_lost = is_lost and not (order and order.status is OrderStatus.CANCELLED)
        if version.is_marker or (name not in expected and not is_lost):
            yield f"{version.key}: is in the bucket, and no document names it"
    for name in sorted(expected - stored):
        yield f"{name}: a document names it, and it is not in the bucket"


def _names(document: Document) -> Iterator[str]:
    """What the bucket has of a document: its file, and the result of the latest reading with one.

    A file that the malware scan refused for good is erased, and those of cancelled orders are.
    """
    if document.erased_at:
        return
    is_final = document.status is DocumentStatus.UNREADABLE and not document.retriable
    if document.file and not (document.quarantined and is_final):
        yield f"{document.id} {document.file.version}"
    if document.read_attempt:
        yield f"results {document.id} {document.read_attempt}"


def _captured(
    stripe: StripeSide, watcher: Watcher, returned_outside: Mapping[str, int]
) -> Iterator[str]:
    """Stripe and the table agree on every payment that was captured, and on what was returned."""
    for intent in stripe.intents():
        if intent["status"] != "succeeded":
            continue
        record = watcher.orders[intent["metadata"]["order_id"]]
        payment = record.payments.get(intent["id"])
        if payment is None or payment.status is not PaymentStatus.SUCCEEDED:
            yield f"{intent['id']}: captured, but the table has {payment and payment.status}"
            continue
        for what, actual, recorded in (
            ("refunded", stripe.amount_refunded(intent["id"]), payment.amount_refunded),
            ("lost", stripe.amount_lost(intent["id"]), payment.amount_lost),
            (
                "returned outside",
                returned_outside.get(intent["id"], 0),
                payment.amount_acknowledged,
            ),
        ):
            if actual != recorded:
                yield f"{intent['id']}: {what} {actual}, the table has {recorded}"


def _slots(watcher: Watcher) -> Iterator[str]:
    """No slot of the reader is taken when nothing is read."""
    for user in ("ada", "bob", "eve"):
        if in_flight := watcher.usage(user).get("in_flight"):
            yield f"{user}: slots of the reader are still taken: {sorted(in_flight)}"


def _recorded(aws: SimulatedAws, watcher: Watcher) -> Iterator[str]:
    """What is recorded as paid for: each hash of the charged documents of paid orders, no other."""
    charged = {
        document.id
        for record in watcher.orders.values()
        if record.order and record.order.is_paid and not record.order.is_sample
        for document in record.documents.values()
        if document.paid_with(record.order.revision).charged_pages
    }
    recorded, expected = set(), set()
    for item in aws.store.items():
        sort_key = item["SK"]["S"]
        if sort_key.startswith(keys.CONTENTS):
            sha256 = sort_key.removeprefix(keys.CONTENTS)
            recorded |= {(document_id, sha256) for document_id in item["documents"]["M"]}
        elif sort_key.startswith(keys.ANALYSES) and item["document_id"]["S"] in charged:
            expected |= {(item["document_id"]["S"], sha["S"]) for sha in item["hashes"]["L"]}
    for document_id, sha256 in sorted(recorded - expected):
        yield f"{document_id}: {sha256} is recorded as paid for"
    for document_id, sha256 in sorted(expected - recorded):
        yield f"{document_id}: {sha256} is not recorded as paid for"


def _traces(aws: SimulatedAws, document_id: str) -> Iterator[str]:
    """Nothing is left of a deleted document except its audit events."""
    for item in aws.store.items():
        key = f"{item['PK']['S']} {item['SK']['S']}"
        is_event = item["SK"]["S"].startswith(("EVENT#", "IDEMPOTENCY#"))
        if not is_event and document_id in str(item):
            yield f"{document_id}: deleted, but is in the table: {key}"
    for version in aws.bucket.versions():
        if document_id in version.key:
            yield f"{document_id}: deleted, but is in the bucket: {version.key}"
    for name, queue in aws.queues.items():
        if any(document_id in message.body for message in queue.messages.values()):
            yield f"{document_id}: deleted, but is in the queue {name}"
