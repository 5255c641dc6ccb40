"""Whether a role's statements allow a request, decided as AWS decides it for one identity policy.

Nothing is allowed by default, and a matching `Deny` outweighs every `Allow`. What this module does
not know raises `UnsupportedPolicy`: a misread statement could hide a missing permission.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

FIELDS = {"Sid", "Effect", "Action", "Resource", "Condition"}
OPERATORS = {"StringLike", "StringEquals"}
CONDITION_KEYS = {"dynamodb:LeadingKeys", "s3:prefix", "ses:FromAddress"}
ALL_VALUES = "ForAllValues:"

type Json = dict[str, Any]


class UnsupportedPolicy(ValueError):
    """A statement has a field, an operator, a condition key or a variable that is not known."""


@dataclass(frozen=True)
class Request:
    """An action on a resource, with the values of the condition keys that AWS knows of it."""

    action: str
    resource: str
    context: Mapping[str, frozenset[str]]


class Statement:
    """One statement of a policy, checked and compiled. `document` is its JSON."""

    def __init__(self, document: Json) -> None:
        if unknown := document.keys() - FIELDS:
            raise UnsupportedPolicy(f"fields {sorted(unknown)}")
        if document["Effect"] not in {"Allow", "Deny"}:
            raise UnsupportedPolicy(f"effect {document['Effect']}")
        self.document = document
        self.denies = document["Effect"] == "Deny"
        self._actions = [_pattern(text.lower()) for text in _texts(document["Action"])]
        self._resources = [_pattern(text) for text in _texts(document["Resource"])]
        self._conditions = [
            _Condition(operator, key, _texts(values))
            for operator, keys in document.get("Condition", {}).items()
            for key, values in keys.items()
        ]

    def matches(self, request: Request) -> bool:
        """Whether the statement applies to the request."""
        return (
            _any_matches(self._actions, request.action.lower())
            and _any_matches(self._resources, request.resource)
            and all(condition.holds(request.context) for condition in self._conditions)
        )

    def by_action(self) -> list["Statement"]:
        """The same as statements with one action each."""
        return [
            Statement({**self.document, "Action": action})
            for action in _texts(self.document["Action"])
        ]

    def __str__(self) -> str:
        conditions = [
            value
            for keys in self.document.get("Condition", {}).values()
            for values in keys.values()
            for value in _texts(values)
        ]
        actions, resources = _texts(self.document["Action"]), _texts(self.document["Resource"])
        return f"{', '.join(actions)} on {', '.join(resources)} {conditions or ''}".strip()


class _Condition:
    def __init__(self, operator: str, key: str, values: list[str]) -> None:
        if operator.removeprefix(ALL_VALUES) not in OPERATORS:
            raise UnsupportedPolicy(f"operator {operator}")
        if key not in CONDITION_KEYS:
            raise UnsupportedPolicy(f"condition key {key}")
        self._key = key
        self._for_all = operator.startswith(ALL_VALUES)
        exact = operator.endswith("StringEquals")
        self._patterns = [re.compile(re.escape(v)) if exact else _pattern(v) for v in values]

    def holds(self, context: Mapping[str, frozenset[str]]) -> bool:
        """`ForAllValues` holds for a request without the key; the plain operator does not."""
        values = context.get(self._key, frozenset())
        if not self._for_all and len(values) != 1:
            return False
        return all(_any_matches(self._patterns, value) for value in values)


def allows(statements: Iterable[Statement], request: Request) -> bool:
    """Whether a statement allows the request and none denies it."""
    matching = [statement for statement in statements if statement.matches(request)]
    return bool(matching) and not any(statement.denies for statement in matching)


def _any_matches(patterns: list[re.Pattern[str]], text: str) -> bool:
    return any(pattern.fullmatch(text) for pattern in patterns)


@cache
def _pattern(text: str) -> re.Pattern[str]:
    """`*` matches any text, also none, and `?` one character."""
    if "${" in text:
        raise UnsupportedPolicy(f"variable in {text}")
    wildcards = {"*": ".*", "?": "."}
    return re.compile("".join(wildcards.get(c) or re.escape(c) for c in text), re.DOTALL)


def _texts(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
