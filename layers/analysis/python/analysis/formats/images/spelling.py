"""Letters that OCR confuses in words that have one spelling: legal forms, names of numbers."""

import re

_REPAIRS = (
    # S.r.l., S.à r.l.: the last letter as a capital i, a one or a bar
    (re.compile(r"(?<![\w.])(s\.\s?(?:[aàá]\.?\s?)?r\.\s?)[I1|](?=\.)", re.IGNORECASE), r"\1l"),
    # s.r.o., d.o.o., sp. z o.o.: an o as a zero
    (re.compile(r"(?<![\w.])(s\.\s?r\.\s?)0(?=\.(?!\d))"), r"\1o"),
    (re.compile(r"(?<![\w.])(d\.\s?|[Ss]p\.\s?z\s?)[o0]\.(\s?)[o0](?=\.)"), r"\1o.\2o"),
    # GmbH: the m as r and n; Inc.: the capital i as an l, a one or a bar
    (re.compile(r"(?<!\w)GrnbH(?!\w)"), "GmbH"),
    (re.compile(r"(?<!\w)[l1|]nc(?=\.|$)"), "Inc"),
    # Factuurnummer, Steuernummer: the r and the n as an m
    (re.compile(r"(?<=[^\W\d_])mummer(?!\w)"), "rnummer"),
)


def repaired(text: str) -> str:
    """The text of a line with these words as they are spelled."""
    for pattern, spelled in _REPAIRS:
        text = pattern.sub(spelled, text)
    return text
