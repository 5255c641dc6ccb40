"""The archives of an export, and what is in them.

    account.json
    orders/<order>/order.json
    orders/<order>/<document>/document.json
    orders/<order>/<document>/original/<file name>
    orders/<order>/<document>/result.json

An archive is a file on the function's disk until it is complete; of a stored file, no more than a
chunk is in memory.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from itertools import takewhile
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from docket.domain.accounts.export import ACCOUNT, Export
from docket.domain.orders.correction import NO_CORRECTIONS
from docket.domain.orders.document import Document
from docket.domain.orders.order import Order
from docket.gateways import export_objects
from docket.gateways.export_objects import NotStored
from docket.schemas.accounts.account_exports import OrderPath
from docket.schemas.accounts.export_files import DocumentExport, OrderExport, PaymentExport
from docket.schemas.analyses import AnalysisResponse
from docket.schemas.base import ResponseModel
from docket.schemas.document_analyses import DocumentContentResponse
from docket.schemas.documents import DocumentResponse
from docket.schemas.orders import EventResponse
from docket.table.documents import corrections, documents
from docket.table.orders import analyses, events, orders, payment_items
from docket.workflows.accounts import account_data
from docket.workflows.documents.facts import reviewed_facts
from docket.workflows.orders import paid_contents

MAX_BYTES = 256 * 1024 * 1024
"""An archive ends before the file that would exceed this. A function has twice as much on disk."""

_AT_ONCE = 50
"""The documents of one call of the table."""

MAX_NAME_LENGTH = 120
"""Of a file in an archive: the path stays below the 260 characters of Windows."""

_RESERVED = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
"""Names that Windows does not allow."""


class ArchiveFile:
    """A ZIP file that is being written."""

    def __init__(self, file: IO[bytes], *, at: datetime) -> None:
        self._file, self._written_at = file, at.timetuple()[:6]
        self._zip = ZipFile(file, "w")

    @property
    def size_bytes(self) -> int:
        """The bytes that are written so far, without the directory that `finish` appends."""
        return self._file.tell()

    def add_json(self, path: str, model: ResponseModel) -> None:
        """Add a model as UTF-8, with the names that its fields have in the API."""
        text = model.model_dump_json(by_alias=True, indent=1)
        self.add(path, iter((text.encode(),)), is_text=True)

    def add(self, path: str, chunks: Iterator[bytes], *, is_text: bool) -> None:
        """Add a file. Only text is compressed: the documents' formats are compressed already."""
        entry = ZipInfo(path, self._written_at)
        entry.compress_type = ZIP_DEFLATED if is_text else ZIP_STORED
        with self._zip.open(entry, "w", force_zip64=True) as written:
            for chunk in chunks:
                written.write(chunk)

    def close(self) -> None:
        """Write the directory of the ZIP file. Once it is written, this does nothing."""
        self._zip.close()

    def finish(self) -> int:
        """Complete the file, and go back to its beginning. Returns its size in bytes."""
        self.close()
        size_bytes = self._file.seek(0, 2)
        self._file.seek(0)
        return size_bytes


type Item = tuple[str, int, Callable[[ArchiveFile], None]]
"""The id of an item, the bytes of its file, and what writes it."""


def items(export: Export) -> Iterator[Item]:
    """The items of an export that are in no archive yet.

    Orders that were made after its request are left out.
    """
    after = export.after
    if after is None:
        yield ACCOUNT, 0, partial(_add_account, export)
    begun, _, of_document = (after or "").partition("-") if after != ACCOUNT else ("", "", "")
    for order in _orders(export, since=begun):
        if order.id != begun:
            yield order.id, 0, partial(_add_order, order)
        last = after if order.id == begun and of_document else None
        for document in _documents(order.id, after=last):
            size = document.size if document.is_downloadable else 0
            yield document.id, size, partial(_add_document, order, document)


def _orders(export: Export, *, since: str = "") -> Iterator[Order]:
    stored = orders.oldest(export.user_id, since=since)
    return takewhile(lambda order: order.created_at <= export.requested_at, stored)


def _documents(order_id: str, *, after: str | None) -> Iterator[Document]:
    while page := documents.of_order(order_id, limit=_AT_ONCE, after=after):
        yield from page
        after = page[-1].id


def _add_account(export: Export, archive: ArchiveFile) -> None:
    paths = [
        OrderPath(id=order.id, path=f"{_folder(order.id)}/order.json") for order in _orders(export)
    ]
    archive.add_json("account.json", account_data.of_export(export, paths))


def _add_order(order: Order, archive: ArchiveFile) -> None:
    ids = [document.id for document in _documents(order.id, after=None)]
    view = OrderExport.of(
        order,
        (f"{_folder(id_)}/document.json" for id_ in ids),
        payments=[PaymentExport.of(payment) for payment in payment_items.of_order(order.id)],
        events=[EventResponse.of(event) for event in events.of_order(order.id)],
    )
    archive.add_json(f"{_folder(order.id)}/order.json", view)


def _add_document(order: Order, document: Document, archive: ArchiveFile) -> None:
    folder, file, result = _folder(document.id), None, None
    is_open = order.is_paid and document.was_read
    is_open = is_open and document.id not in paid_contents.closed(order, [document])
    if document.is_downloadable:
        path = f"{folder}/original/{safe_name(document.filename)}"
        file = _copied(archive, path, document, export_objects.uploaded_file)
    if is_open and document.read_attempt:
        path = f"{folder}/result.json"
        result = _copied(archive, path, document, _result)
    view = DocumentExport(
        document=DocumentResponse.of(document),
        file=file,
        result=result,
        analysis=_analysis(order, document) if is_open else None,
    )
    archive.add_json(f"{folder}/document.json", view)


def _result(document: Document) -> Iterator[bytes]:
    return export_objects.result(document.id, document.read_attempt or 0)


def _analysis(order: Order, document: Document) -> DocumentContentResponse | None:
    analysis = analyses.of_document(order.id, document.id)
    if analysis is None:
        return None
    corrected = corrections.of_documents(order.id, [document]).get(document.id, NO_CORRECTIONS)
    facts = reviewed_facts.reviewed(analysis.facts, corrected.facts, corrected.line_items)
    whole = AnalysisResponse.whole(order, [document], {document.id: facts})
    return whole.result.documents[0]


def _copied(
    archive: ArchiveFile,
    path: str,
    document: Document,
    stream: Callable[[Document], Iterator[bytes]],
) -> str | None:
    """Add what is stored for a document. Returns its path; None if it was erased meanwhile.

    Raises `NotStored` if the document still names it: nothing may be missing without a reason.
    """
    try:
        chunks = stream(document)
    except NotStored:
        current = documents.by_ids(document.order_id, [document.id])
        if current == [document]:
            raise
        return None
    archive.add(path, chunks, is_text=path.endswith(".json"))
    return path


def _folder(item_id: str) -> str:
    return f"orders/{item_id.replace('-', '/')}"


def safe_name(filename: str) -> str:
    """A name that every file system accepts: no reserved character or word, and not too long."""
    name = _RESERVED.sub("_", filename).strip(" .") or "_"
    if _DEVICE.match(name):
        name = f"_{name}"
    if len(name) <= MAX_NAME_LENGTH:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:  # noqa: PLR2004 - no ending of a file type
        return name[:MAX_NAME_LENGTH]
    return f"{stem[: MAX_NAME_LENGTH - len(ending) - 1]}.{ending}"
