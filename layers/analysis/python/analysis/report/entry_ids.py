"""Stable ids of line items, transactions and tables.

The reader gives them none. An id is a hash of what an entry states and where, as that of a fact is:
it stays the same as long as the reader finds the same text at the same place.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

_STATED: Mapping[str, tuple[str, ...]] = {
    "line_items": ("description", "item_number", "quantity", "amount"),
    "transactions": ("date", "description", "paid_in", "paid_out"),
    "tables": ("rows",),
}
"""By list of a result: what tells its entries apart, beside their place."""
_PLACE = ("page", "box")
_LENGTH = 16


def with_ids(document: Mapping[str, Any]) -> dict[str, Any]:
    """A document whose line items, transactions and tables have an `id`. Pages count from 1."""
    return {
        **document,
        **{
            name: _identified(document[name], stated)
            for name, stated in _STATED.items()
            if document.get(name)
        },
    }


def _identified(
    entries: Sequence[Mapping[str, Any]], stated: Sequence[str]
) -> list[dict[str, Any]]:
    repetitions: Counter[str] = Counter()
    identified = []
    for entry in entries:
        text = json.dumps([entry.get(name) for name in (*stated, *_PLACE)])
        repetitions[text] += 1
        digest = hashlib.sha256(f"{text}{repetitions[text]}".encode()).hexdigest()
        identified.append({"id": digest[:_LENGTH], **entry})
    return identified
