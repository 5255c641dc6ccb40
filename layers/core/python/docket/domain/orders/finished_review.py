"""That the customer of an order has reviewed it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from docket.domain.event import AuditContext


@dataclass(frozen=True, kw_only=True)
class FinishedReview:
    """Who finished the review of an order, and when.

    `api_key_id` is the key by which a program of the customer did. A finished review is about the
    facts as they are: a change of a document opens it again.
    """

    finished_at: datetime
    user_id: str
    api_key_id: str | None = None

    @classmethod
    def by(cls, user_id: str, audit: AuditContext) -> Self:
        """Finished now, by the user or a program of the user."""
        return cls(finished_at=audit.at, user_id=user_id, api_key_id=audit.api_key_id)
