"""Where one document of a file ends and the next one begins.

signs       what a page says about the document that it is of
evidence    what says that a page begins another document than the pages before

A file that is one document must not be divided. So a page begins a document only if several signs
say so, and none says that it continues the one before it. Where the number of the document before
is all that says so, it is weighed with the other signs, and a page for which it stays open is
named.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from analysis.extract.boundaries.evidence import Before, Judgement, judge
from analysis.extract.boundaries.signs import Signs
from analysis.layout.lines import TextLines


@dataclass(slots=True)
class Division:
    """The places of the pages at which documents begin, of which the first is 0.

    `doubtful`: those that may begin a document but are read with the one before.
    """

    starts: list[int] = field(default_factory=lambda: [0])
    doubtful: list[int] = field(default_factory=list)


def find_documents(pages: Sequence[TextLines], *, month_first: bool) -> Division:
    """Where documents begin in `pages`, given by their rows.

    A blank page is of the document before it.
    """
    division = Division()
    before: Before | None = None
    for place, rows in enumerate(pages):
        signs = Signs(rows, month_first=month_first)
        if signs.is_blank:
            if before is not None:
                before.is_followed_by_blank = True
            continue
        judgement = judge(signs, before) if before is not None else Judgement.CONTINUES
        if judgement == Judgement.BEGINS:
            division.starts.append(place)
            before = None
        elif judgement == Judgement.DOUBTFUL:
            division.doubtful.append(place)
        before = before or Before(first=signs)
        before.add(signs)
    return division
