"""The currency of a document's amounts."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from analysis.extract import values
from analysis.layout.lines import TextLines, TextSpan, fact
from analysis.model import Fact

_STATED = re.compile(
    r"(?:währung|currency|devise|valuta|moneda|beträge\s+in|amounts\s+in|\(|\bin|"
    r"[Tt]otal|TOTAL|[Bb]etrag|[Ss]umme|SUMME|[Aa]mount|[Mm]ontant)\s*:?\s*"
    r"\(?(?P<sign>[A-Z]{3}|RM|€|£|\$)(?![^\W\d_])"
)
_LABEL = re.compile(r"währung|currency|devise|valuta|moneda|beträge in", re.IGNORECASE)
_CODE = re.compile(r"(?<![^\W_])(?P<sign>EUR|USD|GBP|CHF|MYR|RM|€|£)(?![^\W\d_])")
_BY_AMOUNTS = 0.95
_BY_WORDS = 0.9
_LOOKED_AT = 3_000


def find(pages: Sequence[TextLines]) -> Iterator[Fact]:
    """The currency of most amounts; if there are none, the currency that a label states."""
    spans = [span for page in pages for row in page for span in row][:_LOOKED_AT]
    printed: Counter[str] = Counter()
    first: dict[str, tuple[TextSpan, tuple[int, int]]] = {}
    for span in spans:
        for amount in values.amounts(span.text):
            if amount.currency:
                printed[amount.currency] += 1
                first.setdefault(amount.currency, (span, (amount.start, amount.end)))
    if printed:
        [(currency, _)] = printed.most_common(1)
        span, chars = first[currency]
        yield fact("currency", currency.upper(), currency, span, _BY_AMOUNTS, chars=chars)
        return
    for pattern in (_STATED, _CODE):
        for index, span in enumerate(spans):
            labelled_values = index and _LABEL.search(spans[index - 1].text)
            match = pattern.search(span.text) or (labelled_values and _CODE.search(span.text))
            stated_currency = values.currency_of(match["sign"]) if match else None
            if match and stated_currency:
                chars = match.span("sign")
                yield fact("currency", match["sign"], stated_currency, span, _BY_WORDS, chars=chars)
                return
