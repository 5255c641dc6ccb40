"""The errors of the domain.

DocketError
├── BadInput                a field of the request is invalid
├── NotSignedIn             the access token is missing, expired or of an ended session
├── DirectCall              the request did not come through the distribution
├── WrongCredentials        the address or the password is wrong; it does not state which
├── AccountDisabled         the operator has disabled the account, or it is being deleted
├── NotVerified             the customer must confirm the address of the account first
├── ReauthenticationRequired  the customer must prove again to be present
├── SecondFactorRequired    a code of the second factor is missing
├── WrongCode               the code of the second factor is wrong, or was used before
├── LoginExpired            the password was entered too long ago, or has changed since
├── ScopeMissing            the API key may not be used for this operation
├── PaymentNotConfirmed     at Stripe, the order's payment has not succeeded
├── BadSignature            a webhook's signature is missing, wrong or too old
├── NotPaid                 the order must be paid first
├── IfMatchRequired         the request does not say on which version it was decided
├── FactChanged             the facts have changed since then; has both values
├── NotFound                it does not exist, or belongs to another customer
│   ├── OrderNotFound
│   ├── DocumentNotFound
│   ├── AnalysisNotFound
│   ├── FactNotFound
│   ├── SessionNotFound
│   ├── ExportNotFound      none was made, or it has expired
│   └── ApiKeyNotFound
├── Conflict                its state does not allow the operation
│   ├── EmailTaken
│   ├── SecondFactorExists  the account has one already
│   ├── IllegalMove         names the allowed statuses
│   ├── OrderClosed         documents change only while an order is pending
│   ├── OrderFull
│   ├── LimitReached        the customer must pay for or cancel an order first
│   ├── DocumentSettled     the document's file has been uploaded and read
│   ├── DocumentNotArrived  the document's file has not been uploaded
│   ├── DocumentInProgress  the document is being read
│   ├── DocumentQuarantined no malware scan has found the document's file clean
│   ├── NothingToRead       an order without documents has no analysis
│   ├── NotReadyToPay       documents are still in progress
│   ├── NothingToCharge     no page could be read, or the order is paid or cancelled
│   ├── QuoteOutdated       the order changed after this payment was started
│   ├── KeyReused           the Idempotency-Key was used for another request
│   ├── TooManyKeys         an API key must be revoked first
│   ├── LinkRefused         a one-time link cannot be used
│   │   ├── LinkInvalid     it was never issued, or something newer has replaced it
│   │   ├── LinkExpired
│   │   └── LinkUsed
│   └── ConcurrentChange    concurrent changes of it, more often than the retries
├── TooManyTries            has the time until another attempt is accepted
└── UpstreamUnavailable     another service cannot be reached; the request may be repeated
    ├── PaymentsUnreachable
    ├── StorageUnreachable
    ├── IdentityUnreachable
    └── TableUnavailable    the table is overloaded or cannot be reached

An error is a code with parameters. Only `docket.api` turns it into a response with a message.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import ClassVar, Literal

type Param = str | int | Sequence[str]


@dataclass(frozen=True)
class FieldProblem:
    """The problem of one field of a request: a stable code with parameters."""

    field: str
    code: str
    params: Mapping[str, Param] = dataclass_field(default_factory=dict)


class DocketError(Exception):
    """The base class. `code` is stable; `params` are the values in its message.

    The parameter `context` selects a variant of the message.
    """

    code: ClassVar[str] = "error"
    parameters: ClassVar[frozenset[str]] = frozenset()
    """The names of the parameters that the code may have."""

    def __init__(self, **params: Param) -> None:
        super().__init__(self.code)
        self.params: Mapping[str, Param] = params


class BadInput(DocketError):
    """Fields of a request are invalid. Each problem has a field, a code and parameters."""

    code = "bad_input"

    def __init__(self, *problems: "FieldProblem") -> None:
        super().__init__()
        self.problems = problems


class NotSignedIn(DocketError):
    code = "not_signed_in"


class DirectCall(DocketError):
    code = "direct_call"


class WrongCredentials(DocketError):
    code = "wrong_credentials"


class AccountDisabled(DocketError):
    code = "account_disabled"


class NotVerified(DocketError):
    code = "email_not_verified"


class ReauthenticationRequired(DocketError):
    code = "reauthentication_required"


class SecondFactorRequired(DocketError):
    code = "second_factor_required"


class WrongCode(DocketError):
    code = "wrong_code"


class LoginExpired(DocketError):
    code = "login_expired"


class ScopeMissing(DocketError):
    code = "scope_missing"
    parameters = frozenset({"scope", "context"})

    def __init__(self, scope: str | None) -> None:
        """`scope`: the scope that the operation needs; None: it accepts no API key."""
        super().__init__(**({"scope": scope} if scope else {"context": "session"}))


class PaymentNotConfirmed(DocketError):
    code = "payment_not_confirmed"
    parameters = frozenset({"context"})

    def __init__(
        self,
        context: Literal["unknown", "other_order", "other_amount", "processing", "not_paid"],
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


class NotFound(DocketError):
    code = "not_found"


class OrderNotFound(NotFound):
    code = "order_not_found"


class DocumentNotFound(NotFound):
    code = "document_not_found"


class AnalysisNotFound(NotFound):
    code = "analysis_not_found"


class FactNotFound(NotFound):
    code = "fact_not_found"


class SessionNotFound(NotFound):
    code = "session_not_found"


class ExportNotFound(NotFound):
    code = "export_not_found"


class ApiKeyNotFound(NotFound):
    code = "api_key_not_found"


class Conflict(DocketError):
    code = "conflict"


class EmailTaken(Conflict):
    code = "email_taken"


class SecondFactorExists(Conflict):
    code = "second_factor_exists"


class IllegalMove(Conflict):
    code = "illegal_move"
    parameters = frozenset({"status", "wanted", "allowed", "context"})

    def __init__(self, status: str, wanted: str, allowed: Iterable[str]) -> None:
        """`allowed`: the statuses that the order may change to."""
        self.allowed = tuple(allowed)
        if self.allowed:
            super().__init__(status=status, wanted=wanted, allowed=self.allowed)
        else:
            super().__init__(status=status, wanted=wanted, context="final")


class OrderClosed(Conflict):
    code = "order_closed"
    parameters = frozenset({"status"})

    def __init__(self, status: str) -> None:
        super().__init__(status=status)


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
        self, context: Literal["cancelled", "unreadable", "paid_before", "paid", "processing"]
    ) -> None:
        super().__init__(context=context)


class QuoteOutdated(Conflict):
    code = "quote_outdated"

    def __init__(self, refund_reason: str = "quote_changed") -> None:
        """`refund_reason`: the code of the reason for the refund."""
        super().__init__()
        self.refund_reason = refund_reason


class KeyReused(Conflict):
    code = "idempotency_key_reused"


class TooManyKeys(Conflict):
    code = "too_many_keys"
    parameters = frozenset({"most"})

    def __init__(self, most: int) -> None:
        """`most`: the limit."""
        super().__init__(most=most)


class LinkRefused(Conflict):
    code = "link_refused"


class LinkInvalid(LinkRefused):
    code = "link_invalid"


class LinkExpired(LinkRefused):
    code = "link_expired"


class LinkUsed(LinkRefused):
    code = "link_used"


class ConcurrentChange(Conflict):
    code = "changed_meanwhile"


class TooManyTries(DocketError):
    code = "too_many_tries"
    parameters = frozenset({"retry_after", "context", "most"})

    def __init__(self, retry_after: int, *, documents_a_day: int | None = None) -> None:
        """`retry_after`: seconds until another attempt is accepted; `documents_a_day`: the limit
        that was reached, if it was this one.
        """
        if documents_a_day is None:
            super().__init__(retry_after=retry_after)
        else:
            super().__init__(
                retry_after=retry_after, context="documents_a_day", most=documents_a_day
            )
        self.retry_after = retry_after


class UpstreamUnavailable(DocketError):
    code = "outage"


class PaymentsUnreachable(UpstreamUnavailable):
    code = "payments_unreachable"


class StorageUnreachable(UpstreamUnavailable):
    code = "storage_unreachable"


class IdentityUnreachable(UpstreamUnavailable):
    code = "identity_unreachable"


class TableUnavailable(UpstreamUnavailable):
    code = "table_unavailable"
