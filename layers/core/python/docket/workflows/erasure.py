"""Erasing what is stored of removed documents, until nothing of them is left.

A document may be removed while its file is on its way or is being read: an upload form that was
handed out before stays valid, and a reader that has begun still writes what it read. So everything
is erased at once, and again when neither can write any more.
"""

from datetime import datetime, timedelta

from docket.domain.errors import UpstreamUnavailable
from docket.gateways import s3
from docket.runtime.logging import log_failure
from docket.table import erasures
from docket.table.erasures import Erasure

LAST_WRITE = timedelta(hours=1)
"""How long after its removal something of a document may still be written: an upload form is valid
for 15 minutes, a slow upload takes as long again, and a reader is ended after 5."""

RETRY = timedelta(minutes=15)
"""When an erasure that failed is tried again; the others are not kept waiting by it."""

MOST_AT_ONCE = 100
"""Erasures in one sweep; the others are still due at the next."""


def erase_due(at: datetime) -> tuple[int, int]:
    """Erase what is due. Returns how many documents there were, and how many of them failed.

    Where the table cannot be reached it raises; what was not seen to stays due.
    """
    due = erasures.due(at, limit=MOST_AT_ONCE)
    failed = [erasure for erasure in due if not _erase(erasure, at)]
    return len(due), len(failed)


def _erase(erasure: Erasure, at: datetime) -> bool:
    try:
        s3.erase(erasure.user_id, erasure.document_id)
    except UpstreamUnavailable as error:
        log_failure("not erased", error, order_id=erasure.order_id, document_id=erasure.document_id)
        erasures.postpone(erasure, until=at + RETRY)
        return False
    erasures.erase_analysis(erasure)
    last_write = erasure.removed_at + LAST_WRITE
    if at >= last_write:
        erasures.finish(erasure)
    else:
        erasures.postpone(erasure, until=last_write)
    return True
