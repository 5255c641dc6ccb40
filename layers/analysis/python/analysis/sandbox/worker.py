"""The child's side: confines itself, then serves requests until its pipe ends.

The filter of system calls is installed before the first byte of a document arrives, and before any
engine is loaded.
"""

import dataclasses
import os
import sys
import time
import traceback
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from analysis.errors import Reason, Unreadable
from analysis.limits import Limits
from analysis.model import Page, Result
from analysis.sandbox import confinement, protocol

if TYPE_CHECKING:
    from analysis.formats.open_document import OpenFile

type Frame = tuple[dict[str, Any], bytes]

_PATIENCE_A_PAGE = 0.2
"""Seconds that the extraction of one page may take, after it was read."""

_REFUSED = "The system refused the sandbox, and the settings require it."

_NESTED_TOO_DEEPLY = Reason("nested_too_deeply")


def main() -> None:
    """Answer the requests on standard input. What libraries print does not reach the responses."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    serve(sys.stdin.buffer, answers, is_confined=confinement.install_filter())


def serve(requests: BinaryIO, answers: BinaryIO, *, is_confined: bool) -> None:
    """The first frame contains the limits, each further one is a request.

    The first frame of the answers states whether the filter of system calls is installed.
    """
    first = protocol.receive(requests)
    if first is None:
        return
    limits = Limits(**first[0])
    confinement.limit_resources(limits.memory_bytes)
    protocol.send(answers, {"confined": is_confined})
    used = False
    while (request := protocol.receive(requests)) is not None:
        head, data = request
        if limits.sandbox == "required" and not is_confined:
            protocol.send(answers, {"failed": _REFUSED})
            continue
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
    from analysis.formats.mail.mail_file import MailFile  # noqa: PLC0415 - loads the engines

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
            except Exception as ours:  # reported as the reader's failure, after the other pages
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
            contents=document.contents if isinstance(document, MailFile) else (),
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
