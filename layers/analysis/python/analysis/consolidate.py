"""Combine the documents of an order into one view. Standard library only.

An order has up to 500 documents with hundreds of facts each, so of each result only its `key_facts`
are needed: at most one fact of a name. A document here is a dict of them, with its `document_id`,
and with `sha256` and `kind` if they are known. If its file has several documents, each of its
`segments` counts as a document of its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from analysis.extract.catalogue import ORDER_TOTALS, TIMELINE
from analysis.model.money import major_units, minor_units
from analysis.model.segment import documents_of

type Document = Mapping[str, Any]

_SURE = 0.5
"""The confidence from which a fact counts."""
_ROUNDED = 5
"""The minor units that rounding may make in a sum."""
_AMOUNTS = ("net", "tax", "gross", *ORDER_TOTALS)
_TOTALS_OF_ITEMS = ("net", *ORDER_TOTALS)
"""The totals whose currency is that of the line items."""
_CHECKED = frozenset(["invoice", "credit_note"])
"""The kinds whose items the reader compares with printed sums."""
_NAMES = dict.fromkeys(
    (
        *TIMELINE,
        *_AMOUNTS,
        *("seller", "merchant", "invoice_number", "time", "issue_date", "date"),
    )
)
_LONGEST = 80
"""Maximum number of characters of a text in key facts."""
_LONGEST_OF_MANY = 24
"""Maximum number of characters where a file has many segments."""
_MANY = 40
"""More segments than this have shorter texts, so that key facts fit into an item of the table."""


def key_facts(result: Mapping[str, Any]) -> dict[str, Any]:
    """What `consolidate` needs of a whole result, in the form of `Result.to_dict()`.

    - `facts` by name `{"normalised", "page", "value"}`: the best one of each name that is needed.
      Only amounts have a `value`; long texts are cut
    - `line_items` the sum of the line items in minor units; null unless all of them are known, and
      null if they add up to another sum of the page, such as that before a discount
    - `segments`, if the file has several documents: of each the fields of its `Segment`, and its
      `facts` and `line_items`. Those of the whole file are empty and null then
    """
    segments = result.get("segments", ())
    if not segments:
        return _of_one(result, _LONGEST)
    longest = _LONGEST if len(segments) <= _MANY else _LONGEST_OF_MANY
    return {
        "facts": {},
        "line_items": None,
        "segments": [
            {**segment, **_of_one(document, longest)}
            for segment, document in zip(segments, documents_of(result), strict=True)
        ],
    }


def _of_one(result: Mapping[str, Any], longest: int) -> dict[str, Any]:
    """The key facts of one document."""
    facts = {}
    for name in _NAMES:
        if fact := _best_of(result.get("facts", ()), name):
            normalised = fact["normalised"]
            facts[name] = {
                "normalised": normalised[:longest] if isinstance(normalised, str) else normalised,
                "page": fact["page"],
                **({"value": fact["value"][:longest]} if name in _AMOUNTS else {}),
            }
    totals = (facts[name]["normalised"] for name in _TOTALS_OF_ITEMS if name in facts)
    currency = next((total["currency"] for total in totals if isinstance(total, Mapping)), None)
    items = _items_sum(result.get("line_items", ()), currency)
    if items is not None and _adds_up_otherwise(result, facts, items):
        items = None
    return {"facts": facts, "line_items": items}


def _adds_up_otherwise(result: Mapping[str, Any], facts: Mapping[str, Any], items: int) -> bool:
    """Whether the reader found the sum of its items, though it is neither the net nor the gross.

    It is the sum before a discount, for example.
    """
    stated = {
        facts[name]["normalised"]["minor"]
        for name in ("net", "gross")
        if name in facts and isinstance(facts[name]["normalised"], Mapping)
    }
    codes = {entry["code"] for entry in result.get("warnings", ())}
    is_read = any(item.get("page") is not None for item in result.get("line_items", ()))
    is_checked = is_read and result.get("kind") in _CHECKED and "warnings" in result
    return is_checked and "items_do_not_add_up" not in codes and items not in stated


def _best_of(facts: Iterable[Mapping[str, Any]], name: str) -> Mapping[str, Any] | None:
    """The first sure fact of a name; the best candidate is the first."""
    return next((f for f in facts if f["name"] == name and f["confidence"] >= _SURE), None)


def consolidate(order_documents: Sequence[Document]) -> dict[str, Any]:
    """The consolidated view of the order.

    - `timeline` `[{"date", "name", "document_id", "page"}]`, oldest first
    - `totals` `[{"currency", "minor", "documents"}]`: gross and total amounts by currency,
      a duplicate counted once
    - `duplicates` `[{"document_ids", "documents", "because"}]`: `same_bytes` or `same_content`
    - `contradictions` `[{"code", "params", "document_ids", "documents"}]`

    `documents` are `[{"document_id", "page"}]`; the page is the one on which a document begins that
    is one of several in its file, and null for a whole file.
    """
    documents = [document for file in order_documents for document in _documents(file)]
    same_bytes = _same_bytes(order_documents)
    copied_files = {id_ for group in same_bytes for id_ in group["document_ids"][1:]}
    same_content = _same_content(documents, copied_files)
    originals = [document for document in documents if document["document_id"] not in copied_files]
    copies = {id(document) for group in same_content for document in group[1:]}
    return {
        "timeline": _timeline(documents),
        "totals": _totals([document for document in originals if id(document) not in copies]),
        "duplicates": [
            *same_bytes,
            *({**_named(group), "because": "same_content"} for group in same_content),
        ],
        "contradictions": [*_sums_that_fail(documents), *_one_number_two_totals(documents)],
    }


def _documents(file: Document) -> list[Document]:
    """The documents of a file, each with the page on which it begins, or the file itself."""
    return [
        {**file, **segment, "begins_on": segment["first_page"]}
        for segment in file.get("segments", ())
    ] or [file]


def _named(documents: Sequence[Document]) -> dict[str, Any]:
    """The files that these documents are in, and the documents themselves."""
    return {
        "document_ids": list(dict.fromkeys(document["document_id"] for document in documents)),
        "documents": [
            {"document_id": document["document_id"], "page": document.get("begins_on")}
            for document in documents
        ],
    }


def _best(document: Document, *names: str) -> Mapping[str, Any] | None:
    facts = document["facts"]
    return next((facts[name] for name in names if name in facts), None)


def _timeline(documents: Sequence[Document]) -> list[dict[str, Any]]:
    events = []
    for document in documents:
        dates: set[str] = set()
        for name in TIMELINE:
            fact = _best(document, name)
            if fact and isinstance(fact["normalised"], str):
                if name == "date" and dates:
                    continue  # a named date has precedence over a generic one
                dates.add(fact["normalised"])
                events.append(
                    {
                        "date": fact["normalised"],
                        "name": name,
                        "document_id": document["document_id"],
                        "page": fact["page"],
                    }
                )
    return sorted(
        events, key=lambda event: (event["date"], str(event["document_id"]), event["name"])
    )


def _totals(documents: Sequence[Document]) -> list[dict[str, Any]]:
    amounts: dict[str | None, list[int]] = defaultdict(list)
    for document in documents:
        fact = _best(document, *ORDER_TOTALS)
        if fact and isinstance(fact["normalised"], Mapping):
            minor = fact["normalised"]["minor"]
            gives_back = document.get("kind") == "credit_note"  # many print it without a sign
            amounts[fact["normalised"]["currency"]].append(-abs(minor) if gives_back else minor)
    return [
        {"currency": currency, "minor": sum(minors), "documents": len(minors)}
        for currency, minors in sorted(amounts.items(), key=lambda entry: str(entry[0]))
    ]


def _same_bytes(order_documents: Sequence[Document]) -> list[dict[str, Any]]:
    by_bytes: dict[str, list[Document]] = defaultdict(list)
    for file in order_documents:
        if file.get("sha256"):
            by_bytes[file["sha256"]].append(file)
    return [
        {**_named(same), "because": "same_bytes"} for same in by_bytes.values() if len(same) > 1
    ]


def _same_content(documents: Sequence[Document], copied_files: set[Any]) -> list[list[Document]]:
    """Groups of documents with the same content, without those that only copies of a file make."""
    by_content: dict[tuple[str, ...], list[Document]] = defaultdict(list)
    for document in documents:
        if key := _identity(document):
            by_content[key].append(document)
    return [
        same
        for same in by_content.values()
        if sum(document["document_id"] not in copied_files for document in same) > 1
    ]


def _identity(document: Document) -> tuple[str, ...] | None:
    """A key that two photos of the same paper share; None if the document states too little."""
    who = _best(document, "seller", "merchant")
    which = _best(document, "invoice_number") or _best(document, "time")
    when = _best(document, "issue_date", "date")
    total = _best(document, *ORDER_TOTALS)
    if not (when and total and (who or which)):
        return None
    parts = [fact["normalised"] if fact else "" for fact in (which or who, when, total)]
    return tuple(str(part).casefold() for part in parts)


def _sums_that_fail(documents: Sequence[Document]) -> list[dict[str, Any]]:
    contradictions = []
    for document in documents:
        net, tax, gross = (_best(document, name) for name in ("net", "tax", "gross"))
        if not (net and tax and gross):
            continue
        stated = [fact["normalised"]["minor"] for fact in (net, tax, gross)]
        if abs(stated[0] + stated[1] - stated[2]) > _ROUNDED:
            contradictions.append(
                {
                    "code": "sums_do_not_add_up",
                    "params": {"net": net["value"], "tax": tax["value"], "gross": gross["value"]},
                    **_named([document]),
                }
            )
        items = document["line_items"]
        if items is not None and items not in {stated[0], stated[2]}:
            contradictions.append(
                {
                    "code": "lines_do_not_add_up",
                    "params": {
                        "sum": f"{major_units(items, net['normalised']['currency']):f}",
                        "net": net["value"],
                    },
                    **_named([document]),
                }
            )
    return contradictions


def _items_sum(items: Sequence[Mapping[str, Any]], currency: str | None) -> int | None:
    """The total of the line items; None unless all of them are known: one may have been missed."""
    if not all(item.get("page") is None or item.get("unit_price") for item in items):
        return None
    try:
        amounts = [Decimal(item["amount"]) for item in items]
    except InvalidOperation:
        return None
    return minor_units(sum(amounts, Decimal(0)), currency) if amounts else None


def _one_number_two_totals(documents: Sequence[Document]) -> list[dict[str, Any]]:
    by_number: dict[tuple[str, str], list[tuple[Document, int, str]]] = defaultdict(list)
    for document in documents:
        number, seller = _best(document, "invoice_number"), _best(document, "seller")
        total = _best(document, *ORDER_TOTALS)
        if number and total:
            key = (number["normalised"], str(seller["normalised"]) if seller else "")
            minor = total["normalised"]["minor"]
            by_number[key].append((document, minor, total["value"]))
    return [
        {
            "code": "one_number_two_totals",
            "params": {
                "number": key[0],
                "totals": ", ".join(sorted({value for _, _, value in stated})),
            },
            **_named([document for document, _, _ in stated]),
        }
        for key, stated in by_number.items()
        if len({minor for _, minor, _ in stated}) > 1
    ]
