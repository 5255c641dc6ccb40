"""The reader: a document's bytes in, its text, facts and evidence out.

Pure: no network, no environment, no clock but the one that limits are measured by. All work on
a document happens in a child process under `Limits`, so importing this costs next to nothing.

    identify   what a file is, by its bytes
    outline    how long it is, and which pages need OCR
    read       a document's result; `join` combines the results of page ranges
    previews   pictures of its pages
    seal       hides this process from its children; done automatically, returns what was refused
    consolidate (analysis.consolidate) one view of all documents of an order
    report     (analysis.report) a result to keep, as JSON, CSV or PDF
"""

from analysis.errors import ReaderFailed, Unreadable
from analysis.formats.detect import identify
from analysis.limits import Limits
from analysis.model import Box, Fact, LineItem, Outline, Page, Preview, Result, Table
from analysis.reader import join, outline, previews, read
from analysis.sandbox.seal import seal
from analysis.version import READER_VERSION

__all__ = [
    "READER_VERSION",
    "Box",
    "Fact",
    "Limits",
    "LineItem",
    "Outline",
    "Page",
    "Preview",
    "ReaderFailed",
    "Result",
    "Table",
    "Unreadable",
    "identify",
    "join",
    "outline",
    "previews",
    "read",
    "seal",
]
