"""Stable ids of line items, transactions and tables.

The reader gives them none. An id is a hash of what an entry states and where, as that of a fact is:
it stays the same as long as the reader finds the same text at the same place. The short form of a
result and the whole one have the same ids of line items.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from analysis.model.inline import DESCRIPTION_INLINE

type Entries = Literal["line_items", "transactions", "tables"]

_STATED: Mapping[Entries, tuple[str, ...]] = {
    "line_items": ("description", "item_number", "quantity", "amount"),
    "transactions": ("date", "description", "paid_in", "paid_out"),
    "tables": ("rows",),
}
"""By list of a result: what tells its entries apart, beside their place."""
_PLACE = ("page", "box")
_LENGTH = 16
"""Hexadecimal digits of an id: 64 bits tell the entries of a document apart."""


def with_ids(document: Mapping[str, Any]) -> dict[str, Any]:
    """A document whose line items, transactions and tables have an `id`. Pages count from 1.

    Entries that have one keep it.
    """
    return {
        **document,
        **{name: identified(name, document[name]) for name in _STATED if document.get(name)},
    }


def identified(name: Entries, entries: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The entries of a list of that name, each with its `id`. Pages count from 1."""
    repetitions: Counter[str] = Counter()
    with_id = []
    for entry in entries:
        text = json.dumps([_short(entry.get(field)) for field in (*_STATED[name], *_PLACE)])
        repetitions[text] += 1
        digest = hashlib.sha256(f"{text}{repetitions[text]}".encode()).hexdigest()
        with_id.append({**entry, "id": entry.get("id") or digest[:_LENGTH]})
    return with_id


def _short(value: Any) -> Any:
    """A description as the short form of a result has it."""
    return value[:DESCRIPTION_INLINE] if isinstance(value, str) else value
