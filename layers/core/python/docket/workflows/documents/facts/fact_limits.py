"""Shorten facts to the size limit of a table item or of a response. Reports are not shortened."""

import json
from typing import Any

from analysis.errors import warning
from analysis.model.segment import first_entries
from docket.runtime.reply_size import envelope_bytes

type Facts = dict[str, Any]

LISTS = (
    "facts", "tables", "line_items", "reader_line_items", "transactions", "pages", "parties",
    "key_phrases", "unread", "summary",
)  # fmt: skip
"""The lists in a document's facts that may be shortened."""

CAPPED = warning("capped")


def stored_bytes(facts: Facts) -> int:
    """The size of the facts as JSON in UTF-8, in bytes."""
    return len(json.dumps(facts, ensure_ascii=False).encode())


def cut_to(facts: Facts, max_bytes: int) -> Facts:
    """Shorten the longest list until the facts fit; add a warning if one was shortened."""
    cut = facts
    while stored_bytes(cut) > max_bytes and (shortened := _shortened(cut)) is not None:
        cut = shortened
    return cut if cut is facts else _warned(cut)


def share(documents: dict[str, Facts], max_bytes: int) -> dict[str, Facts]:
    """Shorten the facts of several documents until their total size fits in one response.

    The largest document is shortened first, so that small ones stay complete. Keys are document
    ids; sizes are those of the escaped JSON in the Lambda response.
    """
    shared = dict(documents)
    sizes = {key: envelope_bytes(facts) for key, facts in shared.items()}
    while sum(sizes.values()) > max_bytes:
        largest = max(sizes, key=lambda key: sizes[key])
        shortened = _shortened(shared[largest])
        if shortened is None:
            break
        shared[largest] = _warned(shortened)
        sizes[largest] = envelope_bytes(shared[largest])
    return shared


def _shortened(facts: Facts) -> Facts | None:
    """The facts without an eighth of their longest list; None if every list is empty.

    The last ones are removed, and of several documents in a file those of the longest.
    """
    sizes = {name: len(json.dumps(facts[name])) for name in LISTS if facts.get(name)}
    if not sizes:
        return None
    longest = max(sizes, key=lambda name: sizes[name])
    cut = {**facts, longest: first_entries(facts, longest, len(facts[longest]) * 7 // 8)}
    return {**cut, "line_items_complete": False} if longest == "line_items" else cut


def _warned(facts: Facts) -> Facts:
    warnings = facts.get("warnings", [])
    return facts if CAPPED in warnings else {**facts, "warnings": [*warnings, CAPPED]}
