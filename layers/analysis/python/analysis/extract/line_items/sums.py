"""Rows of a table that are no items: totals, taxes, and sums carried over to the next page."""

import re

from analysis.extract.invoice import labels

_TOTALS = re.compile(
    r"\W*(?:(?:sub|grand|net|gross|invoice|order)[\s-]?)*(?:totals?|totale|totaal|totaux|celkem|razem)\b"
    r"(?!\s*(?:station|care|cost of))|"
    r"\W*(?:zwischen|gesamt|end|netto|brutto|rechnungs|positions|waren|zahl|steuer)-?\s?"
    r"(?:summe|betrag|wert|total)\w*|"
    r"\W*(?:summe|gesamt|netto|brutto|suma)\b|"
    r"\W*(?:zzgl\.?|zuzügl\.?|inkl\.?|incl\.?|plus|\+|less|add|output|input)?[\s:]*(?:\d+(?:[.,]\d+)?\s?%\s*)?"
    r"(?:(?:sales|state|county)\s*tax|vat|tax|mwst|ust|u\.?st|umsatzsteuer|mehrwertsteuer|tva|"
    r"iva|btw|(?:[cis]|ut)?gst|[hpq]st|tvq|tps|cess|moms|mva|dph|消費税)\b|"
    r"\W*(?:amount|balance|total)\s*due|\W*(?:net\s*)?à\s*payer|\W*imponibile|\W*base\s*imponible|"
    r"\W*(?:montant|total)\s*(?:ht|ttc)|\W*te\s*betalen|\W*a\s*pagar|"
    r"\W*(?:(?:less|abzgl\.?|abzüglich|moins|meno|menos|minus)[\s:]+)?(?:payments?|paid|deposit|"
    r"anzahlung|acompte|acconto|aanbetaling|zaliczka|záloha|förskott)\b|"
    r"\W*(?:(?:add|less|plus)[\s:]+)?(?:round(?:ing|ed)?(?:\s*[-/]?\s*(?:off|up|down))?(?:\s*(?:adj\w*|diff\w*))?|rundung\w*|arrondi|"
    r"arrotondamento|redondeo|arredondamento|afronding\w*|zaokrąglen\w*|zaokrouhlen\w*|"
    r"öres?(?:avrundning|utjämning)|avrundning|afrunding|端数\w*)\s*(?:$|[\d:+(€$£₹-])|"
    r"\W*(?:w\s*tym|z\s*tego|z\s*toho|davon|darin(?:\s*enthalten)?|of\s*which|dont|di\s*cui|"
    r"de\s*l[oa]s\s*cuales|d[oa]s\s*quais|waarvan|varav|heraf|hvorav|うち|其中)"
    r"\s*(?:$|[\d:]|(?:vat|tva|iva|btw|mwst|ust|moms|dph)\b)|"
    r"\W*(?:小計|合計|消費税|総額|税込|总计|合计)",
    re.IGNORECASE,
)
"""What the first cell below the items says."""
_DISCOUNT = re.compile(
    r"\W*(?:(?:less|abzgl\.?|abzüglich|moins|meno|menos|minus)[\s:]+)?(?:[\w-]+\s+){0,2}"
    r"(?:\w*discount|\w*rabatt|\w*nachlass|remise|rabais|sconto|descuento|desconto|\w*korting|"
    r"rabat|upust|sleva|skonto|値引き?|折扣)(?:\s+(?:\w+\s*){1,2}?)??"
    r"(?:[\s(:-]*\d+(?:[.,]\d+)?\s?%\W*)?\W*",
    re.IGNORECASE,
)
"""A row that reduces the whole, or the item above it."""
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


def is_discount(text: str) -> bool:
    """Whether a text says no more than that its amount is a discount."""
    return bool(_DISCOUNT.fullmatch(text.strip()))


def begins_totals(text: str) -> bool:
    """Whether a text begins as a row of totals does."""
    return bool(_TOTALS.match(text))


def is_carried(text: str) -> bool:
    """Whether a row's amount is carried over from one page to the next."""
    return bool(_CARRIED.match(text))


def names_subtotal(text: str) -> bool:
    """Whether a text is the label of a sum after which items may follow."""
    return bool(_SUBTOTAL.match(text))
