"""Letters that OCR confuses in words that have one spelling: legal forms, names of numbers."""

import re
from collections.abc import Iterable

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

_WORD = re.compile(r"(?:[^\W\d_]|[\u2200-\u22ff△]){3,}")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_OTHER = re.compile(r"[\u0370-\u03ff\u0400-\u04ff\u2200-\u22ff]|△")
"""Greek and Cyrillic letters, and the signs that OCR takes for some of them."""
_FEWEST_MIXED = 3
"""Words of two scripts from which a share is computed; fewer are formulas and units."""


def repaired(text: str) -> str:
    """The text of a line with these words as they are spelled."""
    for pattern, spelled in _REPAIRS:
        text = pattern.sub(spelled, text)
    return text


def mixed_share(texts: Iterable[str]) -> float:
    """The share of words whose letters are of two scripts, as no language spells a word.

    OCR reads the letters of a script that it does not know as similar ones of others.
    """
    words = [word for text in texts for word in _WORD.findall(text)]
    mixed = sum(bool(_LATIN.search(word) and _OTHER.search(word)) for word in words)
    return mixed / len(words) if mixed >= _FEWEST_MIXED else 0.0
