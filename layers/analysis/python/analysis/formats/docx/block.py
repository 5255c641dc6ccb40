"""The blocks of a document: paragraphs, and rows of tables."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CellText:
    """A cell's text, and its place in the columns of its table.

    Each paragraph, and what a line break ends, is a line of the text. The cell `continues` the one
    above it, with which it is merged.
    """

    text: str
    column: int = 0
    column_span: int = 1
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph as one cell, or a row of a table, with the number of that table."""

    cells: tuple[CellText, ...]
    table: int | None = None

    @property
    def texts(self) -> list[str]:
        """The text of each cell; a paragraph has one."""
        return [cell.text for cell in self.cells]


def block(*texts: str) -> Block:
    """A paragraph, or texts side by side, that belong to no table."""
    return Block(tuple(CellText(text, column) for column, text in enumerate(texts)))


def lines_of(text: str) -> str:
    """The text with one space for other whitespace within its lines, and without empty lines."""
    return "\n".join(line for line in (" ".join(part.split()) for part in text.split("\n")) if line)
