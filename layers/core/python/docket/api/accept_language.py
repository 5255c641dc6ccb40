"""The language that an `Accept-Language` header requests."""

from docket.domain.language import DEFAULT_LANGUAGE, LANGUAGES, Language

VARY = {"Vary": "Accept, Accept-Language"}
"""Of a reply whose content type and language its request chose."""


def preferred(accept_language: str | None) -> Language:
    """The supported language that an `Accept-Language` header (RFC 9110) prefers; else English."""
    best, best_weight = DEFAULT_LANGUAGE, 0.0
    for part in (accept_language or "").split(","):
        tag, _, parameter = part.partition(";")
        primary = tag.strip().lower().partition("-")[0]
        weight = _weight(parameter)
        for language in LANGUAGES:
            if primary == language and weight > best_weight:
                best, best_weight = language, weight
    return best


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().lower().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        weight = float(value)
    except ValueError:
        return 0.0
    return weight if 0 <= weight <= 1 else 0.0
