"""The parts of a request: expressions with their placeholders, keys, projections."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tests.simulation.table.conditions import Condition, parse_condition
from tests.simulation.table.lexer import Lexer, Path, steps
from tests.simulation.table.store import Key
from tests.simulation.table.updates import Update, apply_update, parse_update
from tests.simulation.table.values import Attribute, Invalid, Item, stored_values

NO_KEY = "The provided key element does not match the schema"

_KINDS = (
    "ConditionExpression",
    "FilterExpression",
    "KeyConditionExpression",
    "UpdateExpression",
    "ProjectionExpression",
)
COMMON = {"TableName", "ExpressionAttributeNames", "ExpressionAttributeValues"}


class UnsupportedByTwin(Exception):
    """The twin does not know a parameter or operation; DynamoDB may."""


def check_parameters(request: Mapping[str, Any], *allowed: str) -> None:
    """Raise `UnsupportedByTwin` for a parameter that the twin would ignore."""
    if unknown := request.keys() - COMMON - set(allowed):
        raise UnsupportedByTwin(", ".join(sorted(unknown)))


@dataclass(slots=True)
class Expressions:
    """The expressions of one request, with the names and values of their placeholders."""

    names: dict[str, str]
    values: Item
    condition: Condition | None = None
    filter: Condition | None = None
    update: Update | None = None
    projection: tuple[Path, ...] | None = None

    def allows(self, item: Item | None) -> bool:
        """Whether the condition of a write holds; an absent item has no attributes."""
        return self.condition is None or self.condition.holds(item or {}, self.names, self.values)

    def passes(self, item: Item) -> bool:
        """Whether a query's filter lets the item through."""
        return self.filter is None or self.filter.holds(item, self.names, self.values)

    def updated(self, item: Item) -> Item:
        """The item after the update. Raises `Invalid`."""
        if self.update is None:
            return item
        return apply_update(self.update, item, self.names, self.values)

    def projected(self, item: Item) -> Item:
        """The attributes that are wanted."""
        if self.projection is None:
            return item
        result: Item = {}
        for path in self.projection:
            _copy_path(item, result, steps(path, self.names))
        return result


def expressions(request: Mapping[str, Any]) -> Expressions:
    """Parse the expressions of a request. Raises `Invalid`."""
    names: dict[str, str] = request.get("ExpressionAttributeNames", {})
    values = stored_values(request.get("ExpressionAttributeValues", {}))
    condition, filter_, update, projection = _parsed(
        tuple([request.get(kind) for kind in _KINDS]), tuple(names), tuple(values)
    )
    _check_ordered(values, condition, filter_)
    return Expressions(names, values, condition, filter_, update, projection)


type _Expressions = tuple[
    Condition | None, Condition | None, Update | None, tuple[Path, ...] | None
]


@lru_cache(maxsize=10_000)
def _parsed(
    texts: tuple[str | None, ...], names: tuple[str, ...], values: tuple[str, ...]
) -> _Expressions:
    """The expressions of a request, whose placeholders are these. Raises `Invalid`."""
    condition_text, filter_text, key_text, update_text, projection_text = texts
    condition = _condition(condition_text, "ConditionExpression")
    filter_ = _condition(filter_text, "FilterExpression")
    update = parse_update(update_text) if update_text is not None else None
    used_names: set[str] = set()
    used_values: set[str] = set()
    for part in (condition, filter_, update, _condition(key_text, "KeyConditionExpression")):
        if part:
            used_names |= part.names
            used_values |= part.values
    projection = None
    if projection_text is not None:
        projection, projected_names = _projection(projection_text)
        used_names |= projected_names
    _check_placeholders("Names", used_names, set(names))
    _check_placeholders("Values", used_values, set(values))
    return condition, filter_, update, projection


def key_of(attributes: Mapping[str, Any]) -> Key:
    """The key in a request. Raises `Invalid`."""
    if attributes.keys() != {"PK", "SK"}:
        raise Invalid(NO_KEY)
    return key_in(attributes)


def key_in(attributes: Mapping[str, Any]) -> Key:
    """The key of an item. Raises `Invalid`."""
    for name in ("PK", "SK"):
        if name not in attributes:
            raise Invalid(
                f"One or more parameter values were invalid: Missing the key {name} in the item"
            )
        (kind,) = attributes[name]
        if kind != "S":
            raise Invalid(
                "One or more parameter values were invalid: Type mismatch for key "
                f"{name} expected: S actual: {kind}"
            )
        if not attributes[name]["S"]:
            raise Invalid(
                "One or more parameter values are not valid. The AttributeValue for a key "
                f"attribute cannot contain an empty string value. Key: {name}"
            )
    return attributes["PK"]["S"], attributes["SK"]["S"]


def check_key_unchanged(update: Update, names: Mapping[str, str]) -> None:
    """Raise `Invalid` if an update changes the key of its item."""
    for path in update.paths():
        name = steps(path[:1], dict(names))[0]
        if name in {"PK", "SK"}:
            raise Invalid(
                "One or more parameter values were invalid: "
                f"Cannot update attribute {name}. This attribute is part of the key"
            )


def _condition(text: str | None, kind: str) -> Condition | None:
    return parse_condition(text, kind) if text is not None else None


def _check_ordered(values: Item, *conditions: Condition | None) -> None:
    for condition in conditions:
        for placeholder in condition.ordered if condition else ():
            (kind,) = values[placeholder]
            if kind not in {"S", "N", "B"}:
                raise Invalid(
                    "Invalid ConditionExpression: Incorrect operand type for operator or "
                    f"function; operator or function: <, operand type: {kind}"
                )


def _projection(text: str) -> tuple[tuple[Path, ...], set[str]]:
    lexer = Lexer("ProjectionExpression", text)
    paths = [lexer.path()]
    while lexer.skip(","):
        paths.append(lexer.path())
    if lexer.next:
        raise lexer.error()
    return tuple(paths), lexer.names


def _check_placeholders(kind: str, used: set[str], defined: set[str]) -> None:
    if missing := sorted(used - defined):
        what = "name" if kind == "Names" else "value"
        raise Invalid(
            f"Invalid expression: An expression attribute {what} used in expression is not "
            f"defined; attribute {what}: {missing[0]}"
        )
    if unused := sorted(defined - used):
        raise Invalid(
            f"Value provided in ExpressionAttribute{kind} unused in expressions: "
            f"keys: {{{', '.join(unused)}}}"
        )


def _copy_path(item: Item, result: Item, path: Path) -> None:
    """Copy what lies at a path of maps into the same place of the result."""
    source: Any = item
    target: Any = result
    for number, step in enumerate(path):
        if not isinstance(step, str):
            raise UnsupportedByTwin("a list's index in a projection")
        if step not in source:
            return
        if number == len(path) - 1:
            target[step] = source[step]
            return
        inner: Attribute = source[step]
        if "M" not in inner:
            return
        if not _leads_anywhere(inner["M"], path[number + 1 :]):
            return
        target = target.setdefault(step, {"M": {}})["M"]
        source = inner["M"]


def _leads_anywhere(source: Item, path: Path) -> bool:
    found: Any = source
    for step in path[:-1]:
        found = found.get(step, {}).get("M", {})
    return path[-1] in found
