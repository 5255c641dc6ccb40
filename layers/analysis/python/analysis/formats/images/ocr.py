"""The interface to OCR engines: from an image to its lines with boxes and confidence.

`Engine` is the interface; another engine is another class with this one method, listed in
`_ENGINES`. The fallback for faster-paddle is Tesseract, an executable that Debian and Lambda
container images provide. It is used only if it is installed, and works only where the system
refuses the sandbox's filter of system calls, which lets no program start.
"""

import csv
import io
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import cache
from typing import Protocol

from PIL import Image

from analysis.formats.images import spelling, tilt
from analysis.model import Box, Line
from analysis.model.perspective import Perspective

MAX_SIDE_PIXELS = 2600
"""Pixels of the longer side to which images are reduced before OCR."""
_DETECTED_AT = 1280
"""Pixels of the longer side at which lines are searched; they are read at full size."""
_SURE = 0.9
"""Confidence from which no other rotation is tried."""
_TURN_BELOW = 0.8
"""Below this confidence text may be upside down: such text has 0.5 to 0.72, upright above 0.85."""
_MOSTLY = 0.5
"""The share of tall lines above which a page is sideways."""
_NO_WORSE = 0.02
"""By how much confidence may fall when an image is straightened: its rows matter more."""
_FEWEST_LETTERS = 15
"""Letters below which two models are not compared: agreement would be chance."""
_COMPARED = 1_500
"""First letters that are compared, at a limited cost of time."""
_AGREED = 0.6
"""The share of letters that both models agree on, below which they do not know the script."""
_LEAST_CONFIDENCE = 0.2
"""The least factor for a page whose models disagree."""
_MIXED = 0.15
"""The share of words of two scripts from which a page is of a script that is not known."""
_PER_MIXED = 3
"""How much of the confidence such words take, in shares of the page: most letters are wrong."""
_TESSERACT_SECONDS = 50
"""Time that Tesseract has for one image."""
_NO_MEMORY = re.compile("failed to allocate memory|bad_alloc", re.IGNORECASE)
_GAP = 1.2
"""A gap wider than this many heights of a line's tallest word splits Tesseract's lines."""

type OcrLine = tuple[str, float, Box]
"""A line's text, its confidence 0..1, and its box in pixels."""
type _Word = tuple[str, float, Box]


class Engine(Protocol):
    """What recognises text in an image."""

    def lines(self, image: bytes) -> list[OcrLine]:
        """The lines of text in an encoded image."""
        ...


class Paddle:
    """PP-OCR from faster-paddle: the models are in the wheel, nothing is downloaded."""

    def __init__(self, model: str) -> None:
        from faster_paddle import OcrEngine  # noqa: PLC0415 - 60 MB

        self._engine = OcrEngine(model_size=model, det_max_side=_DETECTED_AT)

    def lines(self, image: bytes) -> list[OcrLine]:
        """The lines that have text, with boxes in pixels.

        Raises `MemoryError` if memory runs out.
        """
        try:
            bounds = self._engine.ocr(image)["bounds"]
        except RuntimeError as failed:
            if not _NO_MEMORY.search(str(failed)):
                raise
            bounds = None
        if bounds is None:
            raise MemoryError
        return [
            (
                line["text"],
                line["confidence"],
                Box(*line["topLeftCoord"], *line["bottomRightCoord"]),
            )
            for line in bounds.values()
            if line["text"].strip()
        ]


class Tesseract:
    """The `tesseract` executable; its words are joined to lines."""

    def __init__(self, model: str) -> None:
        del model  # Tesseract has only one
        self._path = shutil.which("tesseract", path="/usr/local/bin:/usr/bin:/opt/bin")
        if self._path is None:
            raise FileNotFoundError("tesseract is not installed")

    def lines(self, image: bytes) -> list[OcrLine]:
        """The lines, with boxes in pixels.

        Raises `subprocess.SubprocessError` if Tesseract fails or takes too long.
        """
        command = [str(self._path), "stdin", "stdout", "--psm", "3", "tsv"]
        completed = subprocess.run(  # noqa: S603 - the image is passed by a pipe
            command, input=image, capture_output=True, timeout=_TESSERACT_SECONDS, check=True
        )
        return list(tesseract_lines(completed.stdout.decode()))


def tesseract_lines(tsv: str) -> Iterator[OcrLine]:
    """The lines of Tesseract's table of words; a wide gap, as between columns, splits a line."""
    by_line: dict[tuple[str, ...], list[_Word]] = {}
    for row in csv.DictReader(io.StringIO(tsv), delimiter="\t", quoting=csv.QUOTE_NONE):
        if (row["text"] or "").strip() and float(row["conf"]) >= 0:
            key = (row["page_num"], row["block_num"], row["par_num"], row["line_num"])
            left, top = float(row["left"]), float(row["top"])
            box = Box(left, top, left + float(row["width"]), top + float(row["height"]))
            by_line.setdefault(key, []).append((row["text"], float(row["conf"]) / 100, box))
    for line_words in by_line.values():
        tallest = max(box.height for _, _, box in line_words)
        run: list[_Word] = []
        for word in line_words:
            if run and word[2].left - run[-1][2].right > _GAP * tallest:
                yield _joined(run)
                run = []
            run.append(word)
        yield _joined(run)


def _joined(line_words: list[_Word]) -> OcrLine:
    first, *others = (box for _, _, box in line_words)
    mean_confidence = sum(confidence for _, confidence, _ in line_words) / len(line_words)
    return " ".join(text for text, _, _ in line_words), mean_confidence, first.union(*others)


_ENGINES: tuple[Callable[[str], Engine], ...] = (Paddle, Tesseract)


@cache
def engine(model: str) -> Engine:
    """The first installed engine, with its fast (`tiny`) or its accurate (`small`) model."""
    missing: Exception | None = None
    for make in _ENGINES:
        try:
            return make(model)
        except (ImportError, FileNotFoundError) as failed:
            missing = missing or failed
    raise RuntimeError("no OCR engine is installed") from missing


def _recognise_lines(image: bytes, model: str) -> list[OcrLine]:
    """The lines that the engine finds.

    An engine retains the memory of the largest image it has processed. If memory runs out, a new
    engine tries once more.
    """
    with suppress(MemoryError):
        return engine(model).lines(image)
    # Outside the handler: the exception's frames would keep the old engine alive.
    engine.cache_clear()
    return engine(model).lines(image)


@dataclass(frozen=True, slots=True)
class OcrPage:
    """The OCR result of an image.

    Its lines in reading order, with boxes as fractions of the image as given; the engine's mean
    confidence; by how many degrees clockwise the image was turned, and then straightened; and each
    line's confidence.
    """

    lines: list[Line]
    confidence: float
    turned: int
    of_lines: list[float] = field(default_factory=list)
    tilt: float = 0.0
    script_unread: bool = False
    perspective: Perspective | None = None


def read_image(image: Image.Image, *, model: str, like: OcrPage | None = None) -> OcrPage:
    """The text of an image, which is turned if it is sideways or upside down, and straightened.

    An image that another model found leaning is straightened `like` that.
    """
    image.thumbnail((MAX_SIDE_PIXELS, MAX_SIDE_PIXELS))
    if like is not None and like.tilt:
        turned_image = image.rotate(-like.turned, expand=True) if like.turned else image
        return _read_straight(turned_image, like.turned, like.tilt, model)
    ocr_page = _read_turned(image, model, like.turned if like is not None else 0)
    turned_image = image.rotate(-ocr_page.turned, expand=True) if ocr_page.turned else image
    boxes = [(len(line.text), line.box.rotated(ocr_page.turned)) for line in ocr_page.lines]
    degrees = tilt.of_image(turned_image, boxes)
    if not degrees:
        return ocr_page
    straight = _read_straight(turned_image, ocr_page.turned, degrees, model)
    better = straight.confidence > ocr_page.confidence - _NO_WORSE
    return straight if better else ocr_page


def compared(fast: OcrPage, accurate: OcrPage) -> OcrPage:
    """The accurate model's result, which is marked if the models do not know its script.

    Both know the same letters, and agree on most of them even in a bad photograph. Of letters that
    they do not know, one makes similar shapes and the other nothing.
    """
    first, second = (_letters(ocr_page) for ocr_page in (fast, accurate))
    if len(first) < _FEWEST_LETTERS:
        return accurate
    agreement = SequenceMatcher(None, first, second, autojunk=False).ratio()
    if agreement >= _AGREED:
        return accurate
    confidence = accurate.confidence * max(agreement, _LEAST_CONFIDENCE)
    return replace(accurate, script_unread=True, confidence=confidence)


def judged(ocr_page: OcrPage) -> OcrPage:
    """The result, marked if many of its words mix scripts: its letters are of an unknown one."""
    mixed = spelling.mixed_share(line.text for line in ocr_page.lines)
    if ocr_page.script_unread or mixed < _MIXED:
        return ocr_page
    confidence = ocr_page.confidence * max(1 - _PER_MIXED * mixed, _LEAST_CONFIDENCE)
    return replace(ocr_page, script_unread=True, confidence=confidence)


def _letters(ocr_page: OcrPage) -> str:
    text = "".join(line.text for line in ocr_page.lines)
    return "".join(filter(str.isalpha, text)).casefold()[:_COMPARED]


def _read_straight(image: Image.Image, turned: int, degrees: float, model: str) -> OcrPage:
    """The text of a turned image after it is straightened by so many degrees clockwise."""
    level = image.rotate(
        -degrees, resample=Image.Resampling.BICUBIC, fillcolor=tilt.background_colour(image)
    )
    ocr_page, _ = _recognise(level, 0, model)
    lines = [
        Line(line.text, line.box.leaning(-degrees, *image.size).rotated(-turned))
        for line in ocr_page.lines
    ]
    return replace(ocr_page, lines=lines, turned=turned, tilt=degrees)


def _read_turned(image: Image.Image, model: str, likely: int) -> OcrPage:
    """The text at the rotation that is legible; first at the `likely` one."""
    if likely:
        ocr_page, tall = _recognise(image, likely, model)
        if ocr_page.confidence >= _TURN_BELOW and tall <= _MOSTLY:
            return ocr_page
    ocr_page, tall = _recognise(image, 0, model)
    if not ocr_page.lines:
        return ocr_page
    if tall > _MOSTLY:
        if ocr_page.confidence >= _TURN_BELOW:
            # The engine rotated each line itself; only the page's rotation is missing.
            return _ordered(replace(ocr_page, turned=270))
        angles = [90, 270]
    else:
        angles = [180, 90, 270] if ocr_page.confidence < _TURN_BELOW else []
    best = ocr_page
    for turned in angles:
        other, still_tall = _recognise(image, turned, model)
        if still_tall <= _MOSTLY and other.confidence > max(best.confidence, _TURN_BELOW):
            best = other
        if best.confidence > _SURE:
            break
    return best


def _recognise(image: Image.Image, turned: int, model: str) -> tuple[OcrPage, float]:
    """The OCR result of the image turned by that angle, and the share of lines taller than wide."""
    turned_image = image.rotate(-turned, expand=True) if turned else image
    buffer = io.BytesIO()
    turned_image.save(buffer, "BMP")
    width, height = turned_image.size
    lines: list[Line] = []
    of_lines: list[float] = []
    weight = total = tall = 0.0
    for text, confidence, pixels in _recognise_lines(buffer.getvalue(), model):
        box = Box(
            _part(pixels.left, width),
            _part(pixels.top, height),
            _part(pixels.right, width),
            _part(pixels.bottom, height),
        )
        lines.append(Line(spelling.repaired(text), box.rotated(-turned)))
        of_lines.append(confidence)
        weight += len(text)
        total += confidence * len(text)
        tall += len(text) if pixels.height > pixels.width and len(text) > 1 else 0
    mean_confidence = total / weight if weight else 0.0
    return OcrPage(lines, mean_confidence, turned, of_lines), tall / weight if weight else 0.0


def _part(at: float, whole: int) -> float:
    return min(1.0, max(0.0, at / whole))


def _ordered(ocr_page: OcrPage) -> OcrPage:
    """The lines from the top to the bottom of the upright page."""

    def place(line: tuple[Line, float]) -> tuple[float, float]:
        box = line[0].box.rotated(ocr_page.turned)
        return box.center_y, box.left

    ordered = sorted(zip(ocr_page.lines, ocr_page.of_lines, strict=True), key=place)
    return replace(
        ocr_page,
        lines=[line for line, _ in ordered],
        of_lines=[confidence for _, confidence in ordered],
    )
