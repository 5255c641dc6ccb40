"""The export of an account: everything that is stored of a customer, as ZIP archives.

making ──► ready      every archive is in the bucket, until `expires_at`: then it has expired
   └─────► failed     not made within `DEADLINE`

The content is written in one order: the account, then each order followed by its documents. `after`
is the id of the last item in the archives so far, so a worker goes on from there, and an archive
that was interrupted is made again. The archives are bounded, so that one is made within the limits
of a function, and unpack into one folder.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from docket.domain.language import Language

CHECK = timedelta(minutes=20)
"""An export without progress for this long is requested again from its worker: longer than the
timeout of the worker."""

DEADLINE = timedelta(days=1)
"""An export that is not ready after this time has failed."""

LIFETIME = timedelta(days=7)
"""How long the archives can be downloaded. The bucket deletes an archive eight days
after it was made, which is a day before `DEADLINE` at most."""

RETENTION = timedelta(days=30)
"""How long an expired export is stored, so that its page can say that it has expired."""

INTERVAL = timedelta(hours=1)
"""A customer gets another export at the earliest this long after the request of the last one."""

ACCOUNT = "ACCOUNT"
"""In place of an id, in `after`: the account is written. Ids sort before it or behind it, and are
compared with ids only."""


class ExportState(StrEnum):
    """The state of an export."""

    MAKING = "making"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class Archive:
    """A ZIP file in the bucket. Its id is unique to the attempt that made it."""

    id: str
    size_bytes: int


@dataclass(frozen=True, kw_only=True)
class Export:
    """The latest export of a customer. `progress_at`: when it was requested, or last went on."""

    id: str
    user_id: str
    language: Language
    requested_at: datetime
    progress_at: datetime
    state: ExportState = ExportState.MAKING
    after: str | None = None
    archives: tuple[Archive, ...] = ()
    expires_at: datetime

    @classmethod
    def requested(cls, export_id: str, user_id: str, language: Language, *, at: datetime) -> Self:
        """A new export, which has no archive yet."""
        return cls(
            id=export_id,
            user_id=user_id,
            language=language,
            requested_at=at,
            progress_at=at,
            expires_at=at + LIFETIME,
        )

    @property
    def next_request_at(self) -> datetime:
        """When the customer may request another one, if it is not being made."""
        is_failed = self.state is ExportState.FAILED
        return self.requested_at if is_failed else self.requested_at + INTERVAL

    def is_expired(self, at: datetime) -> bool:
        """Whether its archives are gone. One that is being made, or has failed, does not expire."""
        return self.state is ExportState.READY and at >= self.expires_at

    def is_offered(self, at: datetime) -> bool:
        """Whether its archives can be downloaded."""
        return self.state is ExportState.READY and not self.is_expired(at)

    def is_overdue(self, at: datetime) -> bool:
        """Whether it should have been made by now."""
        return at >= self.requested_at + DEADLINE

    def with_archive(self, archive: Archive, after: str, *, at: datetime) -> Self:
        """With one more archive, which ends with the item `after`."""
        return replace(self, archives=(*self.archives, archive), after=after, progress_at=at)

    def ready(self, *, at: datetime) -> Self:
        """Every item is in an archive."""
        return replace(self, state=ExportState.READY, expires_at=at + LIFETIME)

    def failed(self) -> Self:
        """It was not made; the archives that it had are given up."""
        return replace(self, state=ExportState.FAILED, archives=())
