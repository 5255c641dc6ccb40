"""The one shape of every refusal."""

from pydantic import BaseModel, Field


class ErrorDetail(BaseModel):
    field: str = Field(description="The field at fault, as the caller spelled it")
    error: str = Field(description="What is wrong with it, and what would be right")
    code: str = Field(pattern=r"^[a-z_]+$", description="The same for a program; there may be more")
    params: dict[str, str | int | list[str]] = Field(description="The values that `error` names")


class Error(BaseModel):
    """Why a request was refused: a sentence for a person, a stable code for a program."""

    error: str
    code: str = Field(pattern=r"^[a-z_]+$")
    params: dict[str, str | int | list[str]] = Field(description="The values that `error` names")
    request_id: str
    details: list[ErrorDetail] | None = None
