"""The keys of the objects in the bucket. Nothing else composes one.

    uploads/<user>/<order>/<document>/<number>   what was uploaded with that form, in versions
    results/<document>/<attempt>/…               the result of a reading, and its page images
    parts/<document>/<attempt>/…                 the result of a page range, for a day
    reports/<order>/…                            a report, for a day
    exports/<user>/<export>/<archive>.zip        an archive of an export of an account, for a week

Clients see these keys only in presigned URLs.
"""

import re

from docket.domain.orders.document import document_id as id_of_document
from docket.domain.orders.document import order_of

UPLOADS = "uploads/"
RESULTS = "results/"
PARTS = "parts/"
REPORTS = "reports/"
EXPORTS = "exports/"

_UPLOAD = re.compile(rf"{UPLOADS}([^/]+)/([^/]+)/([^/]+)/([1-9][0-9]{{0,8}})")
_READING = re.compile(rf"(?:{RESULTS}|{PARTS})([^/]+)/([1-9][0-9]{{0,8}})/")


def prefixes(user_id: str, document_id: str) -> tuple[str, ...]:
    """Everything that is stored for a document is under one of these."""
    return (
        f"{UPLOADS}{user_id}/{order_of(document_id)}/{document_id}/",
        f"{RESULTS}{document_id}/",
        f"{PARTS}{document_id}/",
    )


def order_prefixes(user_id: str, order_id: str) -> tuple[str, ...]:
    """Everything that is stored for an order is under one of these."""
    return (
        uploads_prefix(user_id, order_id),
        f"{RESULTS}{id_of_document(order_id, '')}",
        f"{PARTS}{id_of_document(order_id, '')}",
        f"{REPORTS}{order_id}/",
    )


def uploads_prefix(user_id: str, order_id: str) -> str:
    """What was uploaded for an order is under this."""
    return f"{UPLOADS}{user_id}/{order_id}/"


def account_prefixes(user_id: str) -> tuple[str, ...]:
    """What is stored for an account, and not for one of its orders, is under one of these."""
    return (f"{UPLOADS}{user_id}/",)


def export_prefix(user_id: str) -> str:
    """The archives of all exports of an account are under this."""
    return f"{EXPORTS}{user_id}/"


def upload(user_id: str, document_id: str, upload_number: int) -> str:
    """The key of what a form with that number uploads; each upload of it is a version."""
    return f"{prefixes(user_id, document_id)[0]}{upload_number}"


def named_by(key: str) -> tuple[str, str, int] | None:
    """The customer, the document and the number of an upload; None if it is another object."""
    match = _UPLOAD.fullmatch(key)
    if match is None:
        return None
    user_id, order_id, document_id, upload_number = match.groups()
    return (user_id, document_id, int(upload_number)) if order_of(document_id) == order_id else None


def reading_named_by(key: str) -> tuple[str, int] | None:
    """The document and the attempt of a result or a part; None if it is another object."""
    match = _READING.match(key)
    return (match[1], int(match[2])) if match else None


def result(document_id: str, attempt: int) -> str:
    """The key of the whole result of an attempt."""
    return f"{RESULTS}{document_id}/{attempt}/result.json"


def analysis(document_id: str, attempt: int) -> str:
    """The part of the result that the table stores."""
    return f"{RESULTS}{document_id}/{attempt}/analysis.json"


def page_image(document_id: str, attempt: int, page: int, size: str) -> str:
    """A picture of a page, which counts from 0; `size` is `thumbnail` or `readable`."""
    return f"{RESULTS}{document_id}/{attempt}/page-{page}-{size}.webp"


def part(document_id: str, attempt: int, pages: range) -> str:
    """The result of a part. The pages count from 0, and the last of the name is not part of it."""
    return f"{PARTS}{document_id}/{attempt}/{pages.start}-{pages.stop}.json"


def report(order_id: str, name: str) -> str:
    """A report. `name` is its `object_name`."""
    return f"{REPORTS}{order_id}/{name}"


def export_archive(user_id: str, export_id: str, archive_id: str) -> str:
    return f"{export_prefix(user_id)}{export_id}/{archive_id}.zip"
