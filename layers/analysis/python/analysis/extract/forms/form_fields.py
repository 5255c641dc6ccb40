"""The filled-in fields of a form with their labels, which are found by their place on the page.

The label of a text field is left of it, above it or in its box. That of a check box or radio button
is right of it, and the question that it answers is left of the first one, or above it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from analysis.extract.forms import pairs
from analysis.layout.lines import TextLines, TextSpan, collapse_whitespace, fact
from analysis.model import Box, Fact, FormField, Page

_FEWEST_FILLED_IN = 2
"""Filled-in fields from which a document is a form."""
_MOST = 300
"""Most fields of a page whose labels are looked for."""
_BESIDE = 0.35
"""The share of the page's width within which a label is left of its field."""
_ABOVE = 0.03
"""The share of the page's height within which a label is above its field."""
_AT_OPTION = 0.05
"""The share of the page's width between a check box and the label of its option."""
_SLACK = 0.012
"""The share of the page by which a label may overlap its field or begin left of it."""
_LONGEST_LABEL = 70
"""Characters of a label; a longer text is an instruction."""
_STATED = 0.9
"""The confidence of a field with a label on the page."""
_NAMED = 0.75
"""The confidence of a field that only has the name that the form gives it."""


def are_filled_in(pages: Sequence[Page]) -> bool:
    """Whether so many fields have values that the document is a form."""
    filled = [field for page in pages for field in page.form_fields if field.value or field.ticked]
    return len(filled) >= _FEWEST_FILLED_IN


def find(pages: Sequence[TextLines]) -> Iterator[Fact]:
    """A `Label: value` for each text field with a value, and for each ticked option."""
    for rows in pages:
        if rows and rows[0][0].page.form_fields:
            yield from _Form(rows).facts()


def others(
    found: Iterable[Fact], stated: Sequence[Fact], pages: Sequence[TextLines]
) -> Iterator[Fact]:
    """The general pairs without those that a form states itself, or contradicts.

    Text beside the label of a question may be the label of an option that nobody has ticked.
    """
    if not any(row[0].page.form_fields for rows in pages for row in rows[:1]):
        yield from found
        return
    pairs = [str(fact.normalised).casefold().partition(": ") for fact in stated]
    labels, values = {pair[0] for pair in pairs}, {pair[2] for pair in pairs}
    options = {text.casefold() for rows in pages for text in _Form(rows).options()}
    for pair in found:
        label, _, value = str(pair.normalised).partition(":")
        known = value.strip().casefold() in values | options
        if label.casefold() not in labels and not known:
            yield pair


@dataclass(frozen=True, slots=True)
class _Placed:
    """A field with its box on the upright page."""

    field: FormField
    box: Box


class _Form:
    """The fields of a page, and the printed texts that may be their labels."""

    def __init__(self, rows: TextLines) -> None:
        page = rows[0][0].page if rows else None
        listed = page.form_fields[:_MOST] if page else ()
        self._fields = [_Placed(field, page.upright(field.box)) for field in listed if page]
        spans = [span for row in rows for span in row]
        self._texts = [span for span in spans if not self._is_value(span)]
        self._page = page
        choices = [placed for placed in self._fields if placed.field.type != "text"]
        self._option_of = {id(placed): self._option(placed) for placed in choices}
        self._option_ids = {id(span) for span in self._option_of.values()}

    def facts(self) -> Iterator[Fact]:
        """In the order of the form."""
        for placed in self._fields:
            field = placed.field
            if field.type == "text" and field.value:
                label = self._label(placed)
                yield from self._fact(
                    label or field.name, field.value, placed, is_printed=bool(label)
                )
            elif field.ticked:
                option = self._option_of[id(placed)]
                name = collapse_whitespace(option.text) if option else field.name
                question = self._question(placed)
                if question and name:
                    yield from self._fact(question, name, placed, is_printed=bool(option))
                else:
                    yield from self._fact(name, pairs.TICKED, placed, is_printed=bool(option))

    def options(self) -> Iterator[str]:
        """The labels of the check boxes and radio buttons."""
        for option in self._option_of.values():
            if option is not None:
                yield collapse_whitespace(option.text)

    def _fact(self, label: str, value: str, placed: _Placed, *, is_printed: bool) -> Iterator[Fact]:
        label = pairs.plain_label(collapse_whitespace(label))
        if not label or self._page is None:
            return
        whole = f"{label}: {collapse_whitespace(value)}"
        span = TextSpan(whole, placed.box, self._page, 0)
        yield fact("field", whole, whole, span, _STATED if is_printed else _NAMED)

    def _is_value(self, span: TextSpan) -> bool:
        """Whether a text is what was written into a field."""
        text = collapse_whitespace(span.text)
        return any(
            _is_middle_within(span.box, placed.box)
            and text in collapse_whitespace(placed.field.value)
            for placed in self._fields
            if placed.field.value
        )

    def _label(self, placed: _Placed) -> str | None:
        """The nearest text in the box of a text field, left of it or above it."""
        box = placed.box
        inside = [span for span in self._texts if _is_middle_within(span.box, box)]
        if inside:
            return inside[0].text
        best: tuple[float, str] | None = None
        for span in self._texts:
            gap = _gap_left(span.box, box, _BESIDE)
            if gap is None:
                gap = _gap_above(span.box, box)
            is_label = gap is not None and len(span.text) <= _LONGEST_LABEL
            if gap is None or not is_label or (best and gap >= best[0]):
                continue
            if not self._is_between(span.box, placed) and id(span) not in self._option_ids:
                best = gap, span.text
        return best[1] if best else None

    def _is_between(self, label: Box, placed: _Placed) -> bool:
        """Whether another field is between a text and this one."""
        area = label.union(placed.box)
        return any(
            other is not placed
            and _is_middle_within(other.box, area)
            and not _is_middle_within(other.box, placed.box)
            for other in self._fields
        )

    def _option(self, placed: _Placed) -> TextSpan | None:
        """The nearest text right of a check box, otherwise left of it."""
        right = [
            (span.box.left - placed.box.right, span) for span in self._texts
            if _is_same_row(span.box, placed.box)
            and -_SLACK < span.box.left - placed.box.right < _AT_OPTION
        ]  # fmt: skip
        left = [
            (gap, span) for span in self._texts
            if (gap := _gap_left(span.box, placed.box, _AT_OPTION)) is not None
        ]  # fmt: skip
        nearest = min(right or left, key=lambda entry: entry[0], default=None)
        return nearest[1] if nearest else None

    def _question(self, placed: _Placed) -> str | None:
        """The text left of all options of the row, or a text with a colon above the first one."""
        row = [
            other for other in self._fields
            if other.field.type == placed.field.type and _is_same_row(other.box, placed.box)
        ]  # fmt: skip
        first = min(row, key=lambda other: other.box.left)
        texts = [span for span in self._texts if id(span) not in self._option_ids]
        left = [
            (gap, span.text) for span in texts
            if (gap := _gap_left(span.box, first.box, _BESIDE)) is not None
            and len(span.text) <= _LONGEST_LABEL
        ]  # fmt: skip
        if left:
            return min(left)[1]
        above = [
            (gap, span.text) for span in texts
            if (gap := _gap_above(span.box, first.box)) is not None
            and span.text.rstrip().endswith((":", "?"))
        ]  # fmt: skip
        return min(above)[1] if above else None


def _gap_left(label: Box, field: Box, most: float) -> float | None:
    """The width between a text and a field on its right, in one row; None if it is not there."""
    gap = field.left - label.right
    return max(0.0, gap) if _is_same_row(label, field) and -_SLACK < gap < most else None


def _gap_above(label: Box, field: Box) -> float | None:
    """The height between a text and a field close below it; None if it is not there."""
    gap = field.top - label.bottom
    is_over = field.left - _SLACK < label.left < field.right
    return max(0.0, gap) if is_over and -_SLACK / 2 < gap < _ABOVE else None


def _is_same_row(first: Box, second: Box) -> bool:
    return first.contains(y=second.center_y) or second.contains(y=first.center_y)


def _is_middle_within(box: Box, area: Box) -> bool:
    """Whether the middle of a box is in an area."""
    middle = (box.left + box.right) / 2
    return area.left <= middle <= area.right and area.contains(y=box.center_y)
