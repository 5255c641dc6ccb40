"""Errors of orders, their documents, analyses and payments."""

from collections.abc import Iterable
from typing import Literal

from docket.domain.errors.base import Conflict, DocketError, NotFound, Param


class PaymentNotConfirmed(DocketError):
    code = "payment_not_confirmed"
    parameters = frozenset({"context"})

    def __init__(
        self, context: Literal["unknown", "other_order", "other_amount", "processing", "not_paid"]
    ) -> None:
        super().__init__(context=context)


class BadSignature(DocketError):
    code = "bad_signature"


class NotPaid(DocketError):
    code = "not_paid"


class IfMatchRequired(DocketError):
    code = "if_match_required"


class FactChanged(DocketError):
    code = "fact_changed"
    parameters = frozenset({"context", "current", "requested", "etag"})

    def __init__(
        self,
        *,
        current: str,
        requested: str,
        etag: str,
        context: Literal["accepted", "corrected", "rejected"] | None = None,
    ) -> None:
        """`current`: the value now, and `context` its review; `etag`: the tag of the facts now."""
        values: dict[str, Param] = {"current": current, "requested": requested, "etag": etag}
        super().__init__(**values, **({"context": context} if context else {}))


class LineItemsChanged(DocketError):
    code = "line_items_changed"
    parameters = frozenset({"etag"})

    def __init__(self, etag: str) -> None:
        """`etag`: the tag of the document's facts now."""
        super().__init__(etag=etag)


class LineItemsIncomplete(Conflict):
    code = "line_items_incomplete"
    parameters = frozenset({"most"})

    def __init__(self, most: int) -> None:
        """`most`: fewer line items than this can be corrected."""
        super().__init__(most=most)


class TitleChanged(DocketError):
    code = "title_changed"
    parameters = frozenset({"current", "requested", "etag"})

    def __init__(self, *, current: str, requested: str, etag: str) -> None:
        """`current`: what the document is called now; `etag`: the tag of its title now."""
        super().__init__(current=current, requested=requested, etag=etag)


class ReviewIncomplete(Conflict):
    code = "review_incomplete"
    parameters = frozenset({"context", "doubtful", "reviewed"})

    def __init__(
        self, doubtful: int, reviewed: int, *, context: Literal["reading"] | None = None
    ) -> None:
        """The numbers of facts; `context`: a document is still being read."""
        values: dict[str, Param] = {"doubtful": doubtful, "reviewed": reviewed}
        super().__init__(**values, **({"context": context} if context else {}))


class OrderNotFound(NotFound):
    code = "order_not_found"


class DocumentNotFound(NotFound):
    code = "document_not_found"


class AnalysisNotFound(NotFound):
    code = "analysis_not_found"


class FactNotFound(NotFound):
    code = "fact_not_found"


class PageNotFound(NotFound):
    code = "page_not_found"


class ReportNotFound(NotFound):
    code = "report_not_found"


class IllegalMove(Conflict):
    code = "illegal_move"
    parameters = frozenset({"status", "wanted", "allowed", "context"})

    def __init__(self, status: str, target: str, allowed: Iterable[str]) -> None:
        """`allowed`: the statuses that the order may change to."""
        self.allowed = tuple(allowed)
        rest: dict[str, Param] = {"allowed": self.allowed} if self.allowed else {"context": "final"}
        super().__init__(status=status, wanted=target, **rest)


class OrderClosed(Conflict):
    code = "order_closed"
    parameters = frozenset({"status"})

    def __init__(self, status: str) -> None:
        super().__init__(status=status)


class SampleOrder(Conflict):
    code = "sample_order"


class OrderFull(Conflict):
    code = "order_full"
    parameters = frozenset({"max_documents"})

    def __init__(self, max_documents: int) -> None:
        super().__init__(max_documents=max_documents)


class LimitReached(Conflict):
    code = "limit_reached"
    parameters = frozenset({"context", "most"})

    def __init__(self, context: Literal["unpaid_orders", "unpaid_pages"], most: int) -> None:
        """`most`: the limit."""
        super().__init__(context=context, most=most)


class DocumentSettled(Conflict):
    code = "document_settled"
    parameters = frozenset({"status"})

    def __init__(self, status: str) -> None:
        super().__init__(status=status)


class DocumentNotArrived(Conflict):
    code = "document_not_arrived"


class DocumentInProgress(Conflict):
    code = "document_in_progress"


class DocumentQuarantined(Conflict):
    code = "document_quarantined"


class DocumentErased(Conflict):
    code = "document_erased"


class NothingToRead(Conflict):
    code = "nothing_to_read"


class NotReadyToPay(Conflict):
    code = "documents_on_their_way"
    parameters = frozenset({"filenames"})

    def __init__(self, filenames: Iterable[str]) -> None:
        """`filenames`: the documents that await their upload or are being read."""
        super().__init__(filenames=tuple(filenames))


class NothingToCharge(Conflict):
    code = "nothing_to_charge"
    parameters = frozenset({"context"})

    def __init__(
        self,
        context: Literal["cancelled", "unreadable", "paid_before", "paid", "processing", "sample"],
    ) -> None:
        super().__init__(context=context)


class QuoteOutdated(Conflict):
    code = "quote_outdated"

    def __init__(self, refund_reason: str = "quote_changed") -> None:
        """`refund_reason`: the code of the reason for the refund."""
        super().__init__()
        self.refund_reason = refund_reason
