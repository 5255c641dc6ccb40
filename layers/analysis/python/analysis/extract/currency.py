"""Which currency a document counts in."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from analysis.extract import values
from analysis.layout.lines import Rows, Spot, fact
from analysis.model import Fact

_STATED = re.compile(
    r"(?:währung|currency|devise|valuta|moneda|beträge\s+in|amounts\s+in|\(|\bin|"
    r"[Tt]otal|TOTAL|[Bb]etrag|[Ss]umme|SUMME|[Aa]mount|[Mm]ontant)\s*:?\s*"
    r"\(?(?P<sign>[A-Z]{3}|RM|€|£|\$)(?![^\W\d_])"
)
_LABEL = re.compile(r"währung|currency|devise|valuta|moneda|beträge in", re.IGNORECASE)
_CODE = re.compile(r"(?<![^\W_])(?P<sign>EUR|USD|GBP|CHF|MYR|RM|€|£)(?![^\W\d_])")
_BY_AMOUNTS, _BY_WORDS = 0.95, 0.9
_LOOKED_AT = 3_000


def find(pages: Sequence[Rows]) -> Iterator[Fact]:
    """The currency most amounts are printed with; else the one that a word states."""
    spots = [spot for page in pages for row in page for spot in row][:_LOOKED_AT]
    printed: Counter[str] = Counter()
    first: dict[str, tuple[Spot, tuple[int, int]]] = {}
    for spot in spots:
        for amount in values.amounts(spot.text):
            if amount.currency:
                printed[amount.currency] += 1
                first.setdefault(amount.currency, (spot, (amount.start, amount.end)))
    if printed:
        [(currency, _)] = printed.most_common(1)
        spot, span = first[currency]
        yield fact("currency", currency.upper(), currency, spot, _BY_AMOUNTS, span=span)
        return
    for pattern in (_STATED, _CODE):
        for index, spot in enumerate(spots):
            labelled = index and _LABEL.search(spots[index - 1].text)
            found = pattern.search(spot.text) or (labelled and _CODE.search(spot.text))
            currency_said = values.currency_of(found["sign"]) if found else None
            if found and currency_said:
                span = found.span("sign")
                yield fact("currency", found["sign"], currency_said, spot, _BY_WORDS, span=span)
                return
