"""The rules for new passwords: a minimum length, and a list of common passwords.

There are no composition rules, as NIST SP 800-63B advises: they make passwords worse.
"""

import unicodedata

from docket.domain.errors import BadInput, FieldProblem

MIN_LENGTH = 8
MAX_LENGTH = 128
"""In characters: code points of the normalized form."""


def normalised(password: str) -> str:
    """The form that is hashed. Normalized, because keyboards encode the same letter differently."""
    return unicodedata.normalize("NFKC", password)


def require_acceptable(password: str, email: str) -> None:
    """Raises `BadInput` with the problems of a new password, if it has any."""
    from docket.domain.common_passwords import COMMON  # noqa: PLC0415 - big; see there

    length = len(normalised(password))
    folded = unicodedata.normalize("NFKC", normalised(password).casefold())
    whole = unicodedata.normalize("NFKC", email).casefold()
    if length < MIN_LENGTH:
        raise BadInput(FieldProblem("password", "too_short", {"min_length": MIN_LENGTH}))
    if length > MAX_LENGTH:
        raise BadInput(FieldProblem("password", "too_long", {"max_length": MAX_LENGTH}))
    if folded in COMMON or len(set(folded)) == 1:
        raise BadInput(FieldProblem("password", "password_common"))
    if folded in {whole, whole.partition("@")[0]}:
        raise BadInput(FieldProblem("password", "password_is_email"))
