"""What an order counts of its documents, so that decisions about it need not read them."""

from dataclasses import dataclass, fields
from typing import Self

from docket.domain.orders.document import Document, DocumentStatus


@dataclass(frozen=True, kw_only=True)
class Counters:
    """What an order counts of its documents. `of` is the only definition of each counter."""

    documents: int = 0
    awaiting_upload: int = 0
    in_progress: int = 0
    readable: int = 0
    unreadable: int = 0
    charged_pages: int = 0
    doubtful: int = 0
    reviewed: int = 0

    @classmethod
    def of(cls, document: Document | None) -> Self:
        """What a document adds to the counters of its order; nothing if it is absent."""
        if document is None:
            return cls()
        return cls(
            documents=1,
            awaiting_upload=int(document.status is DocumentStatus.AWAITING_UPLOAD),
            in_progress=int(document.is_in_progress),
            readable=int(document.was_read),
            unreadable=int(document.status is DocumentStatus.UNREADABLE),
            charged_pages=document.charged_pages,
            doubtful=document.doubtful or 0,
            reviewed=document.reviewed or 0,
        )

    @property
    def reading(self) -> int:
        """The documents that are being read."""
        return self.in_progress - self.awaiting_upload

    @property
    def ready(self) -> int:
        """The documents in status `ready`."""
        return self.documents - self.in_progress - self.unreadable

    def __add__(self, other: "Counters") -> "Counters":
        return Counters(**{name: getattr(self, name) + getattr(other, name) for name in NAMES})

    def __sub__(self, other: "Counters") -> "Counters":
        return Counters(**{name: getattr(self, name) - getattr(other, name) for name in NAMES})


NAMES = tuple(field.name for field in fields(Counters))
"""The counters, which are fields of an order and attributes of its item."""
