"""The text of a page, word by word."""

from typing import Annotated, Literal

from aws_lambda_powertools.event_handler.openapi.params import Path
from pydantic import Field

from docket.schemas.base import ResponseModel
from docket.schemas.document_analyses import Box, PageNumber

PathPage = Annotated[
    int, Path(ge=1, le=100_000, description="The page, counted from 1", examples=[1])
]


class WordResponse(ResponseModel):
    """A word of a page."""

    text: str = Field(description="The word as the page has it")
    box: Box = Field(
        description="Its approximate location: the part of its line that its characters take up"
    )


class TextLineResponse(ResponseModel):
    """A run of text on one line, such as a cell or a line of a paragraph."""

    words: list[WordResponse] = Field(description="Its words in reading order")


class PageTextResponse(ResponseModel):
    """The text of a page in reading order."""

    page: PageNumber = Field(description="The number of the page")
    turned: Literal[0, 90, 180, 270] = Field(
        description="By how many degrees the page must be turned clockwise for its text to be "
        "upright. Boxes are those of the page as displayed"
    )
    lines: list[TextLineResponse] = Field(description="The runs of text that have a word")
