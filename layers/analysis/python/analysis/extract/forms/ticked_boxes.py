"""Options whose printed box is ticked: `Anrede: \u2612 Frau \u2610 Herr`, `[x] monthly`."""

import re
from collections.abc import Iterator

from analysis.layout.lines import TextLine, TextLines, TextSpan

BOX = re.compile(r"[\u2610\u2611\u2612\u25a1\u2714\u2713\u2718]|\[[ xX\u2713\u2714]?\](?!\w)")
"""A printed box, ticked or not. A filled square is left out, for it is also the sign of a list."""
_TICKED = re.compile(r"[\u2611\u2612\u2714\u2713\u2718]|\[[xX\u2713\u2714]\]")
_EMPTY = re.compile(r"[\u2610\u25a1]|\[ ?\]")
_LONGEST = 70
"""Most characters of an option or a question; longer texts are sentences."""


def find(page: TextLines) -> Iterator[tuple[str | None, str, TextSpan]]:
    """The question, if there is one, and the label of each ticked option, with its place.

    A sign alone may be a bullet: only a page that has an empty box or brackets has options.
    """
    text = "\n".join(span.text for row in page for span in row)
    if not _EMPTY.search(text) and "\u2612" not in text and "\u2611" not in text:
        return
    for row in page:
        question = _question(row)
        for place, span in enumerate(row):
            for option, at in _ticked(row, place, span):
                yield question, option, at


def _question(row: TextLine) -> str | None:
    """The text before the first box of a row."""
    for place, span in enumerate(row):
        if match := BOX.search(span.text):
            before = span.text[: match.start()] or (row[place - 1].text if place else "")
            text = before.strip(" :*")
            return text if 0 < len(text) <= _LONGEST else None
    return None


def _ticked(row: TextLine, place: int, span: TextSpan) -> Iterator[tuple[str, TextSpan]]:
    """The text behind each ticked box, up to the next box; of a box alone the next text."""
    boxes = [*BOX.finditer(span.text)]
    for number, box in enumerate(boxes):
        if not _TICKED.fullmatch(box[0]):
            continue
        end = boxes[number + 1].start() if number + 1 < len(boxes) else len(span.text)
        option, at = span.text[box.end() : end].strip(" ,;"), span
        if not option and number + 1 == len(boxes) and place + 1 < len(row):
            at = row[place + 1]
            option = at.text.strip(" ,;")
        if 0 < len(option) <= _LONGEST and not BOX.search(option):
            yield option, at
