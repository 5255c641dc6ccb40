"""Precision and recall of line items."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import SequenceMatcher

from analysis import LineItem

_SIMILAR = 0.6
"""The least similarity of two descriptions: a page wraps them and adds details."""


@dataclass(slots=True)
class ItemScore:
    """Counts over documents: an item is right if its amount and its description are."""

    right: int = 0
    found: int = 0
    stated: int = 0
    documents: int = 0
    exact: int = 0
    without: int = 0
    counted: int = 0
    counts_right: int = 0
    outcomes: list[tuple[float, bool]] = field(default_factory=list)
    """The confidence of each item that was found, and whether it is right."""

    def add(self, stated: Sequence[LineItem], found: Sequence[LineItem]) -> str:
        """Count one document; what is missing and what is too much, as text."""
        missing, excess = list(stated), []
        for item in found:
            match = next((other for other in missing if _same(other, item)), None)
            self.outcomes.append((item.confidence or 0.0, match is not None))
            if match is None:
                excess.append(item)
                continue
            missing.remove(match)
            if match.quantity is not None:
                self.counted += 1
                self.counts_right += _same_number(match.quantity, item.quantity)
        self.right += len(stated) - len(missing)
        self.found += len(found)
        self.stated += len(stated)
        self.documents += 1
        self.exact += not missing and not excess
        self.without += not found
        gone = [f"{item.description[:40]} {item.amount}" for item in missing]
        more = [f"{item.description[:40]} {item.amount}" for item in excess]
        return f"missing {gone} excess {more}" if gone or more else ""

    def shares(self) -> dict[str, float | int]:
        """Precision and recall of items, and how many documents have all or none of them."""
        return {
            "precision": round(self.right / max(1, self.found), 3),
            "recall": round(self.right / max(1, self.stated), 3),
            "documents": self.documents,
            "all_exact": self.exact,
            "without_any": self.without,
            "quantity": round(self.counts_right / max(1, self.counted), 3),
        }


def _same(stated: LineItem, found: LineItem) -> bool:
    return Decimal(stated.amount) == Decimal(found.amount) and is_similar(
        stated.description, found.description
    )


def is_similar(stated: str, found: str) -> bool:
    """Whether two descriptions are of one item: they begin alike, or one is within the other."""
    first, second = _plain(stated), _plain(found)
    if first[:10] == second[:10] or (second and second in first) or (first and first in second):
        return True
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= _SIMILAR


def _same_number(stated: str, found: str | None) -> bool:
    return found is not None and Decimal(stated) == Decimal(found)


def _plain(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()
