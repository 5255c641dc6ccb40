"""The words that invoices of several countries use for the same fact."""

import re

from analysis.extract.invoice import reference_terms, sum_terms, terms

BELOW = 0.88
"""Factor for the confidence of a date or number below its label, instead of after it."""


_EAST_ASIAN = "\u3040-\u30ff\u4e00-\u9fff"


def label(*alternatives: str) -> re.Pattern[str]:
    """A pattern of any of these as whole words; `_` matches any blank, a hyphen or nothing.

    Behind `#` a number may follow without a blank, as in `P.O. #4711`. Japanese and Chinese words
    may be followed by a number without one as well.
    """
    spelled = [alternative.replace("_", r"\s?-?\s?") for alternative in alternatives]
    east_asian = [text for text in spelled if re.search(f"[{_EAST_ASIAN}]", text)]
    spaced = [text for text in spelled if text not in east_asian]
    ends = ((spaced, r"[^\W_]"), (east_asian, f"[{_EAST_ASIAN}]"))
    patterns = [f"(?:{'|'.join(texts)})(?:(?<=#)|(?!{end}))" for texts, end in ends if texts]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(patterns)})", re.IGNORECASE)


def of(terms_of_fact: terms.Terms) -> re.Pattern[str]:
    """The pattern of the terms of all languages: many invoices have two."""
    return label(*(term for language in terms_of_fact.values() for term in language))


NUMBER = of(terms.NUMBER)
TITLE = of(terms.TITLE)
ANY_NUMBER = of(terms.ANY_NUMBER)
ISSUED = of(terms.ISSUED)
DATED = of(terms.DATED)
DUE = of(terms.DUE)
DELIVERED = of(terms.DELIVERED)
GROSS = of(sum_terms.GROSS)
PAYABLE = of(sum_terms.PAYABLE)
SUM = of(sum_terms.SUM)
NET = of(sum_terms.NET)
TAX = of(sum_terms.TAX)
ROUNDING = of(sum_terms.ROUNDING)
PART_OF_TAX = label(r"[csi]gst", r"utgst", r"gst", r"hst", r"[pq]st", r"tps", r"tvq", r"cess")
"""Taxes of one sale that are owed to several authorities, in one language or another."""
NOT_GROSS = re.compile(
    r"netto|\bnet\b(?! total)|ohne|exkl|excl|\bht\b|zuschl|abschl|rabatt|version|"
    r"sub\s?-?total|skonto|"
    r"s(?:in|em)\s+i\.?v\.?a|s/\s?iva|bez\s+dph|utan\s+moms|före\s+moms|before\s+(?:tax|gst)|zonder\s+btw|"
    r"税抜|不含税|未税|base\b|imponib|incidência|ilíquido|základ|mezisou|kecil|taxable|"
    r"steuerbetrag|positionssumme|anzahlung|kapital|capital|paid|discount|\bqty\b|menge",
    re.IGNORECASE,
)
"""Words around a label of the gross that say that its amount is another one."""
NOT_TAX = re.compile(
    r"ohne|netto|\bid\b|ident|nummer|number|\bno\b|reg|basis|base|inkl|incl|excl|exkl|"
    r"brutto|total\s+ttc|"
    r"(?<!um)satz|kapital|capital|zuschl|abschl|w/o|\bht\b|rechnungssumme|"
    r"summe\s+brutto|tax\s+invoice|steuernr|verkäufer|before|"
    r"\bs(?:in|em|)\s+(?:iva|dph)|\bcom\s+iva|včetně|\bbez\b|utan|före|základ|intracom|contribuinte|"
    r"gst\s?in|税抜|税込|含税|未税|faktura\s+vat|tax\s+amount\s+payable",
    re.IGNORECASE,
)
"""Words around a label of the tax that say that its value is a number, a rate or another sum."""
PAID = of(reference_terms.PAID)
ORDER = of(reference_terms.ORDER)
LOOSE_ORDER = of(reference_terms.LOOSE_ORDER)
BARE_ORDER = of(reference_terms.BARE_ORDER)
CUSTOMER_REFERENCE = of(reference_terms.CUSTOMER_REFERENCE)
CUSTOMER_NUMBER = of(reference_terms.CUSTOMER)
LOOSE_CUSTOMER = of(reference_terms.LOOSE_CUSTOMER)
REFERENCE = of(reference_terms.PAYMENT)
TERMS = label(
    r"zahlungs_(?:bedingung(?:en)?|konditionen)", r"payment\s*terms", r"terms(?:\s*of\s*payment)?",
    r"conditions\s*de\s*(?:paiement|règlement)", r"condiciones\s*de\s*pago",
    r"betaling_voorwaarden", r"betalnings_villkor", r"betalings_(?:voorwaarden|conditie)",
    r"(?:condizioni|termini|modalità)\s*di\s*pagamento", r"condições\s*de\s*pagamento",
    r"(?:warunki|sposób|forma)\s*(?:płatności|zapłaty)", r"platební\s*podmínky",
    r"způsob\s*(?:úhrady|platby)", r"[おご]?支払(?:い)?条件", r"付款条件",
)  # fmt: skip
TERMS_SENTENCE = re.compile(
    r"\b(?:zahlbar\s|payable\s+within|due\s+(?:within|upon|on\s+receipt)|net\s+\d{1,3}\s+days|"
    r"innerhalb\s+(?:von\s+)?\d{1,3}\s+tagen|sofort\s+(?:fällig|zahlbar)|paiement\s+(?:à|sous))",
    re.IGNORECASE,
)
"""Words of a sentence that states payment terms without a label."""
BUYER = of(terms.BUYER)
PARTY_HEAD = re.compile(
    r"^\W*(?:ship\s*to|deliver(?:y|ed)?\s*(?:to|address)|bill\s*to|sold\s*to|warenempfänger|"
    r"lieferant|verkäufer|käufer|supplier|seller|buyer|customer|client|qty|amount|date)\b",
    re.IGNORECASE,
)
"""The heading of another column, beside that of a party."""
TO = re.compile(r"^\s*(?:to|aan|an|à)(?=\s*:)", re.IGNORECASE)
"""The bare word `To:` before a name."""
SHIP_TO = label(
    r"ship(?:ped|ping)?\s*(?:to|address)", r"deliver(?:ed|y)?\s*(?:to|address)",
    r"liefer_(?:adresse|anschrift|ung\s*an)", r"waren_empfänger", r"livr[ée]e?\s*à",
    r"(?:adresse|lieu)\s*de\s*livraison", r"destinazione(?:\s*merce)?", r"luogo\s*di\s*consegna",
    r"(?:dirección|lugar)\s*de\s*(?:envío|entrega)", r"enviar\s*a", r"aflever_adres",
    r"leveren\s*aan",
)  # fmt: skip
SELLER = of(terms.SELLER)
TAX_ID = of(terms.TAX_ID)
