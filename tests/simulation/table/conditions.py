"""Condition, filter and key condition expressions, parsed once each into functions."""

import operator
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from tests.simulation.table import values as attribute_values
from tests.simulation.table.lexer import Lexer, Path, look_up
from tests.simulation.table.values import Attribute, Invalid, Item

type Names = dict[str, str]
type Operand = Callable[[Item, Names, Item], Attribute | None]
"""The value of an operand: of an item, the names and the values of the request."""
type Test = Callable[[Item, Names, Item], bool]

_ORDERS: dict[str, Callable[[int, int], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_TYPES = {"S", "N", "B", "SS", "NS", "BS", "BOOL", "NULL", "L", "M"}


@dataclass(frozen=True)
class Condition:
    """A parsed expression, and the placeholders that it uses.

    `ordered` are the values that are compared by order: only texts, numbers and bytes have one.
    """

    holds: Test
    names: frozenset[str]
    values: frozenset[str]
    ordered: frozenset[str]


@cache
def parse_condition(text: str, kind: str = "ConditionExpression") -> Condition:
    """Parse an expression. Raises `Invalid`."""
    lexer = Lexer(kind, text)
    holds = _either(lexer)
    if lexer.next:
        raise lexer.error()
    return Condition(
        holds, frozenset(lexer.names), frozenset(lexer.values), frozenset(lexer.ordered)
    )


def _either(lexer: Lexer) -> Test:
    tests = [_both(lexer)]
    while lexer.skip("OR"):
        tests.append(_both(lexer))
    if len(tests) == 1:
        return tests[0]
    return lambda item, names, values: any(test(item, names, values) for test in tests)


def _both(lexer: Lexer) -> Test:
    tests = [_negated(lexer)]
    while lexer.skip("AND"):
        tests.append(_negated(lexer))
    if len(tests) == 1:
        return tests[0]
    return lambda item, names, values: all(test(item, names, values) for test in tests)


def _negated(lexer: Lexer) -> Test:
    if not lexer.skip("NOT"):
        return _primary(lexer)
    test = _negated(lexer)
    return lambda item, names, values: not test(item, names, values)


def _primary(lexer: Lexer) -> Test:
    if lexer.skip("("):
        return _parenthesised(lexer)
    if lexer.after_next == "(" and lexer.next.lower() != "size":
        return _function(lexer)
    return _comparison(lexer)


def _parenthesised(lexer: Lexer) -> Test:
    doubled = lexer.next == "("
    if not doubled:
        test = _either(lexer)
        lexer.expect(")")
        return test
    inner_end = lexer.end_of_parenthesis()
    test = _either(lexer)
    redundant = inner_end == lexer.position
    lexer.expect(")")
    if redundant:
        raise Invalid(f"Invalid {lexer.kind}: The expression has redundant parentheses;")
    return test


def _function(lexer: Lexer) -> Test:
    name = lexer.read()
    lexer.expect("(")
    path = lexer.path()
    match name:
        case "attribute_exists":
            test = _exists(path)
        case "attribute_not_exists":
            exists = _exists(path)

            def test(item: Item, names: Names, values: Item) -> bool:
                return not exists(item, names, values)

        case "begins_with" | "contains":
            test = _of_two(
                attribute_values.has_begin
                if name == "begins_with"
                else attribute_values.has_member,
                path,
                _second(lexer),
            )
        case "attribute_type":
            test = _of_two(_has_type, path, _second(lexer))
        case _:
            raise lexer.error()
    lexer.expect(")")
    return test


def _second(lexer: Lexer) -> Operand:
    lexer.expect(",")
    return _operand(lexer)


def _exists(path: Path) -> Test:
    return lambda item, names, _values: look_up(item, path, names) is not None


def _of_two(
    check: Callable[[Attribute | None, Attribute | None], bool], path: Path, second: Operand
) -> Test:
    return lambda item, names, values: check(
        look_up(item, path, names), second(item, names, values)
    )


def _has_type(attribute: Attribute | None, kind: Attribute | None) -> bool:
    if kind is None or kind.get("S") not in _TYPES:
        raise Invalid("Invalid ConditionExpression: Invalid attribute type name found")
    return attribute is not None and kind["S"] in attribute


def _comparison(lexer: Lexer) -> Test:
    first_token = lexer.next
    left = _operand(lexer)
    if lexer.skip("BETWEEN"):
        return _between(left, _operand(lexer), lexer)
    if lexer.skip("IN"):
        return _one_of(left, lexer)
    sign = lexer.read()
    last_token = lexer.next
    right = _operand(lexer)
    if sign == "=":
        return lambda item, names, values: attribute_values.are_equal(
            left(item, names, values), right(item, names, values)
        )
    if sign == "<>":
        return lambda item, names, values: (
            not attribute_values.are_equal(left(item, names, values), right(item, names, values))
        )
    if sign not in _ORDERS:
        raise lexer.error()
    lexer.ordered |= {token for token in (first_token, last_token) if token.startswith(":")}
    return _ordered(left, _ORDERS[sign], right)


def _ordered(left: Operand, compare: Callable[[int, int], bool], right: Operand) -> Test:
    def test(item: Item, names: Names, values: Item) -> bool:
        first, second = left(item, names, values), right(item, names, values)
        order = attribute_values.order(first, second)
        return order is not None and compare(order, 0)

    return test


def _between(middle: Operand, low: Operand, lexer: Lexer) -> Test:
    lexer.expect("AND")
    high = _operand(lexer)
    above, below = _ordered(low, operator.le, middle), _ordered(middle, operator.le, high)
    return lambda item, names, values: above(item, names, values) and below(item, names, values)


def _one_of(left: Operand, lexer: Lexer) -> Test:
    lexer.expect("(")
    members = [_operand(lexer)]
    while lexer.skip(","):
        members.append(_operand(lexer))
    lexer.expect(")")

    def test(item: Item, names: Names, values: Item) -> bool:
        found = left(item, names, values)
        return any(
            attribute_values.are_equal(found, member(item, names, values)) for member in members
        )

    return test


def _operand(lexer: Lexer) -> Operand:
    if lexer.next.startswith(":"):
        placeholder = lexer.value()
        return lambda _item, _names, values: values[placeholder]
    if lexer.after_next == "(":
        if lexer.read() != "size":
            raise lexer.error()
        lexer.expect("(")
        measured = lexer.path()
        lexer.expect(")")
        return lambda item, names, _values: attribute_values.length(look_up(item, measured, names))
    path = lexer.path()
    return lambda item, names, _values: look_up(item, path, names)
