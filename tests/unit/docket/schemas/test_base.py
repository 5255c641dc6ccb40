import pytest
from pydantic import ValidationError

from docket.schemas.base import RequestModel, one_line


class Wish(RequestModel):
    title: str


def test_a_misspelt_field_is_refused_and_not_ignored():
    with pytest.raises(ValidationError, match="tilte"):
        Wish.model_validate({"title": "x", "tilte": "y"})


def test_blanks_around_a_text_are_no_part_of_it():
    assert Wish(title="  two words ").title == "two words"


@pytest.mark.parametrize("text", [None, "", "März 🧾", "با\N{ZERO WIDTH NON-JOINER}هم"])
def test_a_line_is_what_can_be_written_on_one(text):
    assert one_line(text) == text


@pytest.mark.parametrize(
    "text", ["a\nb", "a\rb", "a\x00b", "a\x7fb", "a\u2028b", "a\u2029b", "\ud800"]
)
def test_what_breaks_a_line_or_cannot_be_written_is_refused(text):
    with pytest.raises(ValueError, match="one line"):
        one_line(text)
