"""Which passwords are good enough: long, and not among those that are tried first.

No rules of composition, as NIST SP 800-63B advises: they make passwords worse.
"""

import unicodedata

from docket.domain.errors import BadInput

SHORTEST, LONGEST = 8, 128
"""In characters: code points of the normalised form."""


def normalised(password: str) -> str:
    """The form that is hashed: keyboards differ in how they write the same letter."""
    return unicodedata.normalize("NFKC", password)


def require_good(password: str, email: str) -> None:
    """Raises `BadInput` that says what is wrong with a new password, if something is."""
    from docket.domain.common_passwords import COMMON  # noqa: PLC0415 - big; see there

    length = len(normalised(password))
    folded = unicodedata.normalize("NFKC", normalised(password).casefold())
    whole = unicodedata.normalize("NFKC", email).casefold()
    if length < SHORTEST:
        raise BadInput(("password", f"use at least {SHORTEST} characters"))
    if length > LONGEST:
        raise BadInput(("password", f"use at most {LONGEST} characters"))
    if folded in COMMON or len(set(folded)) == 1:
        raise BadInput(("password", "this one is used by many, and tried first; choose another"))
    if folded in {whole, whole.partition("@")[0]}:
        raise BadInput(("password", "this is your email address; choose another"))
