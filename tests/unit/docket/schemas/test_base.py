import pytest
from pydantic import ValidationError

from docket.schemas.base import RequestModel, one_line, shown_line


class TitleRequest(RequestModel):
    title: str


def test_a_misspelt_field_is_rejected():
    with pytest.raises(ValidationError, match="tilte"):
        TitleRequest.model_validate({"title": "x", "tilte": "y"})


def test_a_text_is_stripped():
    assert TitleRequest(title="  two words ").title == "two words"


@pytest.mark.parametrize("text", [None, "", "März 🧾", "با\N{ZERO WIDTH NON-JOINER}هم"])
def test_a_single_line_is_accepted(text):
    assert one_line(text) == text


@pytest.mark.parametrize(
    "text", ["a\nb", "a\rb", "a\x00b", "a\x7fb", "a\u2028b", "a\u2029b", "\ud800"]
)
def test_line_breaks_and_control_characters_are_rejected(text):
    with pytest.raises(ValueError, match="one line"):
        one_line(text)


@pytest.mark.parametrize("text", ["a\u202eb", "a\u2066b", "a\nb"])
def test_a_text_that_is_shown_in_another_order_is_rejected(text):
    with pytest.raises(ValueError, match=r"direction|one line"):
        shown_line(text)


@pytest.mark.parametrize("text", [None, "Ada", "\u05e2\u05d3\u05d4\u200f"])
def test_a_text_of_either_direction_is_shown(text):
    assert shown_line(text) == text


@pytest.mark.parametrize(
    "text", [" ", "\u200b", "\u2060\u2060", "\u3164", "\u200f\u200e", "\ufeff"]
)
def test_a_text_that_shows_nothing_is_rejected(text):
    with pytest.raises(ValueError, match="shows nothing"):
        shown_line(text)
