"""What a report of an order is like: its format, language and content."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal, Self

from docket.domain.language import DEFAULT_LANGUAGE, Language
from docket.domain.orders.filenames import clean_filename

ReportFormat = Literal["json", "csv", "xlsx", "pdf"]
ReportTable = Literal["documents", "line_items", "transactions", "facts"]
DoubtfulFacts = Literal["mark", "omit"]

_LONGEST_TITLE = 100
"""The characters of a title in the name of a file; file systems allow 255 bytes."""
_NOT_IN_NAMES = str.maketrans(dict.fromkeys('/\\:*?"<>|', "-"))
"""The characters that Windows does not allow in a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOptions:
    """The choices of a request. `table` is the one that a CSV has."""

    form: ReportFormat
    language: Language = DEFAULT_LANGUAGE
    table: ReportTable = "documents"
    doubtful: DoubtfulFacts = "mark"

    @property
    def text_language(self) -> Language:
        """The language of the text in the report. Only JSON has none of its own."""
        return DEFAULT_LANGUAGE if self.form == "json" else self.language

    @property
    def object_name(self) -> str:
        """The name under which it is stored: another one for every other report of an order."""
        parts = ["docket"]
        parts += [self.language] if self.form != "json" else []
        parts += [self.table] if self.form == "csv" else []
        parts += ["sure"] if self.doubtful == "omit" else []
        return f"{'-'.join(parts)}.{self.form}"


def report_filename(title: str, form: ReportFormat, part: str | None = None) -> str:
    """The name by which browsers save a report: the order's title, and which part of it this is."""
    cleaned = clean_filename(title.translate(_NOT_IN_NAMES))[:_LONGEST_TITLE].strip(" .")
    return f"{' - '.join(filter(None, (cleaned or 'docket', part)))}.{form}"


CHECK = timedelta(minutes=20)
"""A report without progress for this long is requested again from its worker: longer than the queue
waits before it delivers a message again, so that no second worker draws the same report."""

DEADLINE = timedelta(hours=2)
"""A report that is not ready after this time has failed."""

LIFETIME = timedelta(days=1)
"""How long a report can be downloaded. The bucket deletes it after that."""


class ReportState(StrEnum):
    """The state of a report that was requested."""

    MAKING = "making"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class Report:
    """The latest report of an order with these options, which a worker makes.

    making ──► ready     it is in the bucket, until `expires_at`
       └─────► failed    not made within `DEADLINE`, or the order is not paid any more

    `done` of its `total` documents are loaded; 0 of 0 before the worker has begun. `progress_at`:
    when it was requested, or last went on.
    """

    id: str
    user_id: str
    order_id: str
    options: ReportOptions
    requested_at: datetime
    progress_at: datetime
    expires_at: datetime
    state: ReportState = ReportState.MAKING
    done: int = 0
    total: int = 0
    filename: str = ""
    free_documents: tuple[str, ...] = ()
    """The documents that it shows because another payment has paid for their content."""

    @classmethod
    def requested(
        cls, report_id: str, user_id: str, order_id: str, options: ReportOptions, *, at: datetime
    ) -> Self:
        """A new report, which a worker has not begun."""
        return cls(
            id=report_id,
            user_id=user_id,
            order_id=order_id,
            options=options,
            requested_at=at,
            progress_at=at,
            expires_at=at + LIFETIME,
        )

    @property
    def object_name(self) -> str:
        """Unique to the request, so a report that is downloaded is never replaced."""
        return f"{self.id}.{self.options.form}"

    def is_offered(self, at: datetime) -> bool:
        """Whether it can be downloaded."""
        return self.state is ReportState.READY and at < self.expires_at

    def is_overdue(self, at: datetime) -> bool:
        """Whether it should have been made by now."""
        return at >= self.requested_at + DEADLINE

    def with_progress(self, done: int, total: int, *, at: datetime) -> Self:
        """With `done` of its `total` documents loaded."""
        return replace(self, done=done, total=total, progress_at=at)

    def ready(self, filename: str, *, at: datetime, free_documents: tuple[str, ...] = ()) -> Self:
        """It is in the bucket; browsers save it as `filename`."""
        return replace(
            self,
            state=ReportState.READY,
            done=self.total,
            filename=filename,
            free_documents=free_documents,
            progress_at=at,
            expires_at=at + LIFETIME,
        )

    def failed(self) -> Self:
        """In its final state: another one may be requested with the same options."""
        return replace(self, state=ReportState.FAILED)
