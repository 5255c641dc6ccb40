"""Where one document of a file ends and the next one begins.

signs       what a page says about the document that it is of
evidence    what says that a page begins another document than the pages before

A file that is one document must not be divided. So a page begins a document only if several signs
say so, and none says that it continues the one before it.
"""

from collections.abc import Sequence

from analysis.extract.boundaries.evidence import Before, is_first_page
from analysis.extract.boundaries.signs import Signs
from analysis.layout.lines import TextLines


def first_pages(pages: Sequence[TextLines], *, month_first: bool) -> list[int]:
    """The places in `pages`, given by their rows, at which documents begin; the first is 0.

    A blank page is of the document before it.
    """
    starts = [0]
    before: Before | None = None
    for place, rows in enumerate(pages):
        signs = Signs(rows, month_first=month_first)
        if signs.is_blank:
            if before is not None:
                before.is_followed_by_blank = True
            continue
        if before is not None and is_first_page(signs, before):
            starts.append(place)
            before = None
        before = before or Before(first=signs)
        before.add(signs)
    return starts
