"""What the catalogue says of one name of a fact."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

type FactType = Literal["text", "date", "time", "money", "currency", "iban", "vat_id", "phone"]
"""The types of `normalised`: text, an ISO date, `HH:MM`, minor units with a currency, and so on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactSpec:
    """One name of a fact.

    - `meaning` one sentence for the API's description
    - `kinds` the kinds of document that state it; `any_kind`: any other document may state it too
    - `labels` the displayed name, by language
    - `shown` whether it is listed by default; the others are listed on request
    - `repeats` whether several facts of this name in one document are equally valid
    - `generic` whether the name only describes the form of the value, so that a fact of the same
      value with a more specific name replaces it
    - `party` whether it names a person or company; `timeline` whether it belongs on the order's
      timeline; `order_total` whether it counts towards the order's totals
    - `quote` the group and the rank in which a summary quotes its row: of each group the fact
      with the lowest rank
    """

    name: str
    meaning: str
    type: FactType
    labels: Mapping[str, str]
    kinds: tuple[str, ...] = ()
    any_kind: bool = False
    shown: bool = True
    repeats: bool = False
    generic: bool = False
    party: bool = False
    timeline: bool = False
    order_total: bool = False
    quote: tuple[int, int] | None = None
