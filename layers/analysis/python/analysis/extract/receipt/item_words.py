"""What rows of a receipt say that are no items: heads of columns, totals and payments.

OCR reads letters as digits and loses spaces, so the words are searched in `folded` text and need
not end where a word ends.
"""

import re

_TOTAL = re.compile(
    r"t[oa]ta[li]|totaal|totale|\bttl\b|\btot\s?qty|zwischensumme|"
    r"(?:no\.?|number)\s*of\s*items?|item\s*(?:count|qty)|"
    r"^\W*(?:summe|gesamt\w*|zu\s*zahlen|netto|brutto|amount|excl|incl|taxable)\b"
)
"""What the first row below the items says."""
_TOTAL_FIRST = re.compile(
    rf"\W*(?:(?:sub|grand|net|nett|eat-?in|items?)\W*\d*\W*)*(?:{_TOTAL.pattern})"
)
_PAID = re.compile(
    r"\W*(?:amt\b|round(?:ing|ed|\s*adj)|round\b|cash(?!ew)|change\b|tender|visa\b|master\w*\b|"
    r"balance|payment|paid\b|gst|sst\b|service\s*(?:charge|tax)|serv\.?\s*charge|tax\b|vat\b|mwst|"
    r"ust\b|tva\b|card\b|debit\b)"
)
"""What a row with an amount may say before any total."""
_CLOSING = re.compile(
    r"\W*(?:cash(?!ew)|change\b|tender|visa\b|master\w*\b|balance|payment|paid\b|card\b|debit\b)"
)
_SUMMARY = re.compile(r"summary|analysis")
"""What rows below all items and totals say."""
_TAX = re.compile(r"gst|sst|\btax|\bvat\b|mwst|ust\b|tva\b|serv")
"""What is added to the items below them."""
_HEAD = re.compile(
    r"description|quantity|amount|price|"
    r"\b(?:descr?|item|artikel|[qo]ty|menge|preis|betrag|"
    r"total|disc|rm|code|tax|gst|uom|amt|rsp|u/p|bezeichnung|anzahl|d[ée]signation|"
    r"libell[ée]|qt[ée]|montant|prix|descripci[óo]n|cant(?:idad)?|precio|importe|descrizione|prezzo|"
    r"importo|iva|omschrijving|aantal|prijs|bedrag)\b"
)
"""The heads of columns in folded text, whose l may be an i; the longer ones also within words."""
_COUNT = re.compile(r"\W*(?:qty|quantity|menge|anzahl|qté|cant)\b")
_WORD = re.compile(r"\S*[^\W\d_]\S*")
_LABEL = re.compile(r"\W*[^\W\d_][^\W\d_ .#/]{2,}(?:[ ./][^\W\d_]{2,})?[ .#]*[:\uff1a](?!\d\S)")
_MISREAD = str.maketrans("01589", "olsbg")
_HEADS = 2
"""Fewest heads of columns in a row of heads; one alone is a word of a name."""


def folded(text: str) -> str:
    """The text in small letters; digits within words are the letters that they look like."""
    return _WORD.sub(lambda match: match.group().translate(_MISREAD), text.lower())


def names_total(text: str) -> bool:
    """Whether a folded text has the word of a sum anywhere."""
    return bool(_TOTAL.search(text))


def begins_with_sum(text: str) -> bool:
    """Whether a folded text begins as a sum, a tax or a payment."""
    return bool(_TOTAL_FIRST.match(text) or _PAID.match(text))


def names_payment(text: str) -> bool:
    """Whether a folded text begins as a tax or a payment, or another row below the totals."""
    return bool(_PAID.match(text))


def names_column(text: str) -> bool:
    """Whether a folded text has the head of a column."""
    return bool(_heads(text))


def is_head(text: str) -> bool:
    """Whether a folded text has the heads of several columns."""
    return len(_heads(text)) >= _HEADS


def begins_with_count(text: str) -> bool:
    """Whether the first column of a folded head is that of the counts."""
    return bool(_COUNT.match(text))


def is_label(text: str) -> bool:
    """Whether a text is a label of the sale, perhaps with its value: `Counter : 04`."""
    return bool(_LABEL.match(text))


def names_closing(text: str) -> bool:
    """Whether a folded text is about the payment, or a summary of the taxes."""
    return bool(_CLOSING.match(text) or _SUMMARY.search(text))


def names_tax(text: str) -> bool:
    """Whether a folded text has the word of a tax."""
    return bool(_TAX.search(text))


def _heads(text: str) -> set[str]:
    return {*_HEAD.findall(text), *_HEAD.findall(text.replace("l", "i"))}
