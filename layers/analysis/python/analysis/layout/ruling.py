"""Grids from the lines that are drawn around the cells of tables.

A rule is a tuple: its position on one axis, and its start and end on the other one, in points, from
the top left. Tuples are used because a page may have thousands of rules.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

type Rule = tuple[float, float, float]
type Place = tuple[int, int, int, int]
"""The row, the column, and the numbers of rows and of columns of a cell."""
type Sides = tuple[float, float, float, float]
"""Left, top, right and bottom."""
type Spans = list[tuple[float, float]]

MOST_RULES = 8_000
"""Number of rules of a page; if there are more, they are a drawing."""
_MOST_JOINED = 1_500
"""The same, after rules that touch along a line are joined."""
_MOST_LINES = 150
"""Number of different positions of rules along one side of a page; if there are more, they are a
drawing."""
_FEWEST = 3
"""Number of rules that two columns have."""
_SNAP = 2.0
"""The distance of two positions below which they are the same."""
_REACHES = 3.0
"""The distance from which a rule does not reach another one."""
_MOST_CELLS = 4_000
"""Cells above which a grid is a drawing."""


def grids(
    horizontal: Sequence[Rule], vertical: Sequence[Rule]
) -> Iterator[list[tuple[Place, Sides]]]:
    """The cells of each grid that rules make, with at least two columns."""
    if len(horizontal) <= 1 or len(vertical) < _FEWEST:
        return
    if len(horizontal) + len(vertical) > MOST_RULES:
        return
    rows_at, columns_at = _snapped(horizontal), _snapped(vertical)
    if len(columns_at) > _MOST_LINES or len(rows_at) > _MOST_LINES:
        return
    if sum(map(len, rows_at.values())) + sum(map(len, columns_at.values())) > _MOST_JOINED:
        return
    for tops, lefts in _connected(rows_at, columns_at):
        if len(tops) > 1 and len(lefts) >= _FEWEST and len(tops) * len(lefts) <= _MOST_CELLS:
            yield list(_cells(tops, lefts))


def _snapped(rules: Sequence[Rule]) -> dict[float, Spans]:
    """By position, from the first, the ranges that rules cover; near positions are the same."""
    by_position: dict[float, list[tuple[float, float]]] = defaultdict(list)
    at = float("-inf")
    for position, start, end in sorted(set(rules)):
        if position - at > _SNAP:
            at = position
        by_position[at].append((start, end))
    return {position: _united(sorted(ranges)) for position, ranges in by_position.items()}


def _united(ranges: Spans) -> Spans:
    united = [ranges[0]]
    for start, end in ranges[1:]:
        first, last = united[-1]
        if start <= last + _REACHES:
            united[-1] = (first, max(last, end))
        else:
            united.append((start, end))
    return united


def _connected(
    rows_at: Mapping[float, Spans], columns_at: Mapping[float, Spans]
) -> Iterator[tuple[dict[float, Spans], dict[float, Spans]]]:
    """The rules that touch each other, in groups, from the top."""
    free = [
        (position, start, end) for position, ranges in columns_at.items() for start, end in ranges
    ]
    rows = [(position, start, end) for position, ranges in rows_at.items() for start, end in ranges]
    while rows:
        group, columns = [rows.pop(0)], list[Rule]()
        for at, start, end in group:
            touched = [
                rule for rule in free
                if start - _REACHES <= rule[0] <= end + _REACHES
                and rule[1] - _REACHES <= at <= rule[2] + _REACHES
            ]  # fmt: skip
            if not touched:
                continue
            free = [rule for rule in free if rule not in touched]
            columns += touched
            top, bottom = min(rule[1] for rule in touched), max(rule[2] for rule in touched)
            near = [
                row for row in rows
                if top - _REACHES <= row[0] <= bottom + _REACHES and any(
                    row[1] - _REACHES <= rule[0] <= row[2] + _REACHES
                    and rule[1] - _REACHES <= row[0] <= rule[2] + _REACHES
                    for rule in touched
                )
            ]  # fmt: skip
            if near:
                rows = [row for row in rows if row not in near]
                group += near
        if columns:
            yield _by_position(group), _by_position(columns)


def _by_position(rules: Sequence[Rule]) -> dict[float, Spans]:
    grouped: dict[float, Spans] = defaultdict(list)
    for at, start, end in sorted(rules):
        grouped[at].append((start, end))
    return grouped


def _cells(
    rows_at: Mapping[float, Spans], columns_at: Mapping[float, Spans]
) -> Iterator[tuple[Place, Sides]]:
    """The cells between rules, the larger ones where rules are missing."""
    tops, lefts = list(rows_at), list(columns_at)
    above = [_covered(rows_at[top], lefts) for top in tops]
    beside = [_covered(columns_at[left], tops) for left in lefts]
    rows, columns = len(tops) - 1, len(lefts) - 1
    taken: set[tuple[int, int]] = set()
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            right, below = column + 1, row + 1
            while right < columns and row not in beside[right]:
                right += 1
            while below < rows and not any(place in above[below] for place in range(column, right)):
                below += 1
            if (below - row, right - column) != (1, 1):
                taken |= {(y, x) for y in range(row, below) for x in range(column, right)}
            place = (row, column, below - row, right - column)
            yield place, (lefts[column], tops[row], lefts[right], tops[below])


def _covered(ranges: Spans, edges: Sequence[float]) -> set[int]:
    """The spaces between edges whose middle a range covers."""
    middles = [(first + last) / 2 for first, last in pairwise(edges)]
    return {
        place
        for start, end in ranges
        for place in range(bisect_left(middles, start), bisect_right(middles, end))
    }
