"""The reader: extracts text, facts and their evidence from the bytes of a document.

It uses no network and no environment, and no clock except for its time limits. All work on a
document happens in a child process under `Limits`, so importing this package is cheap.

    identify   the type of a file, by its bytes
    outline    the number of its pages, and which of them need OCR
    read       a document's result; `join` combines the results of page ranges
    previews   images of its pages
    seal       hides this process from its children; called automatically, returns what failed
    sandbox_refused  whether the last child process works without its filter of system calls
    consolidate (analysis.consolidate) one view of all documents of an order
    report     (analysis.report) the report of an order, as JSON, CSV or PDF
"""

from analysis.errors import ReaderFailed, Unreadable
from analysis.formats.detect import identify
from analysis.limits import Limits
from analysis.model import Box, Fact, LineItem, Outline, Page, Preview, Result, Table, Transaction
from analysis.reader import join, outline, previews, read
from analysis.sandbox.parent import sandbox_refused
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
    "Transaction",
    "Unreadable",
    "identify",
    "join",
    "outline",
    "previews",
    "read",
    "sandbox_refused",
    "seal",
]
