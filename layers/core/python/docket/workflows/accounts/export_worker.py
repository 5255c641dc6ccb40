"""The worker of exports: makes one archive after the other.

An archive has a name of its own in each attempt, and is offered only if its record was written. So
a worker that was interrupted, or that ran twice, leaves an object that the bucket deletes.
"""

import tempfile
from contextlib import closing
from datetime import datetime

from docket.domain.accounts.export import Archive, Export, ExportState
from docket.domain.accounts.mail import Mail, MailKind
from docket.gateways import export_objects
from docket.gateways.queues import ExportMessage
from docket.runtime import clock
from docket.table.accounts import account_access, exports, users
from docket.workflows.accounts import export_archives, mails
from docket.workflows.accounts.export import call_worker
from docket.workflows.accounts.export_archives import ArchiveFile


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
            requested_by=user.id,
            params={"until": new.expires_at.isoformat(timespec="minutes")},
        )
        if exports.record(export, new, at=at, mail=mail):
            mails.call_worker(mail)
    elif exports.record(export, new, at=at):
        call_worker(new)
