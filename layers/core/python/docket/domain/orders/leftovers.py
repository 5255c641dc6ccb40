"""What is stored for a document and not named by it: its erasure is owed."""

from docket.domain.orders.document import Document, DocumentStatus, UploadedFile


def keeps_file(document: Document) -> bool:
    """Whether its file may still be read or downloaded: not if the scan refused it for good."""
    is_ended = document.status is DocumentStatus.UNREADABLE and not document.retriable
    return not (document.quarantined and is_ended)


def names_upload(document: Document, uploaded: UploadedFile, *, is_closed: bool) -> bool:
    """Whether that upload is its file, or may still be accepted. `is_closed`: its order is."""
    if uploaded == document.file:
        return keeps_file(document)
    return document.has_unused_form and uploaded.ticket == document.ticket and not is_closed


def names_reading(document: Document, attempt: int) -> bool:
    """Whether its result is that of the reading, or may still be."""
    return attempt == document.read_attempt or document.is_reading(attempt)


def leaves_objects(old: Document, new: Document) -> bool:
    """Whether something may be stored after a change that the document does not name any more.

    The first reading of a file leaves nothing if its result is recorded and it had no parts.
    """
    if old.file and new.file != old.file:
        return True
    if old.status is not DocumentStatus.READING or new.status is DocumentStatus.READING:
        return False
    is_result = new.read_attempt == new.attempt == 1 and not old.parts
    is_unread = new.attempt == 1 and old.admitted_at is None and keeps_file(new)
    return not (is_result or is_unread)
