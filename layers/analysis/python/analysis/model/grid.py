"""The cells of a table whose borders are drawn, or which a file states as such."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from analysis.model.box import WHOLE_PAGE, Box


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell from a row and a column, counted from 0, over as many of them as it spans."""

    box: Box
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a table in reading order. In JSON a cell is a list: its place, then its box.

    `stated`: the file itself says that it is a table; otherwise its rules are drawn.
    """

    cells: tuple[Cell, ...]
    stated: bool = False

    @property
    def box(self) -> Box:
        """The smallest box around all cells."""
        boxes = [cell.box for cell in self.cells] or [WHOLE_PAGE]
        return boxes[0].union(*boxes[1:])

    @property
    def column_count(self) -> int:
        """Columns, counting those that only a merged cell has."""
        return max((cell.column + cell.column_span for cell in self.cells), default=0)

    @property
    def row_count(self) -> int:
        """Rows, counting those that only a merged cell has."""
        return max((cell.row + cell.row_span for cell in self.cells), default=0)

    def rotated(self, degrees: int) -> "Grid":
        """The grid after its page is turned clockwise; its rows and columns stay as they are."""
        cells = tuple(replace(cell, box=cell.box.rotated(degrees)) for cell in self.cells)
        return replace(self, cells=cells)

    def to_dict(self) -> dict[str, Any]:
        """The form in JSON. A cell is its row, column, their spans, and the sides of its box."""
        return {
            "cells": [
                [cell.row, cell.column, cell.row_span, cell.column_span, *cell.box.to_list()]
                for cell in self.cells
            ],
            "stated": self.stated,
        }

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Self:
        """The grid of `to_dict`."""
        cells = (
            Cell(Box(*sides), row, column, row_span, column_span)
            for row, column, row_span, column_span, *sides in raw["cells"]
        )
        return cls(tuple(cells), raw["stated"])
