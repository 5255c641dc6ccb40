"""What the models of the contract have in common."""

from pydantic import BaseModel, ConfigDict


class Asked(BaseModel):
    """Something a caller sends. An unknown field is refused: a misspelt one is never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Given(BaseModel):
    """Something a caller gets."""

    model_config = ConfigDict(frozen=True)


class Message(Given):
    message: str
