"""What an order counts of its documents, so that it can be judged without them."""

from dataclasses import dataclass
from typing import Self

from docket.domain.document import Document


@dataclass(frozen=True, kw_only=True)
class Counters:
    """What an order counts of its documents. `of` is the only definition of each counter."""

    documents: int = 0
    in_progress: int = 0
    readable: int = 0
    charged_pages: int = 0

    @classmethod
    def of(cls, document: Document | None) -> Self:
        """What a document adds to the counters of its order; nothing if it is absent."""
        if document is None:
            return cls()
        return cls(
            documents=1,
            in_progress=int(document.is_in_progress),
            readable=int(document.was_read),
            charged_pages=document.charged_pages,
        )

    def __add__(self, other: "Counters") -> "Counters":
        return Counters(
            documents=self.documents + other.documents,
            in_progress=self.in_progress + other.in_progress,
            readable=self.readable + other.readable,
            charged_pages=self.charged_pages + other.charged_pages,
        )

    def __sub__(self, other: "Counters") -> "Counters":
        return Counters(
            documents=self.documents - other.documents,
            in_progress=self.in_progress - other.in_progress,
            readable=self.readable - other.readable,
            charged_pages=self.charged_pages - other.charged_pages,
        )
