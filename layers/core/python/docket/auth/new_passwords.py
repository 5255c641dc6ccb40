"""Whether a password may be chosen."""

from docket.auth import common_passwords
from docket.domain.accounts import passwords
from docket.domain.errors import BadInput, FieldProblem


def require_acceptable(
    password: str, email: str, full_name: str | None, *, field: str = "password"
) -> None:
    """Raises `BadInput` with the problem of a new password, if it has one; `field` has it."""
    problem = passwords.problem_of(password, email, full_name, is_common=common_passwords.contains)
    if problem:
        raise BadInput(FieldProblem(field, problem.code, problem.params))
