"""What the models of the contract have in common."""

import unicodedata

from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

# A model is built when it is first used: a function has most of its room's models and uses a few.
_LAZILY = ConfigDict(frozen=True, defer_build=True)


class RequestModel(BaseModel):
    """Something a caller sends. An unknown field is refused: a misspelt one is never ignored."""

    model_config = ConfigDict(**_LAZILY, extra="forbid", str_strip_whitespace=True)


class ResponseModel(BaseModel):
    """Something a caller gets."""

    model_config = _LAZILY


class MessageResponse(ResponseModel):
    message: str = Field(description="What happened, in English")


_NOT_WRITTEN = {"Cc", "Cs", "Zl", "Zp"}
"""Unicode's categories of control characters, lone surrogates, and breaks of lines."""


def one_line[T: str | None](text: T) -> T:
    """The text, if it is one line that can be written down. Raises `PydanticCustomError`."""
    if text is not None and any(
        unicodedata.category(character) in _NOT_WRITTEN for character in text
    ):
        raise PydanticCustomError("control_characters", "not one line")
    return text
