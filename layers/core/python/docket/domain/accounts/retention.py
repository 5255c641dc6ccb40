"""The retention of accounts: one that is not used for long is removed after a notice to its owner.

unused for `unused` ──► notice ──► `notice` later: removed, as by its owner
        ▲                 │
        └───── used ──────┘
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Self

CHECK = timedelta(days=90)
"""The longest interval between two checks of an account: a changed setting is in force after it."""

MONEY_CHECK = timedelta(days=1)
"""Interval of the checks whether the money of an account that is to be removed is settled."""

REMOVAL_TIME = time(12, tzinfo=UTC)
"""When the day that the notice names has begun in every time zone."""


@dataclass(frozen=True, kw_only=True)
class RetentionRule:
    """An account that was `unused` so long is announced to be removed after `notice`."""

    unused: timedelta
    notice: timedelta


@dataclass(frozen=True, kw_only=True)
class RemovalNotice:
    """The notice that an account will be removed: when it was owed, and the announced time."""

    at: datetime
    removal_at: datetime

    @classmethod
    def of(cls, rule: RetentionRule, at: datetime) -> Self:
        """The notice at that time; `removal_at` is on the day (UTC) on which `rule.notice` ends."""
        day = (at + rule.notice).astimezone(UTC).date()
        return cls(at=at, removal_at=datetime.combine(day, REMOVAL_TIME))


@dataclass(frozen=True, kw_only=True)
class RetainedAccount:
    """What the profile of an account says about its retention; the notice is the last one."""

    id: str
    created_at: datetime
    removal_notice: RemovalNotice | None = None

    def last_use(self, *uses: datetime | None) -> datetime:
        """The latest of the known uses; the creation is one."""
        return max([self.created_at, *(use for use in uses if use)])

    def valid_notice(self, rule: RetentionRule, *, last_use: datetime) -> RemovalNotice | None:
        """The notice, if the account had been unused for `rule.unused` then, and is since.

        None without such a notice.
        """
        notice = self.removal_notice
        return notice if notice and last_use + rule.unused <= notice.at else None
