"""Rows of a table that are no items: totals, taxes, and sums carried over to the next page."""

import re

from analysis.extract.invoice import labels

_TOTALS = re.compile(
    r"\W*(?:(?:sub|grand|net|gross|invoice|order)[\s-]?)*(?:totals?|totale|totaal|totaux|celkem|razem)\b"
    r"(?!\s*(?:station|care|cost of))|"
    r"\W*(?:zwischen|gesamt|end|netto|brutto|rechnungs|positions|waren|zahl|steuer)-?\s?"
    r"(?:summe|betrag|wert|total)\w*|"
    r"\W*(?:summe|gesamt|netto|brutto|suma)\b|"
    r"\W*(?:zzgl\.?|zuzügl\.?|inkl\.?|incl\.?|plus|\+|less)?\s*(?:\d+(?:[.,]\d+)?\s?%\s*)?"
    r"(?:sales\s*tax|vat|tax|mwst|ust|u\.?st|umsatzsteuer|mehrwertsteuer|tva|iva|btw|gst|moms|dph)\b|"
    r"\W*(?:amount|balance|total)\s*due|\W*(?:net\s*)?à\s*payer|\W*imponibile|\W*base\s*imponible|"
    r"\W*(?:montant|total)\s*(?:ht|ttc)|\W*te\s*betalen|\W*a\s*pagar|"
    r"\W*(?:payments?|paid|deposit|anzahlung|acompte|acconto|rundung|rounding|discount\s*$)|"
    r"\W*(?:小計|合計|消費税|総額|税込|总计|合计)",
    re.IGNORECASE,
)
"""What the first cell below the items says."""
_LABELS_OF_SUMS = (labels.NET, labels.TAX, labels.GROSS, labels.PAYABLE, labels.SUM)
_CARRIED = re.compile(
    r"\W*(?:(?:sub-?\s?total|zwischensumme|sous-?\s?total|totale?|totaal|suma|saldo)?\s*[/:-]?\s*)?"
    r"(?:übertrag|(?:amount\s*|balance\s*|total\s*)?(?:carried|brought)\s*(?:forward|over|down)|"
    r"report\s*(?:$|:|[\d€]|(?:de\s*la\s*)?page)|à\s*reporter|riporto|d?a\s*riportare|"
    r"suma\s*y\s*sigue|suma\s*anterior|transport(?:eren)?\s*(?:$|:|[\d€])|"
    r"(?:z|do)\s*przeniesienia)",
    re.IGNORECASE,
)
"""What a sum says that is carried over to the next page, or from the page before."""
_SUBTOTAL = re.compile(
    r"\W*(?:zwischen-?\s?summe|sub-?\s?total|sous-?\s?total|subtotale|(?:sub|tussen)-?\s?totaal|"
    r"page\s*total|total\s*(?:of\s*)?(?:this\s*)?page|seiten-?\s?summe|total\s*page|parziale)\b",
    re.IGNORECASE,
)


def names_total(text: str) -> bool:
    """Whether a text says that its amount is a sum of the document or its tax."""
    return bool(_TOTALS.match(text)) or any(
        label.fullmatch(text.strip(" :")) for label in _LABELS_OF_SUMS
    )


def begins_totals(text: str) -> bool:
    """Whether a text begins as a row of totals does."""
    return bool(_TOTALS.match(text))


def is_carried(text: str) -> bool:
    """Whether a row's amount is carried over from one page to the next."""
    return bool(_CARRIED.match(text))


def names_subtotal(text: str) -> bool:
    """Whether a text is the label of a sum after which items may follow."""
    return bool(_SUBTOTAL.match(text))
