"""Test whether a page prints the values of an e-invoice's XML, in any usual spelling.

Some samples contain the XML of another or a changed invoice, whose values are not on their page.
They are useless for training and for measuring the reading of pages. The page's bare text from
pypdfium2 decides, independently of the reader's rules.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from analysis.model import Fact
from analysis.model.money import amount_of


def letters_and_digits(text: str) -> str:
    """The text without spaces and punctuation, in one case, for comparisons."""
    return re.sub(r"\W", "", text).casefold()


def unprinted(stated: Mapping[str, Fact], text: str) -> Iterator[str]:
    """Those of number, date and gross that the text does not contain."""
    for name, spellings in (
        ("invoice_number", lambda fact: [fact.value]),
        ("issue_date", lambda fact: _spellings_of_day(fact.value)),
        ("gross", lambda fact: _spellings_of_amount(amount_of(fact.normalised))),
    ):
        # It may contain blanks, but must not be part of a longer number.
        wanted = [r"\s*".join(map(re.escape, spelling)) for spelling in spellings(stated[name])]
        if not re.search(rf"(?<!\d)(?:{'|'.join(wanted)})(?!\d)", text, re.IGNORECASE):
            yield name


def _spellings_of_day(iso: str) -> list[str]:
    day = dt.date.fromisoformat(iso)
    parts = [f"{day.day:02d}", f"{day.month:02d}", str(day.year)]
    bare = [str(day.day), str(day.month), str(day.year)]
    spelled = [sign.join(parts_as_printed) for sign in "./-" for parts_as_printed in (parts, bare)]
    spelled += [sign.join([parts[1], parts[0], parts[2]]) for sign in "/-"]
    spelled += [sign.join(reversed(parts)) for sign in ("-", "/", "")]
    return [*spelled, f"{parts[0]}.{parts[1]}.{day.year % 100:02d}"]


def _spellings_of_amount(amount: Decimal) -> list[str]:
    grouped, _, cents = f"{abs(amount):,f}".partition(".")
    groups = [grouped.replace(",", sign) for sign in ("", ".", ",", "'", "\u2019")]
    spelled = [f"{group}{mark}{cents}" for group in groups for mark in ".," if cents]
    return spelled + (groups if not cents.strip("0") else [])
