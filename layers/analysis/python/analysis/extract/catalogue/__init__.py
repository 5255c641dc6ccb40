"""The catalogue of facts: every name of a fact once, with its properties.

`consolidate`, the summary, the report, the OpenAPI description and the site's labels use it. It
imports only the standard library, so that every part can load it.

spec        the properties of a name
invoices, receipts, contracts, letters, accounts, trade, insurance_and_tax, general
            the names, by kind of document
"""

from collections.abc import Mapping

from analysis.extract.catalogue import (
    accounts,
    contracts,
    general,
    insurance_and_tax,
    invoices,
    letters,
    receipts,
    trade,
)
from analysis.extract.catalogue.spec import FactSpec, FactType

__all__ = ["CATALOGUE", "FactSpec", "FactType"]

CATALOGUE: tuple[FactSpec, ...] = (
    *invoices.FACTS,
    *trade.FACTS,
    *receipts.FACTS,
    *contracts.FACTS,
    *letters.FACTS,
    *accounts.FACTS,
    *insurance_and_tax.FACTS,
    *general.FACTS,
)
"""Every name of a fact once, in the order of the columns of a report."""


BY_NAME: Mapping[str, FactSpec] = {spec.name: spec for spec in CATALOGUE}
"""The rows of `CATALOGUE`; the sets below have names that share a property of `FactSpec`."""
ANYWHERE = frozenset(spec.name for spec in CATALOGUE if spec.any_kind)
PARTIES = frozenset(spec.name for spec in CATALOGUE if spec.party)
REPEATED = frozenset(spec.name for spec in CATALOGUE if spec.repeats)
GENERIC = frozenset(spec.name for spec in CATALOGUE if spec.generic)
TIMELINE = tuple(spec.name for spec in CATALOGUE if spec.timeline)
ORDER_TOTALS = tuple(spec.name for spec in CATALOGUE if spec.order_total)


def names_of(kind: str) -> tuple[str, ...]:
    """The facts that documents of a kind state, apart from those that any document may state."""
    return tuple(spec.name for spec in CATALOGUE if kind in spec.kinds)


def quoted_names() -> list[tuple[str, ...]]:
    """The names whose rows a summary quotes: of each group the first name with a fact."""
    groups: dict[int, dict[int, str]] = {}
    for spec in CATALOGUE:
        if spec.quote is not None:
            group, rank = spec.quote
            groups.setdefault(group, {})[rank] = spec.name
    return [
        tuple(groups[group][rank] for rank in sorted(groups[group])) for group in sorted(groups)
    ]


def label(name: str, language: str) -> str:
    """The displayed name; a name outside the catalogue without its underscores."""
    spec = BY_NAME.get(name)
    return spec.labels[language] if spec else name.replace("_", " ").capitalize()
