"""The one shape of every refusal."""

from pydantic import BaseModel, Field


class ErrorDetail(BaseModel):
    field: str = Field(description="The field at fault, as the caller spelled it")
    error: str = Field(description="What is wrong with it, and what would be right")
    code: str = Field(
        pattern=r"^[a-z_]+$",
        description="The same for a program. Codes may be added: show `error` for an unknown one",
    )
    params: dict[str, str | int | list[str]] = Field(description="The values that `error` names")


class Error(BaseModel):
    """Why a request was refused: a sentence for a person, a stable code for a program."""

    error: str = Field(description="An English sentence for a person")
    code: str = Field(
        pattern=r"^[a-z_]+$",
        description="The reason for a program. Codes may be added: show `error` for an unknown one",
    )
    params: dict[str, str | int | list[str]] = Field(description="The values that `error` names")
    request_id: str = Field(description="As in the header `x-request-id`")
    details: list[ErrorDetail] = Field(
        default_factory=list, description="What is wrong with each field; absent if no field is"
    )
