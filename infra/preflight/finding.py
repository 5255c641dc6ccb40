"""An answer of the account, and what to do about it."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How an answer affects a deployment."""

    OK = "ok"
    WARNING = "warning"
    """The deployment may succeed, with the restriction that the finding describes."""
    MUST = "must"
    """The deployment fails, or the service does not work, until this is done."""


@dataclass(frozen=True)
class Finding:
    """`fact` is what was found; `action` what to do or request, and where."""

    level: Level
    fact: str
    action: str = ""


def ok(fact: str) -> Finding:
    """Nothing is to be done."""
    return Finding(Level.OK, fact)


def warning(fact: str, action: str) -> Finding:
    """The deployment may succeed without the action."""
    return Finding(Level.WARNING, fact, action)


def must(fact: str, action: str) -> Finding:
    """The deployment needs the action first."""
    return Finding(Level.MUST, fact, action)
