"""The export of an account: requested by its customer, made by a worker, archive after archive.

    request ──► export (table), and a message ──► worker: one archive, its record, the next message
    debt, each 20 minutes ────────────────────────►│

An archive has a name of its own in each attempt, and is offered only if its record was written. So
a worker that was interrupted, or that ran twice, leaves an object that the bucket deletes.
"""

import tempfile
from contextlib import closing
from datetime import datetime

from docket.domain.errors import ExportNotFound, TooManyTries
from docket.domain.export import Archive, Export, ExportState
from docket.domain.language import Language
from docket.domain.mail import Mail, MailKind
from docket.gateways import export_objects, queues
from docket.gateways.queues import ExportMessage
from docket.runtime import clock
from docket.table import account_access, exports, users
from docket.workflows import export_archives, mails
from docket.workflows.export_archives import ArchiveFile


def request(user_id: str, language: Language, *, at: datetime) -> Export:
    """Request an export; the present one, if it is being made. Raises `TooManyTries`."""
    wanted = Export.requested(clock.new_id(), user_id, language, at=at)
    stored = exports.request(wanted)
    if stored.id == wanted.id:
        _call_worker(stored)
    elif stored.state is not ExportState.MAKING:
        raise TooManyTries(max(1, int((stored.next_request_at - at).total_seconds())))
    return stored


def archive_url(user_id: str, number: int, *, at: datetime) -> str:
    """A presigned URL of an archive of the customer. Raises `ExportNotFound`."""
    export = exports.find(user_id, at=at)
    if export is None or not export.is_offered(at) or number > len(export.archives):
        raise ExportNotFound
    return export_objects.archive_url(export, number)


def make_archive(message: ExportMessage, *, until: datetime) -> None:
    """Make the next archive of an export, which ends with the item that is complete at `until`.

    Does nothing for an export that is not being made any more, or whose account is closed.
    """
    export = exports.find(message.user_id, at=clock.now())
    if export is None or export.id != message.export_id or export.state is not ExportState.MAKING:
        return
    if account_access.find(export.user_id).is_closed:
        return
    with (
        tempfile.TemporaryFile() as file,
        closing(ArchiveFile(file, at=export.requested_at)) as archive,
    ):
        after, is_last = _fill(archive, export, until=until)
        stored = Archive(id=clock.new_id(), size_bytes=archive.finish())
        export_objects.put_archive(export, stored, file)
    _record(export, stored, after, is_last=is_last)


def _fill(archive: ArchiveFile, export: Export, *, until: datetime) -> tuple[str, bool]:
    """Write items until the archive is full. Returns the last one's id, and if none is left."""
    after = export.after
    for item_id, size_bytes, write in export_archives.items(export):
        is_full = archive.size_bytes + size_bytes > export_archives.MAX_BYTES
        if after != export.after and (is_full or clock.now() >= until):
            return after or "", False
        write(archive)
        after = item_id
    return after or "", True


def _record(export: Export, archive: Archive, after: str, *, is_last: bool) -> None:
    at = clock.now()
    new = export.with_archive(archive, after, at=at)
    user = users.find(export.user_id)
    if is_last and user:
        new = new.ready(at=at)
        mail = Mail(
            id=archive.id,
            kind=MailKind.EXPORT_READY,
            address=user.address,
            language=export.language,
            created_at=at,
            params={"until": new.expires_at.isoformat(timespec="minutes")},
        )
        if exports.record(export, new, at=at, mail=mail):
            mails.call_worker(mail)
    elif exports.record(export, new, at=at):
        _call_worker(new)


def _call_worker(export: Export) -> None:
    """Have the next archive made at once. If that fails, the debt does it."""
    queues.try_request_archive(ExportMessage(user_id=export.user_id, export_id=export.id))
