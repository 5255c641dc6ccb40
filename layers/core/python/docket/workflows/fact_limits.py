"""Facts cut to a size: what an item of the table and one reply can hold. The report holds all."""

import json
from typing import Any

from analysis.errors import warning
from docket.runtime.reply_size import envelope_bytes

type Facts = dict[str, Any]

LISTS = ("facts", "tables", "line_items", "pages", "parties", "key_phrases", "unread", "summary")
"""The lists of a document's facts that may be cut."""

CAPPED = warning("capped")


def stored_bytes(facts: Facts) -> int:
    """What the facts take as JSON in UTF-8."""
    return len(json.dumps(facts, ensure_ascii=False).encode())


def cut_to(facts: Facts, max_bytes: int) -> Facts:
    """The facts with their longest list shortened until they fit, and a warning if one was."""
    cut = facts
    while stored_bytes(cut) > max_bytes and (shortened := _shortened(cut)) is not None:
        cut = shortened
    return cut if cut is facts else _warned(cut)


def share(documents: dict[str, Facts], max_bytes: int) -> dict[str, Facts]:
    """The facts of several documents, cut so that one reply can hold them together.

    The document that takes most is cut first, so that small ones stay whole.
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
    """Without the last eighth of the list that takes most; None: every list is empty."""
    sizes = {name: len(json.dumps(facts[name])) for name in LISTS if facts.get(name)}
    if not sizes:
        return None
    longest = max(sizes, key=lambda name: sizes[name])
    return {**facts, longest: facts[longest][: len(facts[longest]) * 7 // 8]}


def _warned(facts: Facts) -> Facts:
    warnings = facts.get("warnings", [])
    return facts if CAPPED in warnings else {**facts, "warnings": [*warnings, CAPPED]}
