"""Customers' corrections: an item for each fact, and one for the line items of a document.

An analysis may have hundreds of facts in one compressed item. So a correction writes an item of its
own and not the analysis, which also stays the reader's. Line items are corrected together, because
their sum is. The document counts the changes of its corrections (`review_version`): that is the
condition of every write, so two of them that were decided on the same facts cannot both succeed.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docket.domain.errors import AnalysisNotFound, DocumentNotFound, OrderNotFound
from docket.domain.event import Event
from docket.domain.orders.correction import (
    NO_CORRECTIONS,
    CorrectedLineItems,
    Correction,
    Corrections,
    Statement,
    Verdict,
)
from docket.domain.orders.counters import Counters
from docket.domain.orders.document import Document, order_of
from docket.domain.orders.order import Order
from docket.table import client, keys
from docket.table.client import Delete, Put, Write
from docket.table.documents import document_items
from docket.table.items.attributes import Item
from docket.table.items.compressed_json import compressed, decompressed
from docket.table.items.times import from_iso, to_iso
from docket.table.orders import analyses, order_items, orders
from docket.table.orders.analyses import Analysis

type ByDocument = Mapping[str, Corrections]


@dataclass(frozen=True, kw_only=True)
class Reviewed:
    """A document with its order, its analysis, and the corrections of its facts and line items."""

    order: Order
    document: Document
    analysis: Analysis
    corrections: list[Correction]
    line_items: CorrectedLineItems | None


def state(user_id: str, document_id: str) -> Reviewed:
    """What a correction is decided on.

    Raises `OrderNotFound`, `DocumentNotFound`, or `AnalysisNotFound` if it was not read.
    """
    order_id = order_of(document_id)
    order, document, analysis = client.batch_get(
        [
            keys.order(user_id, order_id),
            keys.document(order_id, document_id),
            keys.analysis(order_id, document_id),
        ]
    )
    if order is None:
        raise OrderNotFound
    if document is None:
        raise DocumentNotFound
    if analysis is None:
        raise AnalysisNotFound
    read = document_items.from_item(document)
    corrected = of_documents(order_id, [read]).get(document_id, NO_CORRECTIONS)
    return Reviewed(
        order=order_items.from_item(order),
        document=read,
        analysis=analyses.from_item(analysis),
        corrections=list(corrected.facts),
        line_items=corrected.line_items,
    )


def commit(
    stored: Reviewed,
    document: Document,
    events: Sequence[Event],
    *,
    put: Correction | None,
    removed: Sequence[str],
) -> None:
    """Write a correction (None: there is none any more) with the document and its order.

    `removed` are the ids of the facts whose corrections are deleted. Raises `ConditionFailed`.
    """
    writes: list[Write] = [put_write(document.id, put)] if put else []
    writes += [
        Delete(key=keys.correction(document.order_id, document.id, fact_id), condition=None)
        for fact_id in removed
    ]
    _commit(stored, document, events, writes)


def commit_line_items(
    stored: Reviewed,
    document: Document,
    events: Sequence[Event],
    *,
    put: CorrectedLineItems | None,
) -> None:
    """Write the corrected line items (None: the reader's count again) with document and order.

    Raises `ConditionFailed`.
    """
    key = keys.line_items(document.order_id, document.id)
    write: Write = Delete(key=key, condition=None)
    if put:
        item = {
            **key,
            "document_id": document.id,
            "rows": compressed(list(put.rows)),
            "user_id": put.user_id,
            "at": to_iso(put.at),
        }
        write = Put(item=item, condition=None)
    _commit(stored, document, events, [write])


def _commit(
    stored: Reviewed, document: Document, events: Sequence[Event], writes: Sequence[Write]
) -> None:
    at = events[0].at
    change = Counters.of(document) - Counters.of(stored.document)
    order = stored.order.counted(change, at=at, moves_quote=False)
    updated = document_items.update_write(stored.document, document, at=at)
    orders.commit(stored.order, order, *events, also=[updated, *writes])


def of_documents(order_id: str, documents: Sequence[Document]) -> ByDocument:
    """The corrections of an order's documents, which are sorted; no call if there are none."""
    reviewed_ids = [document.id for document in documents if document.review_version]
    if not reviewed_ids:
        return {}
    items = client.query(
        partition=keys.order_partition(order_id),
        between=keys.corrections_between(reviewed_ids[0], reviewed_ids[-1]),
    )
    facts: dict[str, list[Correction]] = defaultdict(list)
    line_items: dict[str, CorrectedLineItems] = {}
    for item in items:
        if "rows" in item:
            line_items[item["document_id"]] = _line_items_from_item(item)
        else:
            facts[item["document_id"]].append(_from_item(item))
    return {
        id_: Corrections(facts=facts.get(id_, ()), line_items=line_items.get(id_))
        for id_ in {**facts, **line_items}
    }


def put_write(document_id: str, correction: Correction) -> Put:
    """The write of a correction; whoever decides on it sets the conditions."""
    statement: Any = correction.stated.to_dict() if correction.stated else None
    return Put(
        item={
            **keys.correction(order_of(document_id), document_id, correction.fact_id),
            "document_id": document_id,
            "fact_id": correction.fact_id,
            "verdict": correction.verdict,
            "facts": compressed({"read": correction.read, "stated": statement}),
            "user_id": correction.user_id,
            "at": to_iso(correction.at),
        },
        condition=None,
    )


def _from_item(item: Item) -> Correction:
    facts = decompressed(item["facts"])
    return Correction(
        fact_id=item["fact_id"],
        verdict=Verdict(item["verdict"]),
        read=facts["read"],
        stated=Statement.of(facts["stated"]) if facts["stated"] else None,
        user_id=item["user_id"],
        at=from_iso(item["at"]),
    )


def _line_items_from_item(item: Item) -> CorrectedLineItems:
    return CorrectedLineItems(
        rows=decompressed(item["rows"]), user_id=item["user_id"], at=from_iso(item["at"])
    )
