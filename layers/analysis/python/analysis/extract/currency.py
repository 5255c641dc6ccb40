"""The currency of a document's amounts."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from analysis.extract import addressee, values
from analysis.layout.lines import TextLines, TextSpan, fact
from analysis.model import Fact

_STATED = re.compile(
    r"(?:währung|currency|devise|valuta|moneda|beträge\s+in|amounts\s+in|\(|\bin|"
    r"[Tt]otal|TOTAL|[Bb]etrag|[Ss]umme|SUMME|[Aa]mount|[Mm]ontant)\s*:?\s*"
    r"\(?(?P<sign>[A-Z]{3}|RM|€|£|\$|S\$|zł|Kč|kr|Rs\.?|₹|¥|￥|円|元)(?![^\W\d_])"
)
_LABEL = re.compile(r"währung|currency|devise|valuta|moneda|beträge in", re.IGNORECASE)
_CODE = re.compile(
    r"(?<![^\W_])(?P<sign>EUR|USD|GBP|CHF|MYR|RM|PLN|CZK|SEK|INR|SGD|JPY|€|£|₹|zł|Kč)(?![^\W\d_])"
)
_DOLLARS = (
    ("usd", re.compile(r"\bUSD\b|US\$")),
    ("sgd", re.compile(r"\bSGD\b|S\$|\bSingapore\b|\bPte\b")),
    ("aud", re.compile(r"\bAUD\b|A\$|\bABN\b|\bAustralia\b")),
    ("nzd", re.compile(r"\bNZD\b|\bNew Zealand\b")),
    ("cad", re.compile(r"\bCAD\b|C\$|\bCanada\b|\bHST\b")),
    ("hkd", re.compile(r"\bHKD\b|HK\$|\bHong Kong\b")),
)
"""Marks of the places whose dollar has the bare sign, the strongest first."""
_CROWNS = (
    ("nok", re.compile(r"\bNOK\b|\bMVA\b|\bNorge\b")),
    ("dkk", re.compile(r"\bDKK\b|\bCVR\b|\bDanmark\b")),
    ("sek", re.compile(r"\bSEK\b|\bSverige\b|\bbankgiro\b|\bplusgiro\b", re.IGNORECASE)),
)
_OF_THREE_DECIMALS = re.compile(r"\b(?:KWD|OMR|JOD|TND|IQD|LYD)\b")
_CROWN_OF = {"da": "dkk", "sv": "sek"}
_EURO = (
    "DE", "AT", "FR", "IT", "ES", "NL", "BE", "PT", "IE", "FI", "LU", "SK", "SI", "EE", "LV", "LT",
    "GR", "MT", "CY", "HR",
)  # fmt: skip
_OF_COUNTRY = {
    **dict.fromkeys(_EURO, "eur"), "GB": "gbp", "PL": "pln", "CZ": "czk", "SE": "sek", "DK": "dkk",
    "NO": "nok", "CH": "chf", "HU": "huf", "RO": "ron",
}  # fmt: skip
_OF_TAX_NUMBER = (
    ("pln", re.compile(r"\bNIP\b")),
    ("inr", re.compile(r"\bGSTIN\b")),
    ("sgd", re.compile(r"\bUEN\b|\bSingapore \d{6}\b")),
    ("myr", re.compile(r"\bSST\b|\b(?i:sdn\.?\s*bhd)\b")),
    ("gbp", re.compile(r"\bVAT\b.*\bGB\s?\d|\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}$")),
    ("eur", re.compile(r"\b(?:SIRET|KvK|USt-?Id|P\.?\s?IVA|N\.?I\.?F\b|C\.?I\.?F\b|NIPC)")),
    ("jpy", re.compile(r"登録番号")),
    ("cny", re.compile(r"纳税人识别号|统一社会信用代码|税号")),
)
"""What only the invoices of one currency's place print."""
_BY_PLACE = 0.7
"""The confidence of the currency of the country of an account or a tax number."""
_BY_AMOUNTS = 0.95
"""The confidence of the currency that most amounts have."""
_BY_WORDS = 0.9
"""The confidence of a currency that a label or a code states."""
_LOOKED_AT = 3_000
"""First runs of text that are searched, at a limited cost of time."""


def signs_of(text: str, language: str | None) -> dict[str, str]:
    """The currencies of the signs that several places have: `$`, `kr` and `¥`."""
    dollar = next((code for code, mark in _DOLLARS if mark.search(text)), "usd")
    crown = next((code for code, mark in _CROWNS if mark.search(text)), None)
    crown = crown or _CROWN_OF.get(language or "", "sek")
    yen = "cny" if language == "zh" else "jpy"
    signs = {"$": dollar, "KR": crown, "KR.": crown, "¥": yen, "￥": yen}
    dinar = _OF_THREE_DECIMALS.search(text)
    return {**signs, "": dinar[0].lower()} if dinar else signs


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
            if match and match["sign"] == "RM" and addressee.POSTCODE.search(span.text):
                continue  # the province of Rome: 00185 Roma (RM)
            stated_currency = values.currency_of(match["sign"]) if match else None
            if match and stated_currency:
                chars = match.span("sign")
                yield fact("currency", match["sign"], stated_currency, span, _BY_WORDS, chars=chars)
                return
    yield from _of_place(spans)


def _of_place(spans: Sequence[TextSpan]) -> Iterator[Fact]:
    """The currency of the place whose account or tax number is printed first."""
    for span in spans:
        numbers = [*values.ibans(span.text), *values.vat_ids(span.text)]
        codes = [_OF_COUNTRY.get(number.value[:2]) for number in numbers]
        codes += [code for code, mark in _OF_TAX_NUMBER if mark.search(span.text)]
        if code := next(filter(None, codes), None):
            yield fact("currency", code.upper(), code, span, _BY_PLACE)
            return
