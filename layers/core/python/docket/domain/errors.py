"""Everything that can go wrong, drawn.

DocketError
├── BadInput                a field the caller sent is wrong
├── NotSignedIn             no token, or one that no longer counts
├── WrongCredentials        the address or the password is wrong; which one is not said
├── PaymentNotConfirmed     Stripe does not say that this order's payment succeeded
├── BadSignature            a webhook's signature is missing, wrong or too old
├── NotPaid                 what was asked for opens when the order is paid
├── NotFound                it is not there, or it is somebody else's
│   ├── OrderNotFound
│   ├── DocumentNotFound
│   └── AnalysisNotFound
├── Conflict                it is there, but its state does not allow this
│   ├── EmailTaken
│   ├── IllegalMove         names the legal ones
│   ├── OrderClosed         documents change only while an order is pending
│   ├── OrderFull
│   ├── DocumentSettled     its upload has arrived; there is nothing to upload again
│   ├── DocumentNotArrived  its upload has not; there is nothing to fetch yet
│   ├── NothingToRead       an order without documents has no analysis
│   ├── NotReadyToPay       documents are still on their way
│   ├── NothingToCharge     no page could be read, or the order is paid or cancelled
│   ├── QuoteOutdated       the order changed after this payment was started
│   ├── KeyReused           an Idempotency-Key came again with another request
│   └── ConcurrentChange    others changed it at the same moment, too often in a row
├── TooManyTries            says when to come back
└── UpstreamUnavailable     another system cannot be reached; the request may be repeated
    ├── PaymentsUnreachable
    ├── StorageUnreachable
    ├── IdentityUnreachable
    └── TableUnavailable    the table is overloaded or cannot be reached

An error carries facts and a sentence for a person. `docket.api` alone turns one into HTTP.
"""

from collections.abc import Iterable


class DocketError(Exception):
    """The root. `code` is stable; `sentence` is for a person."""

    code = "error"

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class BadInput(DocketError):
    code = "bad_input"

    def __init__(self, *problems: tuple[str, str]) -> None:
        """`problems`: pairs of a field and what is wrong with it."""
        super().__init__("; ".join(f"{field}: {problem}" for field, problem in problems))
        self.problems = problems


class NotSignedIn(DocketError):
    code = "not_signed_in"

    def __init__(self) -> None:
        super().__init__("Sign in to go on")


class WrongCredentials(DocketError):
    code = "wrong_credentials"

    def __init__(self) -> None:
        super().__init__("Invalid email or password")


class PaymentNotConfirmed(DocketError):
    code = "payment_not_confirmed"


class BadSignature(DocketError):
    code = "bad_signature"

    def __init__(self) -> None:
        super().__init__("The signature of this event is missing, wrong or too old")


class NotPaid(DocketError):
    code = "not_paid"

    def __init__(self) -> None:
        super().__init__("This opens when the order is paid")


class NotFound(DocketError):
    code = "not_found"


class OrderNotFound(NotFound):
    code = "order_not_found"

    def __init__(self) -> None:
        super().__init__("Order not found")


class DocumentNotFound(NotFound):
    code = "document_not_found"

    def __init__(self) -> None:
        super().__init__("Document not found")


class AnalysisNotFound(NotFound):
    code = "analysis_not_found"

    def __init__(self) -> None:
        super().__init__("This order has no analysis yet; ask for one first")


class Conflict(DocketError):
    code = "conflict"


class EmailTaken(Conflict):
    code = "email_taken"

    def __init__(self) -> None:
        super().__init__("This email address is registered already; sign in instead")


class IllegalMove(Conflict):
    code = "illegal_move"

    def __init__(self, status: str, wanted: str, legal: Iterable[str]) -> None:
        self.legal = tuple(legal)
        allowed = " or ".join(self.legal) or "nothing: its status is final for you"
        super().__init__(f"An order that is {status} cannot become {wanted}; allowed: {allowed}")


class OrderClosed(Conflict):
    code = "order_closed"

    def __init__(self, status: str) -> None:
        super().__init__(
            f"This order is {status}; its documents can change only while it is pending"
        )


class OrderFull(Conflict):
    code = "order_full"

    def __init__(self, most: int) -> None:
        super().__init__(f"An order holds at most {most} documents; open another one")


class DocumentSettled(Conflict):
    code = "document_settled"

    def __init__(self, status: str) -> None:
        super().__init__(f"This document is {status}; there is nothing to upload again")


class DocumentNotArrived(Conflict):
    code = "document_not_arrived"

    def __init__(self) -> None:
        super().__init__("The file of this document has not arrived yet; upload it first")


class NothingToRead(Conflict):
    code = "nothing_to_read"

    def __init__(self) -> None:
        super().__init__("No document of this order has been uploaded; upload one first")


class NotReadyToPay(Conflict):
    code = "documents_on_their_way"

    def __init__(self, waiting: Iterable[str]) -> None:
        """`waiting`: the filenames still awaiting upload or being read."""
        names = ", ".join(waiting)
        super().__init__(
            f"Still on their way: {names}. Wait until they are read, or remove them, then pay"
        )


class NothingToCharge(Conflict):
    code = "nothing_to_charge"


class QuoteOutdated(Conflict):
    code = "quote_outdated"

    def __init__(self, refund_reason: str = "quote_changed") -> None:
        """`refund_reason`: the code that the order's refund is explained by."""
        self.refund_reason = refund_reason
        super().__init__(
            "The order changed after this payment was started. "
            "The payment is refunded in full; pay the current quote instead"
        )


class KeyReused(Conflict):
    code = "idempotency_key_reused"

    def __init__(self) -> None:
        super().__init__(
            "This Idempotency-Key was used for another request; send a new key with a new request"
        )


class ConcurrentChange(Conflict):
    code = "changed_meanwhile"

    def __init__(self) -> None:
        super().__init__("This was being changed at the same moment; look again and repeat")


class TooManyTries(DocketError):
    code = "too_many_tries"

    def __init__(self, retry_after: int) -> None:
        """`retry_after`: seconds until another try is let through."""
        super().__init__(f"Too many tries; try again in {retry_after} seconds")
        self.retry_after = retry_after


class UpstreamUnavailable(DocketError):
    code = "outage"


class PaymentsUnreachable(UpstreamUnavailable):
    code = "payments_unreachable"

    def __init__(self) -> None:
        super().__init__(
            "The payment service cannot be reached; nothing was lost, try again in a moment"
        )


class StorageUnreachable(UpstreamUnavailable):
    code = "storage_unreachable"

    def __init__(self) -> None:
        super().__init__("The storage of files cannot be reached; try again in a moment")


class IdentityUnreachable(UpstreamUnavailable):
    code = "identity_unreachable"

    def __init__(self) -> None:
        super().__init__("The sign-in service cannot be reached; try again in a moment")


class TableUnavailable(UpstreamUnavailable):
    code = "table_unavailable"

    def __init__(self) -> None:
        super().__init__("Docket is overloaded at the moment; try again in a moment")
