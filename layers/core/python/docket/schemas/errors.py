"""The model of every error response."""

from pydantic import BaseModel, Field


class ErrorDetail(BaseModel):
    """The problem of an invalid field."""

    field: str = Field(description="The name of the invalid field")
    error: str = Field(description="The problem, as an English sentence")
    code: str = Field(
        pattern=r"^[a-z_]+$",
        description="The code of the problem. Codes may be added: show `error` for an unknown one",
    )
    params: dict[str, str | int | list[str]] = Field(description="The values that `error` names")


class Error(BaseModel):
    """The reason why a request was refused: a message for people and a stable code for programs."""

    error: str = Field(description="The reason, as an English sentence")
    code: str = Field(
        pattern=r"^[a-z_]+$",
        description="The code of the reason. Codes may be added: show `error` for an unknown one",
    )
    params: dict[str, str | int | list[str]] = Field(description="The values that `error` names")
    request_id: str = Field(
        description="As in the header `x-request-id`; empty if the firewall answered"
    )
    details: list[ErrorDetail] = Field(
        default_factory=list,
        description="The problem of each invalid field; absent if there is none",
    )
