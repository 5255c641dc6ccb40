"""The facts that embedded data states exactly, beside those that are read from the pages."""

from dataclasses import replace
from typing import Any

from analysis.errors import warning
from analysis.layout import lines
from analysis.model import Fact

_CHECKED_AGAINST_THE_PAGE = frozenset(
    ["gross", "net", "tax", "iban", "invoice_number", "issue_date", "seller_vat_id"]
)
_SURE_OF_THE_PAGE = 0.8
"""The confidence from which a printed fact contradicts an embedded one."""
_OVERRULED = 0.5
"""The factor for a printed fact that differs from the embedded one."""


def with_exact(
    exact: tuple[Fact, ...], seen: tuple[Fact, ...]
) -> tuple[tuple[Fact, ...], list[dict[str, Any]]]:
    """The embedded facts with their position on the page, and a warning for each contradiction."""
    merged: list[Fact] = []
    warnings: list[dict[str, Any]] = []
    for fact in exact:
        shown = [f for f in seen if _same(f, fact)]
        shown.sort(key=lambda f: f.name != fact.name)
        if shown:
            merged.append(replace(fact, page=shown[0].page, box=shown[0].box))
            continue
        merged.append(fact)
        rival = next((f for f in seen if f.name == fact.name), None)
        if (
            rival is not None
            and rival.confidence >= _SURE_OF_THE_PAGE
            and fact.name in _CHECKED_AGAINST_THE_PAGE
        ):
            warnings.append(
                warning("page_disagrees", fact=fact.name, embedded=fact.value, printed=rival.value)
            )
    stated = {fact.name for fact in exact}
    for other in seen:
        if not any(other.name == fact.name and _same(other, fact) for fact in exact):
            lower = _OVERRULED if other.name in stated else 1.0
            merged.append(replace(other, confidence=other.confidence * lower))
    return tuple(merged), warnings


def _same(first: Fact, second: Fact) -> bool:
    if isinstance(first.normalised, dict) and isinstance(second.normalised, dict):
        return bool(first.normalised["minor"] == second.normalised["minor"])
    return (
        lines.collapse_whitespace(str(first.normalised)).casefold()
        == lines.collapse_whitespace(str(second.normalised)).casefold()
    )
