"""Compare what is stored a second time: an order's refunds, and what a customer has paid for."""

from collections.abc import Iterator

from docket.domain.orders.order import Order
from docket.domain.task import TaskKind
from docket.gateways.stripe_ranges import Range
from operations.reconciliation.difference import Difference, Kind
from operations.snapshot import Snapshot


def of_copies(snapshot: Snapshot, within: Range) -> Iterator[Difference]:
    """Orders that show other refunds than theirs, and contents that payments do not explain."""
    for order in snapshot.orders.values():
        if order.created_at in within:
            yield from _of_refunds(snapshot, order)
            yield from _of_missing_contents(snapshot, order)
    yield from _of_unpaid_contents(snapshot)


def _of_refunds(snapshot: Snapshot, order: Order) -> Iterator[Difference]:
    refunds = snapshot.refunds[order.id].values()
    expected = {refund.id: refund.summary for refund in refunds if not refund.is_hidden}
    shown = {summary.id: summary for summary in order.refunds}
    for refund_id in sorted(expected.keys() | shown.keys()):
        if expected.get(refund_id) != shown.get(refund_id):
            yield Difference(Kind.REFUND_COPY, order.id, refund_id)


def _of_missing_contents(snapshot: Snapshot, order: Order) -> Iterator[Difference]:
    """Documents that were paid for, and would be charged in another order."""
    if not order.is_paid or order.is_sample or _is_task_owed(snapshot, order):
        return
    paid = snapshot.contents[order.user_id]
    for document in snapshot.documents[order.id].values():
        hashes = snapshot.hashes.get(document.id, ())
        is_charged = document.paid_with(order.revision).charged_pages > 0
        if is_charged and hashes and not any(document.id in paid[sha256] for sha256 in hashes):
            yield Difference(Kind.CONTENT_MISSING, order.id, document.id)


def _of_unpaid_contents(snapshot: Snapshot) -> Iterator[Difference]:
    """Documents that make others free, although their order is not paid."""
    named = {
        document_id
        for paid in snapshot.contents.values()
        for document_ids in paid.values()
        for document_id in document_ids
    }
    for document_id in sorted(named):
        order = snapshot.orders.get(document_id.rpartition("-")[0])
        if order and not order.is_paid and not _is_task_owed(snapshot, order):
            yield Difference(Kind.CONTENT_UNPAID, order.id, document_id)


def _is_task_owed(snapshot: Snapshot, order: Order) -> bool:
    return any(task.kind is TaskKind.CONTENT for task in snapshot.tasks.get(order.id, []))
