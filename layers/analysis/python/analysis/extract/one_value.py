"""One value is one fact: a number that several rules claim keeps its most confident meaning."""

from collections.abc import Iterable
from itertools import combinations

from analysis.model import Fact

_VAT_IDS = frozenset(["seller_vat_id", "buyer_vat_id", "vat_id"])
_NUMBERS = frozenset(
    [
        "invoice_number",
        "po_number",
        "customer_number",
        "payment_reference",
        "account_number",
        "identifier",
    ]
)
_GENERIC = frozenset(["vat_id", "identifier"])
"""Names that only describe the form of a value: any other name is a better one."""


def without_doubles(facts: Iterable[Fact]) -> list[Fact]:
    """The facts without the weaker meanings of a VAT id, or of a number at one place."""
    found = list(facts)
    dropped: set[int] = set()
    for first, second in combinations([f for f in found if f.name in _VAT_IDS | _NUMBERS], 2):
        if first.name != second.name and _is_one_value(first, second):
            weaker = min(first, second, key=_strength)
            dropped.add(id(weaker))
    return [fact for fact in found if id(fact) not in dropped]


def _is_one_value(first: Fact, second: Fact) -> bool:
    names = {first.name, second.name}
    if names <= _VAT_IDS:
        return _plain(first) == _plain(second)
    return names <= _NUMBERS and _plain(first) == _plain(second) and _share_place(first, second)


def _plain(fact: Fact) -> str:
    return "".join(filter(str.isalnum, str(fact.normalised))).casefold()


def _share_place(first: Fact, second: Fact) -> bool:
    if first.page != second.page or first.box is None or second.box is None:
        return False
    box, other = first.box, second.box
    lower, upper = max(box.top, other.top), min(box.bottom, other.bottom)
    return box.overlap(other) > 0 and upper > lower


def _strength(fact: Fact) -> tuple[bool, float]:
    return fact.name not in _GENERIC, fact.confidence
