"""What the errors have in common: a code with parameters; and errors of every kind of request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import ClassVar

type Param = str | int | Sequence[str]


@dataclass(frozen=True)
class FieldProblem:
    """The problem of one field of a request: a stable code with parameters."""

    field: str
    code: str
    params: Mapping[str, Param] = dataclass_field(default_factory=dict)


class DocketError(Exception):
    """The base class. `code` is stable; `params` are the values in its message.

    The parameter `context` selects a variant of the message.
    """

    code: ClassVar[str] = "error"
    parameters: ClassVar[frozenset[str]] = frozenset()
    """The names of the parameters that the code may have."""

    def __init__(self, **params: Param) -> None:
        super().__init__(self.code)
        self.params: Mapping[str, Param] = params


class BadInput(DocketError):
    """Fields of a request are invalid. Each problem has a field, a code and parameters."""

    code = "bad_input"

    def __init__(self, *problems: "FieldProblem") -> None:
        super().__init__()
        self.problems = problems


class DirectCall(DocketError):
    code = "direct_call"


class NotFound(DocketError):
    code = "not_found"


class Conflict(DocketError):
    code = "conflict"


class KeyReused(Conflict):
    code = "idempotency_key_reused"


class ConcurrentChange(Conflict):
    code = "changed_meanwhile"


class TooManyTries(DocketError):
    code = "too_many_tries"
    parameters = frozenset({"retry_after", "context", "most"})

    def __init__(self, retry_after: int, *, documents_a_day: int | None = None) -> None:
        """`retry_after`: seconds; `documents_a_day`: the limit that was reached, if it was this."""
        super().__init__(retry_after=retry_after)
        if documents_a_day is not None:
            self.params = {**self.params, "context": "documents_a_day", "most": documents_a_day}
        self.retry_after = retry_after


class UpstreamUnavailable(DocketError):
    code = "outage"


class PaymentsUnreachable(UpstreamUnavailable):
    code = "payments_unreachable"


class StorageUnreachable(UpstreamUnavailable):
    code = "storage_unreachable"


class IdentityUnreachable(UpstreamUnavailable):
    code = "identity_unreachable"


class TableUnavailable(UpstreamUnavailable):
    code = "table_unavailable"
