"""Several documents on one photograph."""

from collections.abc import Iterator, Sequence
from typing import Any

from analysis.errors import warning
from analysis.layout import areas
from analysis.model import Page


def on_one_page(pages: Sequence[Page]) -> Iterator[dict[str, Any]]:
    """A warning for each page with several documents: their areas, the one that was read first.

    An area is given as the left, upper, right and lower side in per cent of the page.
    """
    for page in pages:
        found = areas.of_page(page)
        if found:
            listed = "; ".join(
                " ".join(f"{100 * side:.0f}" for side in area.to_list()) for area in found
            )
            yield warning(
                "several_documents", context="photo", pages=str(page.number + 1),
                documents=len(found), areas=listed,
            )  # fmt: skip
