"""A simulated reader: its results follow from the file, after some time, and it sometimes fails.

It replaces the child process only. Everything around it is the real code: the messages, the
parts and their join, the objects in the bucket.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import cache
from typing import Any
from unittest.mock import patch

from analysis import READER_VERSION, Box, Fact, Outline, Page, ReaderFailed, Result, Unreadable
from analysis.errors import Reason
from analysis.model.page import Line
from docket.workflows.documents import reading
from docket.workflows.orders import analysis
from infra.endpoints.events import READ_DOCUMENT
from tests.simulation.aws import SimulatedAws
from tests.simulation.environment.contents import Content
from tests.simulation.faults import Fault

SECONDS_A_PAGE = 4.0
LONGEST_PART_SECONDS = 60.0
"""The reader's time limit, which no part exceeds."""

SHORT = 5
"""Documents with fewer pages are not read in parts."""

NEWER_VERSION = f"{READER_VERSION}+1"
"""The version of the next release, by which documents can be read again."""


class Reader:
    """The reader of the present life."""

    def __init__(self) -> None:
        self._aws: SimulatedAws | None = None
        self.started: list[tuple[float, str]] = []
        """The time and the name of each file, or part of one, whose reading has started."""

    def live(self, aws: SimulatedAws) -> None:
        """Read for this life from now on."""
        self._aws = aws
        self.started = []
        self.hangs_until = 0.0
        """In seconds since 1970."""
        self.version = READER_VERSION

    @property
    def version(self) -> str:
        """The version that is deployed. Another one finds other words in the same file."""
        return str(vars(analysis)["READER_VERSION"])

    @version.setter
    def version(self, version: str) -> None:
        for module in (analysis, reading):
            vars(module)["READER_VERSION"] = version

    def hang(self, seconds: float) -> None:
        """Let no reading end for so long: the function times out, whenever it is tried again."""
        self.hangs_until = self._current_aws.clock.true_time() + seconds

    def replacements(self) -> Mapping[str, Any]:
        """What is replaced in `docket.workflows.documents.reading`, by name."""
        return {
            "identify": lambda data, filename, content_type: "pdf",
            "outline": self.outline,
            "read": self.read,
            "join": join,
            "READER_VERSION": READER_VERSION,
            "previews": lambda *arguments, **limits: iter(()),
            "sandbox_refused": lambda: False,
            "seal_process": lambda: (),
        }

    def outline(self, data: bytes, *names: str, **limits: Any) -> Outline:
        """All pages of a long document need OCR."""
        self._work(0.1)
        content = content_of(data)
        if not content.pages:
            raise Unreadable("damaged")
        return Outline(
            kind_of_file="pdf", page_count=content.pages, needs_ocr=tuple(range(content.pages))
        )

    def read(self, data: bytes, *names: str, pages: range | None = None, **limits: Any) -> Result:
        """The result of a document or of some pages; only the first pages can be read."""
        content = content_of(data)
        self.started.append((self._current_aws.clock.true_time(), content.name))
        page_range = pages or range(content.pages)
        self._work(SECONDS_A_PAGE * max(1, len(page_range)))
        version, partial = self.version, pages is not None
        return result(content, page_range.start, page_range.stop, version=version, partial=partial)

    @property
    def _current_aws(self) -> SimulatedAws:
        assert self._aws, "no life has begun"
        return self._aws

    def _work(self, seconds: float) -> None:
        aws = self._current_aws
        if aws.clock.true_time() < self.hangs_until:
            aws.clock.sleep(READ_DOCUMENT.timeout_seconds)
        aws.clock.sleep(min(LONGEST_PART_SECONDS, aws.random.uniform(0.3, 1) * seconds))
        if aws.faults.fires(Fault.READER_FAILED, "reader"):
            raise ReaderFailed


@contextmanager
def simulated_reader() -> Iterator[Reader]:
    """Read documents with a reader of lives."""
    reader = Reader()
    with ExitStack() as stack:
        for name, replacement in reader.replacements().items():
            stack.enter_context(patch.object(reading, name, replacement))
        stack.enter_context(patch.object(analysis, "READER_VERSION", READER_VERSION))
        yield reader


@cache
def content_of(data: bytes) -> Content:
    """What a file contains. The samples, which no customer made, have two pages each."""
    header = re.fullmatch(rb"(\S+) (\d+) (\d+) (\S+) (\d+) \.*", data)
    if not header:
        return Content(name=f"sample-{len(data)}", pages=2, readable=2)
    name, pages, readable, code, saved = header.groups()
    return Content(
        name=name.decode(),
        pages=int(pages),
        readable=int(readable),
        code=code.decode(),
        saved=int(saved),
    )


def readable_pages(content: Content, version: str | None) -> int:
    """How many pages that version reads. The newer one reads fewer of some short documents."""
    is_short = 1 < content.readable == content.pages < SHORT
    return content.readable - int(is_short and version == NEWER_VERSION)


@cache
def result(content: Content, first: int, end: int, *, version: str, partial: bool) -> Result:
    """The result of a page range. Raises `Unreadable` if no page of it can be read."""
    if not content.pages:
        raise Unreadable("damaged")
    most = readable_pages(content, version)
    readable = [page for page in range(first, end) if page < most]
    unread = [page for page in range(first, end) if page >= most]
    if not readable:
        raise Unreadable("no_text")
    pages = [_page(content.name, page, version) for page in readable]
    read = _of_pages(content.pages, pages, unread, version=version, partial=partial)
    return read if first else replace(read, facts=(_fact(content.code),))


def join(parts: Sequence[Result], **limits: Any) -> Result:
    """The result of a document from those of its parts."""
    pages = [page for part in parts for page in part.pages]
    unread = [entry["page"] for part in parts for entry in part.unread]
    version = parts[0].reader_version
    read = _of_pages(parts[0].page_count, pages, unread, version=version, partial=False)
    return replace(read, facts=tuple(fact for part in parts for fact in part.facts))


def _of_pages(
    page_count: int,
    pages: Sequence[Page],
    unread: Sequence[int],
    *,
    version: str,
    partial: bool,
) -> Result:
    reason = Reason("no_text").to_dict()
    return Result(
        reader_version=version,
        kind_of_file="pdf",
        page_count=page_count,
        pages=tuple(pages),
        unread=tuple({"page": page, **reason} for page in unread),
        partial=partial,
    )


def _fact(code: str) -> Fact:
    """What the payment code on the first page states."""
    return Fact(
        name="payment_reference",
        value=code,
        normalised=code,
        page=0,
        box=None,
        confidence=0.99,
        source="barcode",
    )


def _page(name: str, number: int, version: str) -> Page:
    text = " ".join(f"{name}-{number}-{word}-{version}" for word in range(20))
    return Page(
        number=number,
        width=1.0,
        height=1.0,
        source="ocr",
        confidence=1.0,
        lines=(Line(text, Box(0.0, 0.0, 1.0, 1.0)),),
    )
