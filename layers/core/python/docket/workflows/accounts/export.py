"""The export of an account: requested by its customer, made by a worker, archive after archive.

    request ──► export (table), and a message ──► worker: one archive, its record, the next message
    debt, each 20 minutes ────────────────────────►│

The worker is `docket.workflows.accounts.export_worker`, whose function alone has the code of
analyses.
"""

from datetime import datetime

from docket.domain.accounts.export import Export, ExportState
from docket.domain.accounts.user import OpenSession
from docket.domain.errors import ExportNotFound, TooManyTries
from docket.domain.language import Language
from docket.gateways import export_objects, queues
from docket.gateways.queues import ExportMessage
from docket.runtime import clock
from docket.table.accounts import exports, sessions


def request(session: OpenSession, language: Language, *, at: datetime) -> Export:
    """Request an export; the current one, if it is being made.

    Raises `TooManyTries`, and `ConcurrentChange` if the session has ended meanwhile.
    """
    export = Export.requested(clock.new_id(), session.user_id, language, at=at)
    stored = exports.request(export, *sessions.open_writes(session))
    if stored.id == export.id:
        call_worker(stored)
    elif stored.state is not ExportState.MAKING:
        raise TooManyTries(max(1, int((stored.next_request_at - at).total_seconds())))
    return stored


def archive_url(user_id: str, number: int, *, at: datetime) -> str:
    """A presigned URL of an archive of the customer. Raises `ExportNotFound`."""
    export = exports.find(user_id, at=at)
    if export is None or not export.is_offered(at) or number > len(export.archives):
        raise ExportNotFound
    return export_objects.archive_url(export, number)


def call_worker(export: Export) -> None:
    """Have the next archive made at once. If that fails, the debt does it."""
    queues.try_request_archive(ExportMessage(user_id=export.user_id, export_id=export.id))
