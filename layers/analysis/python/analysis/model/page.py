"""A page and its lines of text."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self

from analysis.model.box import WHOLE_PAGE, Box, box_of, list_of
from analysis.model.form_field import FormField
from analysis.model.grid import Grid
from analysis.model.perspective import Perspective

type Source = Literal["text", "ocr", "xml", "computed", "barcode"]
"""The source of a fact: a text layer, OCR, embedded data, other facts of the document, a code."""


@dataclass(frozen=True, slots=True)
class Line:
    """A run of text on one line, without a wide gap in it: a cell, a label, a line of prose."""

    text: str
    box: Box

    def to_dict(self) -> dict[str, Any]:
        """The form in JSON."""
        return {"text": self.text, "box": list_of(self.box)}

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Self:
        """The line of `to_dict`; without a box it has the whole page."""
        return cls(raw["text"], box_of(raw["box"]) or WHOLE_PAGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Barcode:
    """A QR code or barcode: its format, such as `QRCode`, and its text."""

    format: str
    text: str
    box: Box

    def to_dict(self) -> dict[str, Any]:
        """The form in JSON."""
        return {"format": self.format, "text": self.text, "box": list_of(self.box)}

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Self:
        """The code of `to_dict`; without a box it has the whole page."""
        return cls(**{**raw, "box": box_of(raw["box"]) or WHOLE_PAGE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page as displayed. `number` counts from 0; sizes are points (1/72 inch) or pixels.

    `confidence` is that of the text: 1.0 for a text layer, the engine's mean for OCR. The image was
    turned by `turned` degrees clockwise to be read, and then by the few degrees of `tilt`; boxes
    are those of the page as displayed. Before both, a photograph was made flat by `perspective`.
    `areas` are the sheets of paper of one photograph, if there are several. `script_unread`: it has
    a script that OCR does not know; `blank`: nothing is drawn on it.
    """

    number: int
    width: float
    height: float
    source: Source
    confidence: float
    language: str | None = None
    turned: int = 0
    tilt: float = 0.0
    perspective: Perspective | None = None
    script_unread: bool = False
    blank: bool = False
    lines: tuple[Line, ...] = ()
    barcodes: tuple[Barcode, ...] = ()
    grids: tuple[Grid, ...] = ()
    form_fields: tuple[FormField, ...] = ()
    areas: tuple[Box, ...] = ()

    @property
    def text(self) -> str:
        """Its lines, one a line."""
        return "\n".join(line.text for line in self.lines)

    def upright(self, box: Box) -> Box:
        """A box of the displayed page on the page as it is read."""
        box = self.perspective.flattened(box) if self.perspective else box
        box = box.rotated(self.turned)
        return box.straightened(self.tilt, *self._size_turned()) if self.tilt else box

    def displayed(self, box: Box) -> Box:
        """A box of the page as it is read on the displayed page."""
        box = box.leaning(-self.tilt, *self._size_turned()) if self.tilt else box
        box = box.rotated(-self.turned)
        return self.perspective.displayed(box) if self.perspective else box

    def _size_turned(self) -> tuple[float, float]:
        sideways = self.turned in {90, 270}
        return (self.height, self.width) if sideways else (self.width, self.height)

    def to_dict(self) -> dict[str, Any]:
        """The form in JSON; sizes and degrees are rounded to two decimals."""
        return {
            "number": self.number,
            "width": round(self.width, 2),
            "height": round(self.height, 2),
            "source": self.source,
            "confidence": round(self.confidence, 3),
            "language": self.language,
            "turned": self.turned,
            "tilt": round(self.tilt, 2),
            "perspective": self.perspective.to_list() if self.perspective else None,
            "script_unread": self.script_unread,
            "blank": self.blank,
            "lines": [line.to_dict() for line in self.lines],
            "barcodes": [code.to_dict() for code in self.barcodes],
            "grids": [grid.to_dict() for grid in self.grids],
            "form_fields": [field.to_dict() for field in self.form_fields],
            "areas": [list_of(area) for area in self.areas],
        }

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Self:
        """The page of `to_dict`; the inline form has no lines, codes, grids or form fields."""
        lines = tuple(Line.from_dict(line) for line in raw.get("lines", ()))
        barcodes = tuple(Barcode.from_dict(code) for code in raw.get("barcodes", ()))
        grids = tuple(Grid.from_dict(grid) for grid in raw.get("grids", ()))
        form_fields = tuple(FormField.from_dict(field) for field in raw.get("form_fields", ()))
        areas = tuple(box_of(area) or WHOLE_PAGE for area in raw.get("areas", ()))
        flat = raw.get("perspective")
        perspective = None if flat is None else Perspective(tuple(flat))
        known = {
            "lines": lines,
            "barcodes": barcodes,
            "grids": grids,
            "form_fields": form_fields,
            "areas": areas,
            "perspective": perspective,
        }
        return cls(**{**raw, **known})
