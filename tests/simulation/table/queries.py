"""Queries: one partition of the table or of an index, in pages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tests.simulation.table.lexer import Lexer
from tests.simulation.table.page import Page
from tests.simulation.table.partitions import Schema, SortKey
from tests.simulation.table.requests import check_parameters, expressions
from tests.simulation.table.store import Store
from tests.simulation.table.values import Attribute, Invalid, Item, has_begin, order

_KIND = "KeyConditionExpression"
_UNSUPPORTED = "Query key condition not supported"

_ORDERS: dict[str, Callable[[int], bool]] = {
    "=": lambda order: order == 0,
    "<": lambda order: order < 0,
    "<=": lambda order: order <= 0,
    ">": lambda order: order > 0,
    ">=": lambda order: order >= 0,
}


@dataclass(frozen=True)
class _Term:
    """One test of a key: an attribute, an operator, and the placeholders of its operands."""

    name: str
    sign: str
    operands: tuple[str, ...]


def query(store: Store, request: Mapping[str, Any]) -> dict[str, Any]:
    """Answer a query. Raises `Invalid`."""
    check_parameters(
        request,
        "IndexName",
        "ConsistentRead",
        "KeyConditionExpression",
        "FilterExpression",
        "ProjectionExpression",
        "ScanIndexForward",
        "Limit",
        "ExclusiveStartKey",
        "Select",
    )
    index = request.get("IndexName")
    partitions, schema = store.view(index, consistent=request.get("ConsistentRead", False))
    parts = expressions(request)
    partition, sort = _key_condition(request[_KIND], parts.names, schema)
    forward = request.get("ScanIndexForward", True)
    page = Page(parts, _limit(request))
    after = _start(request.get("ExclusiveStartKey"), schema, parts.values[partition.operands[0]])
    first = _lower_bound(sort, parts.values)
    lookup = parts.values[partition.operands[0]]["S"]
    for stored in partitions.scan(lookup, after=after, forward=forward, first=first):
        if not _in_range(sort, stored.item[schema.sort], parts.values):
            if page.evaluated or (forward and sort and sort.sign != ">"):
                break  # the matching items are neighbours, and `first` skips those before them
            continue
        if page.is_full:
            break
        page.add(stored)
    reply = page.reply(("PK", "SK", schema.partition, schema.sort))
    if request.get("Select") == "COUNT":
        del reply["Items"]
    return reply


def _limit(request: Mapping[str, Any]) -> int:
    limit: int = request.get("Limit", -1)
    if limit == 0:
        raise Invalid("Limit must be greater than or equal to 1")
    return limit


@cache
def _terms(text: str) -> tuple[_Term, ...]:
    """The tests of a key condition, joined by AND. Raises `Invalid`."""
    lexer = Lexer(_KIND, text)
    terms = [_term(lexer)]
    while lexer.skip("AND"):
        terms.append(_term(lexer))
    if lexer.next:
        raise lexer.error()
    return tuple(terms)


def _term(lexer: Lexer) -> _Term:
    if lexer.skip("("):
        term = _term(lexer)
        lexer.expect(")")
        return term
    if lexer.after_next == "(":
        if lexer.read() != "begins_with":
            raise lexer.error()
        lexer.expect("(")
        name = str(lexer.path()[0])
        lexer.expect(",")
        prefix = lexer.value()
        lexer.expect(")")
        return _Term(name, "begins_with", (prefix,))
    name = str(lexer.path()[0])
    if lexer.skip("BETWEEN"):
        low = lexer.value()
        lexer.expect("AND")
        return _Term(name, "BETWEEN", (low, lexer.value()))
    sign = lexer.read()
    if sign not in _ORDERS:
        raise lexer.error()
    return _Term(name, sign, (lexer.value(),))


def _key_condition(
    text: str, names: Mapping[str, str], schema: Schema
) -> tuple[_Term, _Term | None]:
    """The test of the partition key, and that of the sort key. Raises `Invalid`."""
    terms = {names.get(term.name, term.name): term for term in _terms(text)}
    partition = terms.pop(schema.partition, None)
    if partition is None or partition.sign != "=":
        raise Invalid(f"Query condition missed key schema element: {schema.partition}")
    sort = terms.pop(schema.sort, None)
    if terms:
        raise Invalid(_UNSUPPORTED)
    return partition, sort


def _lower_bound(sort: _Term | None, values: Item) -> str:
    """A sort key before which nothing can match."""
    if sort and sort.sign not in {"<", "<="}:
        bound: str = values[sort.operands[0]].get("S", "")
        return bound
    return ""


def _in_range(sort: _Term | None, attribute: Attribute, values: Item) -> bool:
    if sort is None:
        return True
    first = values[sort.operands[0]]
    if sort.sign == "begins_with":
        return has_begin(attribute, first)
    if sort.sign == "BETWEEN":
        low, high = order(attribute, first), order(attribute, values[sort.operands[1]])
        return low is not None and high is not None and low >= 0 and high <= 0
    compared = order(attribute, first)
    return compared is not None and _ORDERS[sort.sign](compared)


def _start(key: Mapping[str, Any] | None, schema: Schema, partition: Attribute) -> SortKey | None:
    if key is None:
        return None
    if key.keys() != {"PK", "SK", schema.partition, schema.sort}:
        raise Invalid("The provided starting key is invalid")
    if key[schema.partition] != partition:
        raise Invalid(
            "The provided starting key is outside query boundaries based on provided conditions"
        )
    sort: str = key[schema.sort]["S"]
    if schema.partition == "PK":
        return (sort,)
    return sort, key["PK"]["S"], key["SK"]["S"]
