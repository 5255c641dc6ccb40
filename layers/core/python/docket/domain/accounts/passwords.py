"""The rules for new passwords: their length, and that they are hard to guess.

There are no composition rules, as NIST SP 800-63B advises: they make passwords worse. A password is
used exactly as it was typed; only the comparisons with what is easy to guess ignore letter case.
"""

import unicodedata
from collections.abc import Callable, Iterator

from docket.domain.errors import FieldProblem

MIN_LENGTH = 8
MAX_LENGTH = 128
"""In characters: Unicode code points."""

PRODUCT = "docket"

_LEAST_TERM = 3
"""The letters of a name that are compared. Shorter ones are parts of too many passwords."""


def folded(password: str) -> str:
    """The form that is compared: no letter case, and no difference between forms of a character."""
    compatible = unicodedata.normalize("NFKC", password)
    return unicodedata.normalize("NFKC", compatible.casefold())


def problem_of(
    password: str, email: str, full_name: str | None, *, is_common: Callable[[str], bool]
) -> FieldProblem | None:
    """The problem of a new password; None if it is acceptable.

    `is_common` decides about its folded form.
    """
    code = _length_problem(password)
    if code:
        return code
    if len(set(folded(password))) == 1 or is_common(folded(password)):
        return FieldProblem("password", "password_common")
    letters = _letters(password)
    for name, terms in (
        ("password_is_email", _terms_of_email(email)),
        ("password_is_name", _terms_of_name(full_name or "")),
        ("password_is_product", iter((PRODUCT,))),
    ):
        if folded(password) == folded(email) or _repeats_one_of(terms, letters):
            return FieldProblem("password", name)
    return None


def _length_problem(password: str) -> FieldProblem | None:
    if len(password) < MIN_LENGTH:
        return FieldProblem("password", "too_short", {"min_length": MIN_LENGTH})
    if len(password) > MAX_LENGTH:
        return FieldProblem("password", "too_long", {"max_length": MAX_LENGTH})
    return None


def _letters(text: str) -> str:
    return "".join(character for character in folded(text) if character.isalpha())


def _terms_of_email(email: str) -> Iterator[str]:
    local, _, domain = email.rpartition("@")
    yield from (_letters(part) for part in (email, local, domain, domain.partition(".")[0]))


def _terms_of_name(full_name: str) -> Iterator[str]:
    parts = full_name.split()
    yield from (_letters(part) for part in parts)
    yield _letters(full_name)
    yield _letters("".join(reversed(parts)))


def _repeats_one_of(terms: Iterator[str], letters: str) -> bool:
    """Whether the letters are a term, or several times the same one. Digits and signs are free."""
    return any(
        len(term) >= _LEAST_TERM and letters and letters == term * (len(letters) // len(term))
        for term in terms
    )
