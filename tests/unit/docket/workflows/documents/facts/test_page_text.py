import pytest

from analysis import Box, Page
from analysis.model import Line
from docket.workflows.documents.facts import page_text
from docket.workflows.documents.facts.page_text import text_of


def result(*lines, **fields):
    usual = {"number": 0, "width": 600, "height": 800, "source": "text", "confidence": 1.0}
    return {"pages": [Page(**{**usual, "lines": lines, **fields}).to_dict()]}


def words(*lines, **fields):
    text = text_of(result(*lines, **fields), 0)
    assert text is not None
    return [word for line in text["lines"] for word in line["words"]]


def test_words_follow_each_other_on_their_line():
    first, second = words(Line("Total  119.00", Box(0.2, 0.1, 0.6, 0.12)))

    assert (first["text"], second["text"]) == ("Total", "119.00")
    assert first["box"][::2] == [0.2, pytest.approx(0.38, abs=0.05)]
    assert second["box"][::2] == [pytest.approx(0.4, abs=0.05), 0.6]


def test_a_wide_character_takes_more_of_the_line():
    narrow, wide = words(Line("ill MWM", Box(0.0, 0.1, 1.0, 0.12)))

    assert narrow["box"][2] < 0.3
    assert wide["box"][0] < 0.4


def test_words_of_a_page_on_its_side_are_below_each_other():
    text = text_of(result(Line("Total due", Box(0.1, 0.2, 0.14, 0.8)), turned=90), 0)

    assert text is not None
    first, second = text["lines"][0]["words"]
    assert text["turned"] == 90
    assert first["box"][::2] == second["box"][::2] == [0.1, 0.14]
    assert first["box"][1] != second["box"][1]


def test_a_line_without_a_word_is_left_out():
    assert words(Line("  ", Box(0.1, 0.2, 0.3, 0.4))) == []


def test_a_page_has_a_limited_number_of_words(monkeypatch):
    monkeypatch.setattr(page_text, "MOST_WORDS", 3)
    line = Line("a b", Box(0.1, 0.2, 0.3, 0.4))

    assert len(words(line, line, line)) == 3


def test_a_page_fits_into_a_reply(monkeypatch):
    monkeypatch.setattr(page_text, "MOST_BYTES", 150)
    line = Line("a b", Box(0.1, 0.2, 0.3, 0.4))

    assert len(words(line, line, line)) == 2


def test_a_page_that_is_not_stored_has_no_text():
    assert text_of(result(), 1) is None
    assert text_of(None, 0) is None
