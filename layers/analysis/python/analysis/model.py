"""The data model: pages with their text, facts with their evidence, and the result.

Everything here is a frozen value that goes to JSON and back without loss.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Literal, Self

from analysis.errors import warning

type Source = Literal["text", "ocr", "xml", "computed"]
"""Where a fact comes from: a text layer, OCR, embedded data, or other facts of the document."""
type Kind = Literal["invoice", "receipt", "contract", "letter", "form", "statement", "other"]
type Normalised = str | dict[str, Any] | None

FACTS_INLINE = 400
"""How many facts, table rows and phrases the inline form keeps: far below 400 KB of JSON."""
TEXT_INLINE = 600
"""How many characters of one value the inline form keeps."""
_TABLES_INLINE, _ROWS_INLINE, _COLUMNS_INLINE, _CELL_INLINE = 20, 50, 12, 80
_DESCRIPTION_INLINE = 200


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, its origin top left: usually in fractions 0..1 of the page as displayed.

    In JSON it is `[left, top, right, bottom]`, rounded to four decimals.
    """

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def center_x(self) -> float:
        return (self.left + self.right) / 2

    @property
    def center_y(self) -> float:
        return (self.top + self.bottom) / 2

    def union(self, *others: "Box") -> "Box":
        """The smallest box that contains this one and the others."""
        boxes = (self, *others)
        return Box(
            min(box.left for box in boxes),
            min(box.top for box in boxes),
            max(box.right for box in boxes),
            max(box.bottom for box in boxes),
        )

    def contains(self, *, y: float) -> bool:
        """Whether this height on the page is between the box's top and bottom."""
        return self.top <= y <= self.bottom

    def overlap(self, other: "Box") -> float:
        """The width that both boxes cover; negative when one is beside the other."""
        return min(self.right, other.right) - max(self.left, other.left)

    def rotated(self, degrees: int) -> "Box":
        """The box after its page is turned clockwise by a multiple of 90 degrees."""
        match degrees % 360:
            case 90:
                return Box(1 - self.bottom, self.left, 1 - self.top, self.right)
            case 180:
                return Box(1 - self.right, 1 - self.bottom, 1 - self.left, 1 - self.top)
            case 270:
                return Box(self.top, 1 - self.right, self.bottom, 1 - self.left)
            case _:
                return self

    def to_list(self) -> list[float]:
        return [round(side, 4) for side in (self.left, self.top, self.right, self.bottom)]


WHOLE_PAGE = Box(0.0, 0.0, 1.0, 1.0)


def _box(raw: Sequence[float] | None) -> Box | None:
    return None if raw is None else Box(*raw)


def _to_list(box: Box | None) -> list[float] | None:
    return None if box is None else box.to_list()


@dataclass(frozen=True, slots=True)
class Line:
    """A run of text on one line, without a wide gap in it: a cell, a label, a line of prose."""

    text: str
    box: Box

    def to_dict(self) -> dict[str, Any]:
        return {"text": self.text, "box": _to_list(self.box)}

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Self:
        return cls(raw["text"], _box(raw["box"]) or WHOLE_PAGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page as displayed. `number` counts from 0; sizes are points (1/72 inch) or pixels.

    `confidence` is how sure the text is: 1.0 for a text layer, the engine's mean for OCR.
    `turned` is by how many degrees clockwise the picture had to be turned to be read; boxes
    stay those of the page as displayed.
    """

    number: int
    width: float
    height: float
    source: Source
    confidence: float
    language: str | None = None
    turned: int = 0
    lines: tuple[Line, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    def to_dict(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "width": round(self.width, 2),
            "height": round(self.height, 2),
            "source": self.source,
            "confidence": round(self.confidence, 3),
            "language": self.language,
            "turned": self.turned,
            "lines": [line.to_dict() for line in self.lines],
        }

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Self:
        known = {**raw, "lines": tuple(Line.from_dict(line) for line in raw.get("lines", ()))}
        return cls(**known)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing the document states, and where.

    `value` is as printed. `normalised` is an ISO date (`2026-01-31`), a time (`14:05`), money
    (`{"minor": 1234, "currency": "eur"}`, currency null when none is stated), an E.164 phone
    number, an IBAN without blanks, or the text with its blanks collapsed. `page` counts from 0
    and is null with `box` where a fact comes from embedded data and is not found on a page.
    `confidence` is calibrated: of facts said to be 0.9 sure, nine in ten are right. A `computed`
    fact is printed nowhere: its value and box are those of what it follows from, such as the terms
    that make a due date.
    """

    name: str
    value: str
    normalised: Normalised
    page: int | None
    box: Box | None
    confidence: float
    source: Source

    def to_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "value": self.value,
            "normalised": self.normalised,
            "page": self.page,
            "box": _to_list(self.box),
            "confidence": round(self.confidence, 3),
            "source": self.source,
        }

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Self:
        return cls(**{**raw, "box": _box(raw["box"])})


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of cells as text, and where they stand."""

    page: int
    box: Box
    rows: tuple[tuple[str, ...], ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "page": self.page,
            "box": _to_list(self.box),
            "rows": [list(row) for row in self.rows],
        }

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Self:
        rows = tuple(tuple(row) for row in raw["rows"])
        return cls(page=raw["page"], box=_box(raw["box"]) or WHOLE_PAGE, rows=rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineItem:
    """A position of an invoice or receipt. Numbers are decimal strings as `12.50`, or null."""

    description: str
    quantity: str | None
    unit_price: str | None
    amount: str
    page: int | None
    box: Box | None

    def to_dict(self) -> dict[str, Any]:
        return {
            "description": self.description,
            "quantity": self.quantity,
            "unit_price": self.unit_price,
            "amount": self.amount,
            "page": self.page,
            "box": _to_list(self.box),
        }

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Self:
        return cls(**{**raw, "box": _box(raw["box"])})


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Everything read from one document, or from a range of its pages.

    The dict of `to_dict` has these fields by these names:

    - `reader_version` what read it; `kind_of_file` pdf, docx, png or jpeg
    - `page_count` of the whole document; `pages` those read, each with its lines
    - `kind`, `kind_score` 0..1; `language` ISO 639-1 or null; `headline` one line or null
    - `summary` sentences quoted from the pages: `[{"text", "page"}]`
    - `facts` the best candidate of a name first, see `Fact`
    - `tables`, `line_items`, see `Table`, `LineItem`
    - `parties` `[{"role", "name"}]`; `key_phrases` `[str]`
    - `warnings` `[{"code", "params"}]`: what a person should know before relying on the facts
    - `unread` `[{"page", "code", "params"}]`: pages that could not be read; `partial`: any
    """

    reader_version: str
    kind_of_file: str
    page_count: int
    pages: tuple[Page, ...]
    kind: Kind = "other"
    kind_score: float = 0.0
    language: str | None = None
    headline: str | None = None
    summary: tuple[dict[str, Any], ...] = ()
    facts: tuple[Fact, ...] = ()
    tables: tuple[Table, ...] = ()
    line_items: tuple[LineItem, ...] = ()
    parties: tuple[dict[str, str], ...] = ()
    key_phrases: tuple[str, ...] = ()
    warnings: tuple[dict[str, Any], ...] = ()
    unread: tuple[dict[str, Any], ...] = ()
    partial: bool = False
    embedded: tuple[Fact, ...] = field(default=())
    """Facts of embedded data (an e-invoice's XML), separate so that ranges can be joined."""
    embedded_items: tuple[LineItem, ...] = field(default=())

    def to_dict(self) -> dict[str, Any]:
        """Everything, JSON-safe."""
        return {field_.name: _jsonable(getattr(self, field_.name)) for field_ in fields(self)}

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Self:
        """The reading whose `to_dict` was given. Unknown fields are an error."""
        known: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value
                 for name, value in raw.items()}  # fmt: skip
        for name, parse in _PARSERS.items():
            known[name] = tuple(parse(item) for item in raw.get(name, ()))
        return cls(**known)

    def facts_dict(self) -> dict[str, Any]:
        """As `to_dict` without the lines of the pages, capped to stay well below 400 KB.

        When something was left out, `warnings` says so with the code `capped`.
        """
        whole = self.to_dict()
        for name in ("embedded", "embedded_items"):
            del whole[name]
        capped = False
        for page in whole["pages"]:
            del page["lines"]
        for name in ("facts", "tables", "line_items", "parties", "key_phrases", "unread"):
            allowed = _TABLES_INLINE if name == "tables" else FACTS_INLINE
            capped = capped or len(whole[name]) > allowed
            whole[name] = whole[name][:allowed]
        for table in whole["tables"]:
            capped = capped or len(table["rows"]) > _ROWS_INLINE
            table["rows"] = [
                [cell[:_CELL_INLINE] for cell in row[:_COLUMNS_INLINE]]
                for row in table["rows"][:_ROWS_INLINE]
            ]
        for fact in whole["facts"]:
            fact["value"] = fact["value"][:TEXT_INLINE]
            if isinstance(fact["normalised"], str):
                fact["normalised"] = fact["normalised"][:TEXT_INLINE]
        for item in whole["line_items"]:
            item["description"] = item["description"][:_DESCRIPTION_INLINE]
        if len(whole["pages"]) > FACTS_INLINE:
            capped = True
            whole["pages"] = whole["pages"][:FACTS_INLINE]
        if capped:
            whole["warnings"].append(warning("capped"))
        return whole


def _jsonable(value: Any) -> Any:
    if isinstance(value, tuple):
        return [item.to_dict() if hasattr(item, "to_dict") else item for item in value]
    return value


_PARSERS: dict[str, Callable[[Mapping[str, Any]], Any]] = {
    "pages": Page.from_dict,
    "facts": Fact.from_dict,
    "tables": Table.from_dict,
    "line_items": LineItem.from_dict,
    "embedded": Fact.from_dict,
    "embedded_items": LineItem.from_dict,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A document before it is read: what it is, how long, and which pages need OCR (from 0)."""

    kind_of_file: str
    page_count: int
    needs_ocr: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """Pictures of one page as WebP bytes: a thumbnail and one wide enough to read.

    `width` and `height` are the readable picture's pixels; a box times these is where it stands.
    """

    page: int
    width: int
    height: int
    thumbnail: bytes
    readable: bytes
