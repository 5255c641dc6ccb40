"""What says that a page begins another document than that of the pages before.

The weights are set by hand, with the files of the corpora that `bench/reader/unseen.txt` does not
list.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from analysis.extract.boundaries.signs import IDENTITIES, Signs

_ENOUGH = 4.0
"""The weight from which a page begins a document, if one of its signs is telling."""
_DOUBTFUL = 1.5
"""The weight from which a page with the same number is doubtful, and not a continuation."""
"""The weight from which it stays open what a page is that has the number of the one before."""
_WEIGHTS = {
    "title": 2.0,
    "another kind": 1.0,
    "greeting": 1.5,
    "agreement": 1.0,
    "date": 0.5,
    "a number": 1.0,
    "another number": 2.0,
    "another labelled number": 2.5,
    "first of its pages": 2.0,
    "numbered from here": 1.0,
    "after the last page": 1.0,
    "another total": 1.5,
    "other accounts": 2.0,
    "another identity": 4.0,
    "complete by itself": 2.0,
    "made otherwise": 1.0,
    "another company": 1.5,
    "another language": 1.0,
    "after a blank page": 0.5,
    "the same number": -2.5,
    "another sender": 2.5,
    "another amount": 1.5,
    "another day": 1.0,
    "the only page": 1.0,
}
"""The weight of each sign. The last four are looked for only beside the same number."""
_OF_A_COPY = 40
"""Letters of a page that is a copy if another one has the same text."""
_TELLING = _WEIGHTS.keys() - {
    "title", "date", "a number", "another total", "after a blank page", "the same number",
}  # fmt: skip
"""The signs that a heading repeated on each page of a document does not give."""
_BILLS = frozenset(["invoice", "credit_note"])
_DIFFERING = 2
"""Facts of an identity that differ between two documents."""
_COMPLETE = 3
"""Facts of an identity that a whole document states."""
_COMPARED = 20
"""The last pages of a document that a page is compared with."""


@dataclass(slots=True)
class Before:
    """The pages of the document before the page that is judged, none of them blank."""

    first: Signs
    pages: list[Signs] = field(default_factory=list)
    numbers: set[str] = field(default_factory=set)
    accounts: set[str] = field(default_factory=set)
    is_followed_by_blank: bool = False

    def add(self, page: Signs) -> None:
        """Count a page as one of the document; a page that may not begin one gives no numbers."""
        self.pages.append(page)
        self.is_followed_by_blank = False
        self.accounts |= page.accounts
        if page.may_begin:
            self.numbers |= page.numbers

    @property
    def last(self) -> Signs:
        """The page directly before the judged one."""
        return self.pages[-1]

    @property
    def compared(self) -> list[Signs]:
        """The last `_COMPARED` pages, in their order."""
        return self.pages[-_COMPARED:]


class Judgement(Enum):
    """What a page is to the document of the pages before it."""

    BEGINS = auto()
    CONTINUES = auto()
    DOUBTFUL = auto()


def judge(page: Signs, before: Before) -> Judgement:
    """Whether the page is the first one of a document."""
    if not page.may_begin or _continues(page):
        return Judgement.CONTINUES
    signs = set(signs_of(page, before))
    weight = sum(_WEIGHTS[sign] for sign in signs)
    if weight >= _ENOUGH and not signs.isdisjoint(_TELLING):
        return Judgement.BEGINS
    is_copy = page.text == before.first.text and len(page.letters) >= _OF_A_COPY
    if is_copy or (weight >= _DOUBTFUL and "the same number" in signs):
        return Judgement.DOUBTFUL
    return Judgement.CONTINUES


def signs_of(page: Signs, before: Before) -> Iterator[str]:
    """The names of the signs that the page begins a document."""
    yield from _heading(page, before)
    yield from _paging(page, before)
    if _has_the_number_of(before, page):
        yield from _beside_the_same_number(page, before)
    else:
        yield from _numbering(page, before)
    yield from _content(page, before)


def _continues(page: Signs) -> bool:
    """Whether the page itself says that it is of the document before it."""
    return page.is_continued or (page.marker is not None and page.marker[0] > 1)


def _has_the_number_of(before: Before, page: Signs) -> bool:
    is_titled_alike = page.title in {None, before.first.title}
    return is_titled_alike and not before.numbers.isdisjoint(page.numbers)


def _beside_the_same_number(page: Signs, before: Before) -> Iterator[str]:
    """What says that two documents have the same number."""
    yield "the same number"
    if page.greets and not page.title and before.first.title and not before.first.greets:
        yield "another kind"
    if page.marker == (1, 1):
        yield "the only page"
    if _has_another_sender(page, before):
        yield "another sender"
    if page.days and before.first.days and page.days.isdisjoint(before.first.days):
        yield "another day"
    amounts = set().union(*(other.amounts for other in before.compared))
    is_carried = page.is_carried or any(other.is_carried for other in before.compared)
    if page.amounts and amounts and page.amounts.isdisjoint(amounts) and not is_carried:
        yield "another amount"


def _has_another_sender(page: Signs, before: Before) -> bool:
    """Whether both name who they are from, and no page before names that of this page."""
    if not page.senders or not before.first.senders:
        return False
    return not any(sender in other.letters for sender in page.senders for other in before.compared)


def _heading(page: Signs, before: Before) -> Iterator[str]:
    if page.title:
        yield "title"
        kind_before = before.first.title or ("letter" if before.first.greets else None)
        if page.title == page.kind and kind_before is None and before.first.kind != "other":
            kind_before = before.first.kind
        if kind_before and page.title != kind_before:
            yield "another kind"
    if page.greets:
        yield "greeting"
    if page.opens_agreement:
        yield "agreement"
    if page.is_dated:
        yield "date"
    if _is_of_another_company(page, before):
        yield "another company"
        languages = {other.language for other in before.compared} - {None}
        if page.language and languages and page.language not in languages:
            yield "another language"


def _is_of_another_company(page: Signs, before: Before) -> bool:
    """Whether both name companies, and neither names one of the other's."""
    theirs = before.first.companies
    if not page.companies or not theirs or any(name in page.letters for name in theirs):
        return False
    return not any(name in other.letters for name in page.companies for other in before.compared)


def _paging(page: Signs, before: Before) -> Iterator[str]:
    last = before.last.marker
    if page.marker and page.marker[0] == 1:
        yield "first of its pages" if page.marker[1] or last else "numbered from here"
    if last and last[0] == last[1]:
        yield "after the last page"
    if before.is_followed_by_blank:
        yield "after a blank page"
    if page.source != before.last.source or not page.has_size_of(before.last):
        yield "made otherwise"


def _numbering(page: Signs, before: Before) -> Iterator[str]:
    """The page's own number, unless the page names the number of the pages before."""
    if not page.numbers:
        return
    text = page.text.casefold()
    if not before.numbers or any(number in text for number in before.numbers):
        yield "a number"
    elif page.lists_numbers:
        return
    elif page.labelled_number and any(other.labelled_number for other in before.compared):
        yield "another labelled number"
    else:
        yield "another number"


def _content(page: Signs, before: Before) -> Iterator[str]:
    if page.has_total and any(other.has_total for other in before.compared):
        yield "another total"
    if page.accounts and before.accounts and page.accounts.isdisjoint(before.accounts):
        yield "other accounts"
    if _has_another_identity(page, before):
        yield "another identity"
    elif page.kind != before.first.kind and _is_complete(page):
        yield "complete by itself"


def _has_another_identity(page: Signs, before: Before) -> bool:
    """Whether it is a receipt, a payslip or a statement that differs from one before it."""
    if page.kind not in IDENTITIES:
        return False
    deciding = IDENTITIES[page.kind].deciding
    for other in before.compared:
        theirs = other.identity if other.kind == page.kind else {}
        differing = {
            name for name, value in page.identity.items() if theirs.get(name, value) != value
        }
        if len(differing) >= _DIFFERING and differing & deciding:
            return True
    return False


def _is_complete(page: Signs) -> bool:
    """Whether the page alone has what documents of its kind state."""
    if page.kind in _BILLS:
        return page.is_dated and page.has_total and bool(page.numbers) and not page.lists_numbers
    return len(page.identity) >= _COMPLETE
