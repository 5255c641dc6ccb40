"""Ticked boxes that are printed as signs."""

import pytest

from analysis.extract.forms import pairs, ticked_boxes
from analysis.layout.lines import TextSpan
from analysis.model import Box, Page

PAGE = Page(number=0, width=595, height=842, source="text", confidence=1.0)


def rows(*texts):
    """Rows of runs of text that are divided by `|`."""

    def span(x, y, text):
        box = Box(0.1 + 0.2 * x, 0.1 + 0.03 * y, 0.25 + 0.2 * x, 0.12 + 0.03 * y)
        return TextSpan(text.strip(), box, PAGE, y)

    return [
        [span(x, y, text) for x, text in enumerate(line.split("|"))] for y, line in enumerate(texts)
    ]


def found(*texts):
    return [str(fact.normalised) for fact in pairs.find([rows(*texts)])]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Anrede: ☒ Frau ☐ Herr", ["Anrede: Frau"]),
        ("Anrede: | ☐ Frau | ☒ Herr", ["Anrede: Herr"]),
        ("Payment | [ ] yearly | [x] monthly", ["Payment: monthly"]),
        ("☑ | I agree", ["I agree: X"]),
        ("Zahlweise ☒ monatlich ☒ per Lastschrift ☐ jährlich",
         ["Zahlweise: monatlich", "Zahlweise: per Lastschrift"]),
        ("Anrede: ☐ Frau ☐ Herr", []),
    ],
)  # fmt: skip
def test_a_ticked_option_is_the_answer(line, expected):
    assert found(line) == expected


def test_a_tick_before_the_points_of_a_list_is_no_option():
    page = rows("✓ Free delivery", "✓ Two years of warranty")

    assert list(ticked_boxes.find(page)) == []
