"""The base classes of the models."""

import unicodedata
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

# Models are built on first use: a function imports more models than it uses.
_LAZILY = ConfigDict(frozen=True, defer_build=True)


class RequestModel(BaseModel):
    """A request body. Unknown fields are refused."""

    model_config = ConfigDict(**_LAZILY, extra="forbid", str_strip_whitespace=True)


class ResponseModel(BaseModel):
    """A response body. It is immutable, and checked when it is made.

    Fields may be added: clients ignore those that they do not know.
    """

    model_config = _LAZILY


Url = Annotated[str, Field(json_schema_extra={"format": "uri"})]


class MessageResponse(ResponseModel):
    """A confirmation."""

    message: str = Field(description="The result, in English")


class HealthResponse(ResponseModel):
    """The state of the service."""

    status: Literal["ok"] = Field(default="ok", description="The service answers")


MAX_TITLE_LENGTH = 200
"""The maximum length of a title of an order or a document."""

_NOT_WRITTEN = {"Cc", "Cs", "Zl", "Zp"}
"""Unicode categories of control characters, lone surrogates and line breaks."""

_DIRECTIONS = {*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}
"""Embeddings, overrides and isolates, which reorder the text around them."""

_BLANK = {"\u115f", "\u1160", "\u3164", "\uffa0"}
"""Letters of Hangul that fill a place and show nothing."""


def one_line[T: str | None](text: T) -> T:
    """The text, if it is a single line without control characters. Raises `PydanticCustomError`."""
    if text is not None and any(
        unicodedata.category(character) in _NOT_WRITTEN for character in text
    ):
        raise PydanticCustomError("control_characters", "not one line")
    return text


def _is_shown(character: str) -> bool:
    category = unicodedata.category(character)
    return not (category in {"Cc", "Cf", "Cs"} or category[0] == "Z" or character in _BLANK)


def shown_line[T: str | None](text: T) -> T:
    """The text, if it is a single line that is shown in the order in which it is written.

    A line of invisible characters alone shows nothing. Raises `PydanticCustomError`.
    """
    if text is not None and text != "" and not any(map(_is_shown, text)):
        raise PydanticCustomError("control_characters", "shows nothing")
    if text is not None and not _DIRECTIONS.isdisjoint(text):
        raise PydanticCustomError("control_characters", "changes the direction of text")
    return one_line(text)
