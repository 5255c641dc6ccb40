"""The data of drawings: the figures of a chart as rows, the words of a diagram."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from analysis.formats.docx.package import child, tag

_ROWS = 2_000
"""Most categories of a chart that are read."""
_DIGITS = 12
"""Significant digits of a figure; the further ones are errors of its binary form."""


def rows(chart: Element) -> Iterator[list[str]]:
    """The chart's titles, then a row of the series' names, then a row for each category."""
    for title in chart.iter():
        if tag(title) == "title" and (title_text := _joined_text(title)):
            yield [title_text]
    series = [series_element for series_element in chart.iter() if tag(series_element) == "ser"]
    if not series:
        return
    names = [" ".join(_points(series_element, "tx").values()) for series_element in series]
    categories = _points(series[0], "cat", "xVal")
    columns = [_points(series_element, "val", "yVal") for series_element in series]
    if any(names):
        yield ["", *names]
    places = list(dict.fromkeys([*categories, *(at for column in columns for at in column)]))
    for at in places[:_ROWS]:
        yield [categories.get(at, ""), *(column.get(at, "") for column in columns)]


def diagram_texts(diagram: Element) -> Iterator[list[str]]:
    """The texts of a diagram's nodes."""
    for point in diagram.iter():
        if tag(point) == "pt" and (text := _joined_text(point)):
            yield [text]


def _joined_text(element: Element) -> str:
    return " ".join(
        "".join(
            descendant.text or "" for descendant in element.iter() if tag(descendant) == "t"
        ).split()
    )


def _points(series: Element, *names: str) -> dict[str, str]:
    """The cached values of the first of these parts that the series has, by their index."""
    part = next((found for name in names if (found := child(series, name)) is not None), None)
    return {
        point.get("idx", ""): _short((found.text or "").strip())
        for point in (() if part is None else part.iter())
        if tag(point) == "pt" and (found := child(point, "v")) is not None
    }


def _short(text: str) -> str:
    """A number as it was typed, without the rounding error of its binary form."""
    if "." not in text:
        return text
    try:
        return f"{float(text):.{_DIGITS}g}"
    except ValueError:
        return text
