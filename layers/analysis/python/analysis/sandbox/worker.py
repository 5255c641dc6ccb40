"""The child's side: sets its own limits, then serves requests until its pipe ends."""

import dataclasses
import os
import resource
import sys
import time
import traceback
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from analysis.errors import Reason, Unreadable
from analysis.limits import Limits
from analysis.model import Page, Result
from analysis.sandbox import protocol

if TYPE_CHECKING:
    from analysis.formats.open_document import OpenFile

type Frame = tuple[dict[str, Any], bytes]

_PATIENCE_A_PAGE = 0.2
"""Seconds that the extraction of one page may take, after it was read."""

_NESTED_TOO_DEEPLY = Reason("nested_too_deeply")


def main() -> None:
    """Serve standard input. Output of libraries is kept apart from the responses."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    serve(sys.stdin.buffer, answers)


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """The first frame contains the limits, each further one is a request."""
    first = protocol.receive(requests)
    if first is None:
        return
    limits = Limits(**first[0])
    _limit_memory(limits.memory_bytes)
    used = False
    while (request := protocol.receive(requests)) is not None:
        head, data = request
        try:
            for answer, body in _answer(head, data, limits, used=used):
                protocol.send(answers, answer, body)
        except Unreadable as failed:
            protocol.send(answers, {"unreadable": failed.reason.to_dict()})
        except MemoryError:
            protocol.send(answers, {"memory": True})
        except RecursionError:
            protocol.send(answers, {"unreadable": _NESTED_TOO_DEEPLY.to_dict()})
        except Exception:  # noqa: BLE001 - the parent receives and raises it
            protocol.send(answers, {"failed": traceback.format_exc()})
        protocol.send(answers, {"done": True})
        used = True


def _limit_memory(at_most: int) -> None:
    """Memory that is written to counts in full, memory that is only reserved or mapped by half."""
    resource.setrlimit(resource.RLIMIT_DATA, (at_most, at_most))
    resource.setrlimit(resource.RLIMIT_AS, (2 * at_most, 2 * at_most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(head: dict[str, Any], data: bytes, limits: Limits, *, used: bool) -> Iterator[Frame]:
    match head["ask"]:
        case "outline":
            from analysis.formats import open_document  # noqa: PLC0415 - loads the engines

            with open_document.open_file(data, head["kind"], limits) as document:
                yield {"outline": dataclasses.asdict(document.outline())}, b""
        case "read":
            yield from _read(head, data, limits, used=used)
        case "previews":
            from analysis.formats import previews  # noqa: PLC0415 - loads the engines

            for preview in previews.of(data, head["kind"], head["pages"], limits):
                sizes = {"page": preview.page, "width": preview.width, "height": preview.height}
                cut = len(preview.thumbnail)
                yield {"preview": sizes, "cut": cut}, preview.thumbnail + preview.readable
        case "join":
            from analysis.extract import pipeline  # noqa: PLC0415 - only the child loads it

            parts = [Result.from_dict(part) for part in head["parts"]]
            yield {"patience": _PATIENCE_A_PAGE * sum(len(part.pages) for part in parts)}, b""
            yield {"result": pipeline.join(parts).to_dict()}, b""


def _read(head: dict[str, Any], data: bytes, limits: Limits, *, used: bool) -> Iterator[Frame]:
    """Send a frame before and after each page, then the whole result.

    `have` are the pages that an earlier child read, `lost` those it could not read, with the
    reason. With `skip_failed_pages`, a page on which the reader's own code fails is `lost` too, if
    another page can be read. Only a new child finds a page too large; a used child raises
    MemoryError, and a new one continues.
    """
    from analysis.extract import pipeline  # noqa: PLC0415 - only the child loads it
    from analysis.formats import open_document  # noqa: PLC0415 - loads the engines

    started = time.monotonic()
    pages = {raw["number"]: Page.from_dict(raw) for raw in head["have"]}
    lost = {raw["page"]: Reason.from_dict(raw) for raw in head["lost"]}
    failed: Exception | None = None
    with open_document.open_file(data, head["kind"], limits) as document:
        total = document.page_count
        wanted = range(total) if head["pages"] is None else range(*head["pages"])
        for number in wanted:
            if number in pages or number in lost or number >= total:
                continue
            if time.monotonic() - started > head["seconds"]:
                lost[number] = Reason("page_out_of_time")
                continue
            yield {"starting": number}, b""
            try:
                page = _page_or_reason(document, number, used=used)
            except MemoryError:
                raise
            except Exception as ours:
                if not head["skip_failed_pages"]:
                    raise
                lost[number], failed = Reason("page_reader_failed"), ours
                continue
            finally:
                used = True
            if isinstance(page, Reason):
                lost[number] = page
                yield {"lost": {"page": number, **page.to_dict()}}, b""
            else:
                pages[number] = page
                yield {"page": page.to_dict()}, b""
        if failed is not None and not pages:
            raise failed
        yield {"patience": _PATIENCE_A_PAGE * len(pages)}, b""
        reading = pipeline.extract(
            kind_of_file=head["kind"],
            page_count=total,
            pages=[pages[number] for number in sorted(pages)],
            lost=lost,
            embedded=document.embedded(),
            warnings=document.warnings(),
        )
    yield {"result": reading.to_dict()}, b""


def _page_or_reason(document: "OpenFile", number: int, *, used: bool) -> Page | Reason:
    """The page, or the reason why it cannot be read."""
    try:
        return document.page(number)
    except Unreadable as unreadable:
        return unreadable.reason
    except MemoryError:
        if used:
            raise
        return Reason("page_too_much_memory")
    except RecursionError:
        return _NESTED_TOO_DEEPLY
