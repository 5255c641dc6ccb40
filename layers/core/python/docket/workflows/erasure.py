"""Erase the stored objects and items of removed documents.

A document may be removed while its file is being uploaded or read: an upload form that was issued
before stays valid, and a running reader still writes its result. Everything is therefore erased at
once, and a second time when neither can write any more.
"""

from datetime import datetime, timedelta

from docket.domain.errors import UpstreamUnavailable
from docket.gateways import s3
from docket.runtime import metrics
from docket.runtime.logging import log_failure
from docket.table import erasures
from docket.table.erasures import Erasure

LAST_WRITE = timedelta(hours=1)
"""After its removal, data of a document may be written for less than this time: an upload form is
valid for 15 minutes, a slow upload takes as long again, and a reader times out after 5."""

RETRY = timedelta(minutes=15)
"""Delay before a failed erasure is tried again, so that it does not delay the others."""

MAX_PER_SWEEP = 100
"""Maximum number of erasures in one sweep; the others stay due for the next."""


def erase_due(at: datetime) -> tuple[int, int]:
    """Erase the documents that are due. Returns how many were due and how many failed.

    Raises `TableUnavailable` or another table error; the remaining erasures stay due.
    """
    due = erasures.due(at, limit=MAX_PER_SWEEP)
    failed = [erasure for erasure in due if not _erase(erasure, at)]
    if failed:
        metrics.count("ErasureFailures", len(failed))
    return len(due), len(failed)


def _erase(erasure: Erasure, at: datetime) -> bool:
    """Erase one document and finish or postpone its erasure. Returns False if S3 failed."""
    try:
        s3.erase(erasure.user_id, erasure.document_id)
    except UpstreamUnavailable as error:
        log_failure(
            "erasure failed", error, order_id=erasure.order_id, document_id=erasure.document_id
        )
        erasures.postpone(erasure, until=at + RETRY)
        return False
    erasures.erase_analysis(erasure)
    last_write = erasure.removed_at + LAST_WRITE
    if at >= last_write:
        erasures.finish(erasure)
    else:
        erasures.postpone(erasure, until=last_write)
    return True
