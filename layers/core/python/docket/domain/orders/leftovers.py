"""What is stored for a document and not named by it: its erasure is owed."""

from dataclasses import replace
from datetime import datetime

from docket.domain.orders.document import Document, DocumentStatus, UploadedFile
from docket.domain.reason import Reason
from docket.domain.transition import TransitionRefused

ERASED_AFTER_CANCELLATION = Reason("erased_after_cancellation")


def is_erasable(document: Document) -> bool:
    """Whether something is stored of a document, and nothing of it is being read."""
    is_stored = document.file is not None and document.erased_at is None
    return is_stored and not document.is_in_progress


def erased(document: Document, at: datetime) -> Document:
    """The document without what was read of it: it names neither its file nor a result."""
    if not is_erasable(document):
        raise TransitionRefused
    return replace(
        document,
        erased_at=at,
        status_reason=ERASED_AFTER_CANCELLATION,
        retriable=False,
        headline=None,
        key_facts=None,
    )


def keeps_file(document: Document) -> bool:
    """Whether its file may still be read or downloaded.

    Not if the scan refused it for good, or if it is to be erased.
    """
    if document.erased_at:
        return False
    is_ended = document.status is DocumentStatus.UNREADABLE and not document.retriable
    return not (document.quarantined and is_ended)


def names_upload(document: Document, uploaded: UploadedFile, *, is_closed: bool) -> bool:
    """Whether that upload is its file, or may still be accepted. `is_closed`: its order is."""
    if uploaded == document.file:
        return keeps_file(document)
    return (
        document.has_unused_form
        and uploaded.upload_number == document.upload_number
        and not is_closed
    )


def names_reading(document: Document, attempt: int) -> bool:
    """Whether its result is that of the reading, or may still be."""
    if document.erased_at:
        return False
    return attempt == document.read_attempt or document.is_reading(attempt)


def leaves_objects(old: Document, new: Document) -> bool:
    """Whether something may be stored after a change that the document does not name any more.

    The first reading of a file leaves nothing if its result is recorded and it had no parts.
    """
    if old.file and (new.file != old.file or new.erased_at != old.erased_at):
        return True
    if old.status is not DocumentStatus.READING or new.status is DocumentStatus.READING:
        return False
    is_result = new.read_attempt == new.attempt == 1 and not old.parts
    is_unread = new.attempt == 1 and old.admitted_at is None and keeps_file(new)
    return not (is_result or is_unread)
