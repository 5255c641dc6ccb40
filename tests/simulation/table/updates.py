"""Update expressions, parsed once each; applying one leaves the old item as it was."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import combinations
from typing import Any

from tests.simulation.table.lexer import Lexer, Path, look_up, steps
from tests.simulation.table.values import Attribute, Invalid, Item, canonical_number

type Names = dict[str, str]
type Operand = Callable[[Item, Names, Item], Attribute]

_KIND = "UpdateExpression"
_WRONG_TYPE = "An operand in the update expression has an incorrect data type"
_NO_ATTRIBUTE = "The provided expression refers to an attribute that does not exist in the item"
_WRONG_PATH = "The document path provided in the update expression is invalid for update"
_SETS = {"SS", "NS", "BS"}


@dataclass(frozen=True)
class Update:
    """A parsed expression: the actions of each clause, and the placeholders that it uses."""

    set: tuple[tuple[Path, Operand], ...]
    remove: tuple[Path, ...]
    add: tuple[tuple[Path, str], ...]
    delete: tuple[tuple[Path, str], ...]
    names: frozenset[str]
    values: frozenset[str]

    def paths(self) -> list[Path]:
        """Every path that is changed."""
        pairs = (*self.set, *self.add, *self.delete)
        return [*(path for path, _ in pairs), *self.remove]


@cache
def parse_update(text: str) -> Update:
    """Parse an expression. Raises `Invalid`."""
    lexer = Lexer(_KIND, text)
    clauses: dict[str, list[Any]] = {}
    while clause := lexer.next.upper():
        if clause not in _ACTIONS:
            raise lexer.error()
        if clause in clauses:
            raise Invalid(
                f'Invalid {_KIND}: The "{clause}" section can only be used once in an '
                "update expression;"
            )
        lexer.read()
        clauses[clause] = [_ACTIONS[clause](lexer)]
        while lexer.skip(","):
            clauses[clause].append(_ACTIONS[clause](lexer))
    return Update(
        set=tuple(clauses.get("SET", ())),
        remove=tuple(clauses.get("REMOVE", ())),
        add=tuple(clauses.get("ADD", ())),
        delete=tuple(clauses.get("DELETE", ())),
        names=frozenset(lexer.names),
        values=frozenset(lexer.values),
    )


def apply_update(update: Update, item: Item, names: Names, values: Item) -> Item:
    """The item after the update; every right side is of the item before. Raises `Invalid`."""
    _check_overlaps(steps(path, names) for path in update.paths())
    updated = dict(item)
    for path, operand in update.set:
        _assign(updated, steps(path, names), operand(item, names, values))
    for path, placeholder in update.add:
        before = look_up(item, path, names)
        _assign(updated, steps(path, names), _added(before, values[placeholder]))
    for path, placeholder in update.delete:
        before = look_up(item, path, names)
        rest = _without(before, values[placeholder])
        if rest is not None:
            _assign(updated, steps(path, names), rest)
        elif before is not None:
            _remove(updated, steps(path, names))
    # From the end of a list to its beginning, so that the indexes stay those of the old item.
    for target in sorted((steps(path, names) for path in update.remove), key=repr, reverse=True):
        _remove(updated, target)
    return updated


def _assignment(lexer: Lexer) -> tuple[Path, Operand]:
    path = lexer.path()
    lexer.expect("=")
    return path, _sum(lexer)


def _addition(lexer: Lexer) -> tuple[Path, str]:
    return lexer.path(), lexer.value()


_ACTIONS: dict[str, Callable[[Lexer], Any]] = {
    "SET": _assignment,
    "REMOVE": Lexer.path,
    "ADD": _addition,
    "DELETE": _addition,
}


def _sum(lexer: Lexer) -> Operand:
    left = _operand(lexer)
    for sign in ("+", "-"):
        if lexer.skip(sign):
            right, factor = _operand(lexer), 1 if sign == "+" else -1
            return lambda item, names, values: _plus(
                left(item, names, values), right(item, names, values), factor
            )
    return left


def _operand(lexer: Lexer) -> Operand:
    if lexer.next.startswith(":"):
        placeholder = lexer.value()
        return lambda _item, _names, values: values[placeholder]
    if lexer.after_next == "(":
        return _function(lexer)
    return _required(lexer.path())


def _required(path: Path) -> Operand:
    def operand(item: Item, names: Names, _values: Item) -> Attribute:
        found = look_up(item, path, names)
        if found is None:
            raise Invalid(_NO_ATTRIBUTE)
        return found

    return operand


def _function(lexer: Lexer) -> Operand:
    name = lexer.read()
    lexer.expect("(")
    if name == "if_not_exists":
        path = lexer.path()
        lexer.expect(",")
        default = _operand(lexer)
        lexer.expect(")")
        return lambda item, names, values: (
            look_up(item, path, names) or default(item, names, values)
        )
    if name == "list_append":
        first = _operand(lexer)
        lexer.expect(",")
        second = _operand(lexer)
        lexer.expect(")")
        return lambda item, names, values: _joined(
            first(item, names, values), second(item, names, values)
        )
    raise Invalid(f"Invalid {_KIND}: Invalid function name; function: {name}")


def _joined(first: Attribute, second: Attribute) -> Attribute:
    if "L" not in first or "L" not in second:
        raise Invalid(_WRONG_TYPE)
    return {"L": [*first["L"], *second["L"]]}


def _plus(left: Attribute, right: Attribute, factor: int) -> Attribute:
    if "N" not in left or "N" not in right:
        raise Invalid(_WRONG_TYPE)
    return {"N": canonical_number(str(Decimal(left["N"]) + factor * Decimal(right["N"])))}


def _added(before: Attribute | None, more: Attribute) -> Attribute:
    ((kind, value),) = more.items()
    if kind != "N" and kind not in _SETS:
        raise Invalid(
            f"Invalid {_KIND}: Incorrect operand type for operator or function; operator: ADD"
        )
    if before is None:
        return more
    if kind not in before:
        raise Invalid(_WRONG_TYPE)
    return _plus(before, more, 1) if kind == "N" else {kind: sorted({*before[kind], *value})}


def _without(before: Attribute | None, fewer: Attribute) -> Attribute | None:
    ((kind, value),) = fewer.items()
    if kind not in _SETS:
        raise Invalid(
            f"Invalid {_KIND}: Incorrect operand type for operator or function; operator: DELETE"
        )
    if before is None:
        return None
    if kind not in before:
        raise Invalid(_WRONG_TYPE)
    rest = sorted(set(before[kind]) - set(value))
    return {kind: rest} if rest else None


def _check_overlaps(paths: Iterable[Path]) -> None:
    for first, second in combinations(paths, 2):
        shorter, longer = sorted((first, second), key=len)
        if longer[: len(shorter)] == shorter:
            raise Invalid(
                f"Invalid {_KIND}: Two document paths overlap with each other; must remove or "
                "rewrite one of these paths;"
            )


def _assign(item: Item, path: Path, value: Attribute) -> None:
    """Set an attribute of `item`, with new copies of what lies on the way."""
    name = path[0]
    assert isinstance(name, str)
    if len(path) == 1:
        item[name] = value
        return
    if name not in item:
        raise Invalid(_WRONG_PATH)
    item[name] = _with(item[name], path[1:], value)


def _with(container: Attribute, path: Path, value: Attribute) -> Attribute:
    step, rest = path[0], path[1:]
    if isinstance(step, str):
        if "M" not in container or (rest and step not in container["M"]):
            raise Invalid(_WRONG_PATH)
        inner = _with(container["M"][step], rest, value) if rest else value
        return {"M": {**container["M"], step: inner}}
    if "L" not in container:
        raise Invalid(_WRONG_PATH)
    members = list(container["L"])
    if step < len(members):
        members[step] = _with(members[step], rest, value) if rest else value
    elif rest:
        raise Invalid(_WRONG_PATH)
    else:
        members.append(value)
    return {"L": members}


def _remove(item: Item, path: Path) -> None:
    """Remove an attribute of `item`, with new copies of what lies on the way."""
    name = path[0]
    assert isinstance(name, str)
    if len(path) == 1:
        item.pop(name, None)
        return
    if name not in item:
        raise Invalid(_WRONG_PATH)
    item[name] = _less(item[name], path[1:])


def _less(container: Attribute, path: Path) -> Attribute:
    step, rest = path[0], path[1:]
    if isinstance(step, str):
        if "M" not in container or (rest and step not in container["M"]):
            raise Invalid(_WRONG_PATH)
        entries = dict(container["M"])
        if rest:
            entries[step] = _less(entries[step], rest)
        else:
            entries.pop(step, None)
        return {"M": entries}
    if "L" not in container:
        raise Invalid(_WRONG_PATH)
    members = list(container["L"])
    if step >= len(members):
        if rest:
            raise Invalid(_WRONG_PATH)
        return container
    members[step : step + 1] = [_less(members[step], rest)] if rest else []
    return {"L": members}
