"""The signs of one page that it begins a document, or continues the one before it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from analysis.extract import labelled, receipt, values
from analysis.extract.classify import classify
from analysis.extract.invoice import labels, numbers, totals
from analysis.extract.kinds import payslip, statement, trade
from analysis.extract.titles import titled
from analysis.layout.language import language_of
from analysis.layout.lines import TextLines, text_of
from analysis.model import Fact, Kind, Page, Source

_HEAD = 0.45
"""The share of a page that may hold the title of its document."""
_TOP_ROWS = 4
"""First rows of a page that may say that it is an annex, or continues something."""
_HEADER_ROWS = 12
"""First rows that are searched for a page number such as `Page 2 of 3`."""
_BOTTOM_ROWS = 4
"""Last rows that are searched for such a page number."""
_SURE = 0.75
"""The confidence from which a number counts, of a page that OCR read without doubt."""
_LABELLED = 0.9
"""The confidence of a number beside a label of its own; that of a bare one is lower."""
_LIKELY = 0.7
"""The confidence from which a total or a fact of an identity counts."""
_EARLY = 10
"""First rows of a page that may have the heading of an agreement."""
_SAME_SIZE = 0.05
"""The share by which width or height of pages of one size may differ."""
_GREETING = 0.6
"""The share of the page's height above which a salutation begins a letter."""
_MARKER = re.compile(
    r"\b(?:page|seite|pagina|página|side|sida|strona|strana|blatt|pág\.?|pag\.?)\s*:?\s*"
    r"(?P<number>\d{1,4})\b(?:\s*(?:of|von|/|de|di|van|sur|av|z|ze|aus)\s*(?P<last>\d{1,4})\b)?",
    re.IGNORECASE,
)
_BARE_MARKER = re.compile(
    r"^[-\u2013\s]*(?P<number>\d{1,3})\s*(?:/|of|von|de|di|van|sur)\s*(?P<last>\d{1,3})[-\u2013\s]*$",
    re.IGNORECASE,
)
"""A page's number alone in its first or last row."""
_CONTINUED = re.compile(
    r"\b(?:continued|continuation|fortsetzung|übertrag|carried forward|brought forward|"
    r"report à nouveau|continúa|segue|vervolg)\b|^\W*suite\W*$",
    re.IGNORECASE,
)
_ANNEX = re.compile(
    r"^\W*(?:annex|appendix|exhibit|schedule|attachment|enclosure|anlage|anhang|beilage|annexe|"
    r"pièce jointe|allegato|anexo|bijlage|allgemeine (?:geschäfts|vertrags|liefer)\w*|"
    r"(?:general |standard )?terms (?:and|&) conditions|conditions générales|"
    r"condizioni generali|condiciones generales|algemene voorwaarden|leistungsnachweis|"
    r"stundennachweis|timesheet|widerruf\w*)\b",
    re.IGNORECASE,
)
_SALUTATION = re.compile(
    r"^\s*(?:dear\s|sehr geehrte|guten tag|cher\s|chère\s|estimad[oa]\b|geachte\s|gentile\s|"
    r"egregi[oa]\s|prezad[oa]\b|(?:madame|monsieur|messieurs)\b[^\n]{0,30},\s*$)",
    re.IGNORECASE,
)
_AGREEMENT = re.compile(
    r"^(?:[^\W\d_][\w'\u2019&-]*\s+){0,5}(?:agreement|contract|\w*vertrag|\w*vereinbarung|"
    r"contrat(?:\s+d.{1,40})?|contrato(?:\s+de.{1,40})?|contratto(?:\s+d.{1,40})?|"
    r"\w*overeenkomst|lease)\W*$",
    re.IGNORECASE,
)
_PARTIES = re.compile(
    r"\b(?:between|zwischen|entre|tra|tussen|by and between|parties|soussignés|reunidos)\b",
    re.IGNORECASE,
)
_SENDER_ROWS = 3
"""First rows of a page that may begin with the sender's name."""
_LONG_ENOUGH = 4
"""Fewest letters of a sender's name."""
_LEGAL_FORM = re.compile(
    r"[\s,](?:inc|llc|ltd|limited|corp|corporation|plc|llp|gmbh|ag|kg|ug|se|e\.\s?k|ohg|gbr|sarl|sas|"
    r"s\.?\s?a|s\.?\s?r\.?\s?l|s\.?\s?p\.?\s?a|s\.?\s?l|b\.?\s?v|n\.?\s?v|ab|a/s|aps|oy|"
    r"sdn\.? bhd|pty|pte|s\.\s?r\.\s?o|sp\.\s?z\s?o\.\s?o)\.?(?=\s*$|[\s,|·•])",
    re.IGNORECASE,
)
_CARRIED = re.compile(
    r"\b(?:carried|brought) forward\b|\bübertrag\b|\bzwischensumme\b|\bà reporter\b|\breport\b|"
    r"\briporto\b|\bsuma y sigue\b|\btransport\b|\bpage total\b|\bseitensumme\b",
    re.IGNORECASE,
)
"""What stands beside a sum that is not the last one of its document."""
_FREE_MAIL = re.compile(
    r"@(?:gmail|googlemail|gmx|web|outlook|hotmail|yahoo|icloud|aol|t-online|live|proton)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Identity:
    """The names of the facts by which two documents differ, and those of which one must differ."""

    names: frozenset[str]
    deciding: frozenset[str]
    find: Callable[..., Iterator[Fact]]


IDENTITIES: Mapping[Kind, Identity] = {
    "receipt": Identity(
        frozenset(["merchant", "date", "time", "total"]), frozenset(["total"]), receipt.find
    ),
    "payslip": Identity(
        frozenset(["employee", "pay_date", "net_pay"]),
        frozenset(["employee", "pay_date"]),
        payslip.find,
    ),
    "statement": Identity(
        frozenset(["account_number", "period_end", "opening_balance", "closing_balance"]),
        frozenset(["account_number", "period_end"]),
        statement.find,
    ),
}
"""The kinds whose documents often have no number of their own."""


class Signs:
    """What a page says about the document that it is of. Each sign is looked for when it is asked.

    Numbers, senders and identities are compared with those of other pages.
    """

    def __init__(self, rows: TextLines, *, month_first: bool) -> None:
        self.rows = rows
        self._month_first = month_first
        self._texts = [text_of(row) for row in rows]
        self._head = [text_of(row) for row in rows if row[0].box.top < _HEAD]
        self._head_text = "\n".join(self._head)

    @cached_property
    def text(self) -> str:
        """The rows of the page, one a line."""
        return "\n".join(self._texts)

    @property
    def source(self) -> Source:
        """The source of its text, such as `text` of a text layer or `ocr`."""
        return self._page.source

    @property
    def _page(self) -> Page:
        return self.rows[0][0].page

    def has_size_of(self, other: "Signs") -> bool:
        """Whether both pages have the same size, but for a small difference."""
        mine, theirs = self.rows[0][0].page, other.rows[0][0].page
        pairs = ((mine.width, theirs.width), (mine.height, theirs.height))
        return all(abs(a - b) <= _SAME_SIZE * max(a, b) for a, b in pairs)

    @property
    def is_blank(self) -> bool:
        """Whether no text was read on the page."""
        return not self.text.strip()

    @cached_property
    def may_begin(self) -> bool:
        """Whether it has any sign of a first page. The others are not looked for otherwise."""
        return bool(
            self.is_dated or self.title or self.greets or labels.NUMBER.search(self._head_text)
        )

    @cached_property
    def kind(self) -> Kind:
        """The kind of document that the words of this page alone suggest."""
        return classify(self.text, photographed=False)[0]

    @cached_property
    def marker(self) -> tuple[int, int] | None:
        """The printed number of the page, and the number of pages, 0 if that is not printed."""
        return _marker(self.rows)

    @cached_property
    def is_continued(self) -> bool:
        """Whether its first rows say that it is an annex, or continues something."""
        first = self._texts[:_TOP_ROWS]
        return any(_ANNEX.match(text) or _CONTINUED.search(text) for text in first)

    @cached_property
    def title(self) -> Kind | None:
        """The kind of document that a heading names."""
        if self.opens_agreement:
            return "contract"
        return titled(self._head_text)

    @cached_property
    def opens_agreement(self) -> bool:
        """Whether a heading calls it an agreement, and parties are introduced below."""
        first_rows = enumerate(self._head[:_EARLY])
        heading = next((place for place, text in first_rows if _AGREEMENT.match(text)), None)
        return heading is not None and any(map(_PARTIES.search, self._head[heading:]))

    @cached_property
    def greets(self) -> bool:
        """Whether a letter begins on it."""
        return any(
            _SALUTATION.match(text_of(row)) for row in self.rows if row[0].box.top < _GREETING
        )

    @cached_property
    def is_dated(self) -> bool:
        """Whether it states a day in `days`."""
        return bool(self.days)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers that it may give its document, in lower case."""
        return frozenset(number for number, _ in self._numbered)

    @cached_property
    def labelled_number(self) -> bool:
        """Whether one number stands beside a label of its own; several are a list of documents."""
        digits = {
            re.sub(r"\D", "", text)
            for text, confidence in self._numbered
            if confidence >= _LABELLED
        }
        longest = max(digits, key=len, default="")
        return bool(digits) and all(map(longest.startswith, digits))

    @cached_property
    def lists_numbers(self) -> bool:
        """Whether it names several numbers beside labels, as a list of documents does."""
        return not self.labelled_number and any(
            confidence >= _LABELLED for _, confidence in self._numbered
        )

    @cached_property
    def _numbered(self) -> list[tuple[str, float]]:
        return [
            (str(fact.normalised).casefold(), fact.confidence / self._legible)
            for fact in self._candidates()
            if fact.confidence >= _SURE * self._legible
        ]

    def _candidates(self) -> Iterator[Fact]:
        label = trade.NUMBERS.get(self.title) if self.title else None
        if label is not None:
            yield from labelled.numbers([self.rows], "number", label, _LABELLED, first=False)
        for fact in numbers.find([self.rows], month_first=self._month_first):
            if fact.name == "invoice_number":
                yield fact

    @property
    def has_total(self) -> bool:
        """Whether it states a total in `amounts`."""
        return bool(self.amounts)

    @cached_property
    def amounts(self) -> frozenset[str]:
        """The totals that it may state, as digits."""
        return frozenset(
            _plain(fact)
            for fact in totals.find([self.rows], None)
            if fact.name == "gross" and fact.confidence >= _LIKELY * self._legible
        )

    @cached_property
    def is_carried(self) -> bool:
        """Whether a sum on it is carried to or from another page."""
        return bool(_CARRIED.search(self.text))

    @cached_property
    def days(self) -> frozenset[str]:
        """The dates in its head."""
        return frozenset(
            str(date.value)
            for text in self._head
            for date in values.dates(text, month_first=self._month_first)
        )

    @cached_property
    def letters(self) -> str:
        """Its letters alone, in lower case: how a name is spaced does not matter."""
        return _letters(self.text)

    @cached_property
    def senders(self) -> frozenset[str]:
        """The company that its head names first, and the first of its rows that is a name."""
        return frozenset(_senders(self.rows, len(self._head)))

    @cached_property
    def companies(self) -> frozenset[str]:
        """Every company with its legal form in the head, in letters."""
        rows = self.rows[: len(self._head)]
        return frozenset(_companies(span.text for row in rows for span in row))

    @cached_property
    def language(self) -> str | None:
        """The language of its text, if there is enough of it."""
        return language_of(self.text)

    @cached_property
    def accounts(self) -> frozenset[str]:
        """The VAT ids, IBANs and domains of e-mail addresses of those it is from or for."""
        return frozenset(_accounts(self._texts))

    @cached_property
    def identity(self) -> dict[str, str]:
        """The facts by which receipts, payslips and statements differ, of the page's kind."""
        return _identity(self.kind, self.rows, month_first=self._month_first)

    @property
    def _legible(self) -> float:
        return self._page.confidence


def _marker(rows: TextLines) -> tuple[int, int] | None:
    """The number of the page as printed near its top or its bottom."""
    for row in [*rows[:_HEADER_ROWS], *rows[-_BOTTOM_ROWS:]]:
        for text in [*(span.text for span in row), text_of(row)]:
            if found := _numbered(_MARKER.search(text)):
                return found
    for row in [*rows[:1], *rows[-1:]]:
        if found := _numbered(_BARE_MARKER.match(text_of(row))):
            return found
    return None


def _numbered(match: re.Match[str] | None) -> tuple[int, int] | None:
    if match is None:
        return None
    number, last = int(match["number"]), int(match["last"] or 0)
    return (number, last) if number and (not last or number <= last) else None


def _accounts(texts: Sequence[str]) -> Iterator[str]:
    for text in texts:
        for match in values.EMAIL.finditer(text):
            if not _FREE_MAIL.search(match.group()):
                yield match.group().rpartition("@")[2].casefold()
        for search in (values.vat_ids, values.ibans):
            for value in search(text):
                yield str(value.value).casefold()


def _senders(rows: TextLines, head: int) -> Iterator[str]:
    for row in rows[:_SENDER_ROWS]:
        text = row[0].text
        is_name = not (any(map(str.isdigit, text)) or ":" in text or titled(text))
        if is_name and len(_letters(text)) >= _LONG_ENOUGH:
            yield _letters(text)
            break
    yield from islice(_companies(span.text for row in rows[:head] for span in row), 1)


def _companies(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        form = _LEGAL_FORM.search(text)
        if form and len(_letters(text[: form.start()])) >= _LONG_ENOUGH:
            yield _letters(text[: form.end()])


def _letters(text: str) -> str:
    return re.sub(r"[\W\d_]", "", text).casefold()


def _identity(kind: Kind, rows: TextLines, *, month_first: bool) -> dict[str, str]:
    identity = IDENTITIES.get(kind)
    if identity is None:
        return {}
    enough = _LIKELY * rows[0][0].page.confidence
    best: dict[str, Fact] = {}
    for fact in identity.find([rows], None, month_first=month_first):
        if fact.name in identity.names and fact.confidence >= enough:
            rival = best.setdefault(fact.name, fact)
            if fact.confidence > rival.confidence:
                best[fact.name] = fact
    return {name: _plain(fact) for name, fact in best.items()}


def _plain(fact: Fact) -> str:
    value = fact.normalised
    text = value["minor"] if isinstance(value, dict) else value
    return re.sub(r"\W", "", str(text)).casefold()
