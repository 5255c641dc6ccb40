"""Add, remove and read the documents of an order, by conditional writes of the order's item."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from docket.domain.document import (
    WAITING_FOR_SCAN,
    Document,
    DocumentParts,
    DocumentStatus,
    Outcome,
)
from docket.domain.errors import ConcurrentChange, DocumentNotFound, OrderNotFound
from docket.domain.event import Event
from docket.domain.idempotency import IdempotencyKey
from docket.domain.order import IN_PROGRESS, READING_CHECK, Order, OrderStatus
from docket.table import client, codec, erasures, events, keys, orders
from docket.table.client import ConditionFailed, Update
from docket.table.erasures import Erasure
from docket.table.times import to_iso

_CHARGED = (OrderStatus.PROCESSING, OrderStatus.COMPLETED)
_IS_CHARGED = "(#status = :processing OR #status = :completed)"
_IS_NOT_CHARGED = "(#status <> :processing AND #status <> :completed)"
_IS_BEING_READ = (
    "#documents.#document.#status = :reading AND #documents.#document.#version = :version"
)
_UPLOADABLE = {
    **orders.PENDING,
    "awaiting": DocumentStatus.AWAITING_UPLOAD,
    "unreadable": DocumentStatus.UNREADABLE,
}
"""The values of a condition that a pending order's document may be uploaded (again)."""

UPLOAD_CHECK = timedelta(minutes=30)
"""Delay of the sweeper's first check for the file after an upload form was issued."""


def add(
    user_id: str, document: Document, event: Event, idempotency_key: IdempotencyKey | None = None
) -> str:
    """Add a document. Returns its id, or the id that an earlier request with the key created.

    Raises `OrderNotFound`, `OrderClosed`, `OrderFull` or `KeyReused`.
    """
    condition, values = orders.size_condition()
    change = Update(
        key=keys.order(user_id, document.order_id),
        condition=condition,
        values=values,
        set={
            ("documents", document.id): orders.document_to_item(document),
            ("updated_at",): to_iso(event.at),
            **_in_progress(document),
            **orders.set_work_due(user_id, document.order_id, event.at + UPLOAD_CHECK),
        },
        set_if_absent=orders.WORK_CLASS,
        remove=orders.REASON,
        add={("revision",): 1},
    )
    try:
        return orders.create_once(
            document.id,
            change,
            events.event_write(document.order_id, event),
            idempotency_key=idempotency_key,
            at=event.at,
        )
    except ConditionFailed as failed:
        orders.raise_conflict(failed, Order.require_capacity)
        raise


def renew_upload_form(user_id: str, document_id: str, *, order_id: str, at: datetime) -> Document:
    """Record that a new upload form is issued, so that its upload is checked. Returns the document.

    Raises `OrderNotFound`, `DocumentNotFound`, `OrderClosed`, `DocumentSettled` or
    `ConcurrentChange`.
    """
    change = Update(
        key=keys.order(user_id, order_id),
        condition=(
            "#status = :pending AND (#documents.#document.#status = :awaiting"
            " OR #documents.#document.#status = :unreadable)"
        ),
        names={"document": document_id},
        values=_UPLOADABLE,
        set={
            ("documents", document_id, "upload_form_renewed_at"): to_iso(at),
            **orders.set_work_due(user_id, order_id, at + UPLOAD_CHECK),
        },
        set_if_absent=orders.WORK_CLASS,
    )
    try:
        return orders.from_item(client.update(change)).document(document_id)
    except ConditionFailed as failed:
        orders.raise_conflict(failed, lambda order: order.require_uploadable(document_id))
        raise


def remove(user_id: str, document_id: str, event: Event, *, order_id: str) -> None:
    """Remove a document from a pending order and request the erasure of its data.

    Idempotent until the erasure is finished. Raises `OrderNotFound`, `DocumentNotFound`,
    `OrderClosed` or `ConcurrentChange`.
    """
    erasure = Erasure(
        user_id=user_id, order_id=order_id, document_id=document_id, removed_at=event.at
    )
    change = Update(
        key=keys.order(user_id, order_id),
        condition="attribute_exists(#documents.#document) AND #status = :pending",
        names={"document": document_id},
        values=orders.PENDING,
        set={
            ("updated_at",): to_iso(event.at),
            **orders.set_work_due(user_id, order_id, event.at + UPLOAD_CHECK),
        },
        set_if_absent=orders.WORK_CLASS,
        remove=[("documents", document_id), ("in_progress", document_id), *orders.REASON],
        add={("revision",): 1},
    )

    def explain_conflict(order: Order) -> None:
        order.document(document_id)
        order.require_pending()

    try:
        orders.write(
            change, order_id, event, erasures.put(erasure), explain_conflict=explain_conflict
        )
    except DocumentNotFound:
        if not erasures.is_requested(user_id, order_id, document_id):
            raise


def start_reading(
    user_id: str,
    document_id: str,
    version: str,
    *,
    order_id: str,
    at: datetime,
    quarantined: bool,
) -> Order | None:
    """Record that an uploaded version is being read, or quarantined until it has been scanned.

    Returns the updated order, or None if the version has already been read. If it is being read
    already (a repeated message, or a lost reply to this call), the order is returned unchanged, so
    that a reading which always fails reaches its deadline. The start increments the revision,
    because the new file of an unreadable document may change the quote.
    Raises `OrderNotFound`, `DocumentNotFound`, `OrderClosed` or `DocumentSettled` if the version is
    not expected, and `ConcurrentChange`.
    """
    reason = ("documents", document_id, "status_reason")
    change = Update(
        key=keys.order(user_id, order_id),
        condition=(
            "#status = :pending AND (#documents.#document.#status = :awaiting OR "
            "(#documents.#document.#status = :unreadable"
            " AND (attribute_not_exists(#documents.#document.#version)"
            " OR #documents.#document.#version <> :version)))"
        ),
        names={"document": document_id},
        values={**_UPLOADABLE, "version": version},
        set={
            ("documents", document_id, "status"): DocumentStatus.READING,
            ("documents", document_id, "version"): version,
            ("documents", document_id, "quarantined"): quarantined,
            **({reason: codec.to_item(WAITING_FOR_SCAN)} if quarantined else {}),
            ("documents", document_id, "reading_since"): to_iso(at),
            ("in_progress", document_id): True,
            ("updated_at",): to_iso(at),
            **orders.set_work_due(user_id, order_id, at + READING_CHECK),
        },
        set_if_absent={("documents", document_id, "uploaded_at"): to_iso(at), **orders.WORK_CLASS},
        remove=[
            *([] if quarantined else [reason]),
            ("documents", document_id, "upload_form_renewed_at"),
        ],
        add={("revision",): 1},
    )
    try:
        return orders.from_item(client.update(change))
    except ConditionFailed as failed:
        if failed.stored_item is None:
            raise OrderNotFound from None
        order = orders.from_item(failed.stored_item)
        document = order.document(document_id)
        if document.version == version:
            return order if document.status is DocumentStatus.READING else None
        order.require_uploadable(document_id)
        raise ConcurrentChange from None


def _in_progress(document: Document) -> dict[tuple[str, ...], Any]:
    if document.status not in IN_PROGRESS:
        return {}
    return {("in_progress", document.id): True}


def read_again(order: Order, document: Document, event: Event) -> None:
    """Record that the document's stored version is being read again.

    In a pending order this increments the revision, because the quote may change.
    Raises `OrderNotFound`, `DocumentNotFound` or `ConcurrentChange`.
    """
    change = Update(
        key=keys.order(order.user_id, order.id),
        condition=(
            "#status = :status AND #documents.#document.#status = :was"
            " AND #documents.#document.#version = :version"
        ),
        names={"document": document.id},
        values={"status": order.status, "was": document.status, "version": document.version},
        set={
            ("documents", document.id, "status"): DocumentStatus.READING,
            ("documents", document.id, "reading_since"): to_iso(event.at),
            ("in_progress", document.id): True,
            ("updated_at",): to_iso(event.at),
            **orders.set_work_due(order.user_id, order.id, event.at + READING_CHECK),
        },
        set_if_absent=orders.WORK_CLASS,
        remove=[("documents", document.id, "status_reason"), ("documents", document.id, "parts")],
        add={("revision",): 1} if order.status is OrderStatus.PENDING else {},
    )
    orders.write(
        change, order.id, event, explain_conflict=lambda order: order.document(document.id)
    )


def being_read(user_id: str, document_id: str, version: str, *, order_id: str) -> Order | None:
    """The order, if that version of its document is being read, else None."""
    try:
        order = orders.get(user_id, order_id)
    except OrderNotFound:
        return None
    return order if _is_being_read(order, document_id, version) else None


def split(order: Order, document: Document, parts: DocumentParts) -> Order | None:
    """Record that a document is read in parts. Parts recorded before stay unchanged.

    Returns the updated order, or None if that version is no longer being read.
    """
    return _update_reading(
        order,
        document,
        "",
        set_if_absent={("documents", document.id, "parts"): codec.to_item(parts)},
    )


def finish_part(order: Order, document: Document, number: int, *, at: datetime) -> Order | None:
    """Record that a part was read.

    Returns the updated order, or None if that version is no longer being read. If parts finish
    concurrently, exactly one of the returned orders has no unread part.
    """
    return _update_reading(
        order,
        document,
        " AND attribute_exists(#documents.#document.#parts)",
        set={
            ("documents", document.id, "parts", "read", str(number)): True,
            ("documents", document.id, "reading_since"): to_iso(at),
            ("updated_at",): to_iso(at),
        },
    )


def wait_for_scan(order: Order, document: Document) -> None:
    """Record that a document is not read before the malware scan of its file has a verdict.

    Does nothing if a verdict has ended the quarantine since the document was loaded, which changes
    `reading_since`.
    """
    _update_reading(
        order,
        document,
        " AND #documents.#document.#reading_since = :since",
        values={"since": to_iso(document.reading_since) if document.reading_since else ""},
        set={
            ("documents", document.id, "status_reason"): codec.to_item(WAITING_FOR_SCAN),
            ("documents", document.id, "quarantined"): True,
        },
    )


def end_quarantine(order: Order, document: Document, *, at: datetime) -> Order | None:
    """Record that a quarantined document is read now.

    Returns the updated order, or None if that version is no longer being read.
    """
    return _update_reading(
        order,
        document,
        "",
        set={
            ("documents", document.id, "quarantined"): False,
            ("documents", document.id, "reading_since"): to_iso(at),
            ("updated_at",): to_iso(at),
        },
        remove=[("documents", document.id, "status_reason")],
    )


def _update_reading(
    order: Order,
    document: Document,
    also: str,
    *,
    values: Mapping[str, Any] | None = None,
    **change: Any,
) -> Order | None:
    """Change a document if that version is being read. Returns the updated order, else None.

    `also` is a further condition, with its `values`.
    """
    try:
        item = client.update(
            Update(
                key=keys.order(order.user_id, order.id),
                condition=_IS_BEING_READ + also,
                names={"document": document.id},
                values={
                    "reading": DocumentStatus.READING,
                    "version": document.version,
                    **(values or {}),
                },
                **change,
            )
        )
    except ConditionFailed:
        return None
    return orders.from_item(item)


def finish_reading(
    order: Order, document: Document, outcome: Outcome, event: Event, *also: client.Write
) -> bool:
    """Save the outcome of reading, and `also`. False if that version is not being read any more.

    `order` is the one that `start_reading` returned. The charged pages of an order do not change
    once it is paid or the bank is confirming the payment. Raises `ConcurrentChange` if the order
    entered or left that state after `start_reading`.
    """
    updated = outcome.of(document)
    charged = order.status in _CHARGED
    if charged:
        updated = replace(updated, charged_pages=document.charged_pages)
    change = Update(
        key=keys.order(order.user_id, order.id),
        condition=(f"{_IS_CHARGED if charged else _IS_NOT_CHARGED} AND {_IS_BEING_READ}"),
        names={"document": document.id},
        values={
            "processing": OrderStatus.PROCESSING,
            "completed": OrderStatus.COMPLETED,
            "reading": DocumentStatus.READING,
            "version": document.version,
        },
        set={
            ("documents", document.id): orders.document_to_item(updated),
            ("updated_at",): to_iso(event.at),
        },
        remove=[("in_progress", document.id)],
        add={} if charged else {("revision",): 1},
    )
    try:
        orders.write(
            change,
            order.id,
            event,
            *also,
            explain_conflict=lambda order: _require_being_read(order, document),
        )
    except (_NotBeingRead, OrderNotFound):
        return False
    return True


class _NotBeingRead(Exception):
    """The outcome was saved before, or another version is being read."""


def _require_being_read(order: Order, document: Document) -> None:
    if not _is_being_read(order, document.id, document.version):
        raise _NotBeingRead


def _is_being_read(order: Order, document_id: str, version: str | None) -> bool:
    """The condition `_IS_BEING_READ` on a loaded order."""
    return any(
        document.id == document_id
        and document.status is DocumentStatus.READING
        and document.version == version
        for document in order.documents
    )
