"""The version of a response: of what it shows, and of how this release shows it."""

import hashlib
from functools import cache

from docket.domain.language import DEFAULT_LANGUAGE
from docket.messages import catalogue
from docket.schemas.description import text


def entity_tag(version: int) -> str:
    """The `ETag` of a response whose content has that version.

    It is weak: the same content may be compressed. Another release may have other fields, or word
    a sentence differently, so its tags differ.
    """
    return f'W/"{version}-{_release()}"'


@cache
def _release() -> str:
    sentences = sorted(catalogue(DEFAULT_LANGUAGE).items())
    return hashlib.sha256(f"{text()}{sentences}".encode()).hexdigest()[:16]
