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
├── PasswordRequired        neither a session of the account nor its password is there
├── WrongCode               the code of the second factor is wrong, or was used before
├── PasskeyRefused          the answer of a passkey is wrong, late, or was used before
├── LoginExpired            the password was entered too long ago, or has changed since
├── ScopeMissing            the API key may not be used for this operation
├── PaymentNotConfirmed     at Stripe, the order's payment has not succeeded
├── BadSignature            a webhook's signature is missing, wrong or too old
├── NotPaid                 the order must be paid first
├── IfMatchRequired         the request does not say on which version it was decided
├── FactChanged             the facts have changed since then; has both values
├── LineItemsChanged        the facts or line items have changed since then
├── TitleChanged            the document was renamed since then; has both names
├── NotFound                it does not exist, or belongs to another customer
│   ├── OrderNotFound
│   ├── DocumentNotFound
│   ├── AnalysisNotFound
│   ├── FactNotFound
│   ├── PageNotFound        the document has no such page, or it was not read
│   ├── SessionNotFound
│   ├── ExportNotFound      none was made, or it has expired
│   ├── ReportNotFound      none was made, or it has expired
│   ├── ApiKeyNotFound
│   └── PasskeyNotFound
├── Conflict                its state does not allow the operation
│   ├── EmailTaken
│   ├── SecondFactorExists  the account has one already
│   ├── NoMail              the stage sends none: nothing would set a password again
│   ├── MailSuppressed      the address gets none
│   ├── NoPasskey           the password is the only way into the account
│   ├── LastPasskey         the account has no password, so that the passkey is the only way in
│   ├── NoPassword          the account has none: a mailed link sets one
│   ├── IllegalMove         names the allowed statuses
│   ├── OrderClosed         documents change only while an order is pending
│   ├── OrderFull
│   ├── SampleOrder         its documents do not change
│   ├── LimitReached        the customer must pay for or cancel an order first
│   ├── DocumentSettled     the document's file has been uploaded and read
│   ├── DocumentNotArrived  the document's file has not been uploaded
│   ├── DocumentInProgress  the document is being read
│   ├── DocumentQuarantined no malware scan has found the document's file clean
│   ├── DocumentErased      its order was cancelled long ago
│   ├── LineItemsIncomplete there are more line items than can be corrected
│   ├── ReviewIncomplete    doubtful facts are not reviewed, or documents are being read
│   ├── NothingToRead       an order without documents has no analysis
│   ├── NotReadyToPay       documents are still in progress
│   ├── NothingToCharge     no page could be read, or the order is paid or cancelled
│   ├── QuoteOutdated       the order changed after this payment was started
│   ├── KeyReused           the Idempotency-Key was used for another request
│   ├── TooManyKeys         an API key must be revoked first
│   │   └── TooManyPasskeys a passkey must be removed first
│   ├── LinkRefused         a one-time link cannot be used
│   │   ├── LinkInvalid     it was never issued, or something newer has replaced it
│   │   ├── LinkExpired
│   │   ├── LinkUsed
│   │   └── LinkExhausted   too many wrong passwords were sent with it
│   └── ConcurrentChange    concurrent changes of it, more often than the retries
├── TooManyTries            has the time until another attempt is accepted
└── UpstreamUnavailable     another service cannot be reached; the request may be repeated
    ├── PaymentsUnreachable
    ├── StorageUnreachable
    ├── IdentityUnreachable
    └── TableUnavailable    the table is overloaded or cannot be reached

An error is a code with parameters. Only `docket.api` turns it into a response with a message.
"""

from docket.domain.errors.accounts import (
    AccountDisabled,
    ApiKeyNotFound,
    EmailTaken,
    ExportNotFound,
    LastPasskey,
    LinkExhausted,
    LinkExpired,
    LinkInvalid,
    LinkRefused,
    LinkUsed,
    LoginExpired,
    MailSuppressed,
    NoMail,
    NoPasskey,
    NoPassword,
    NotSignedIn,
    NotVerified,
    PasskeyNotFound,
    PasskeyRefused,
    PasswordRequired,
    ReauthenticationRequired,
    ScopeMissing,
    SecondFactorExists,
    SecondFactorRequired,
    SessionNotFound,
    TooManyKeys,
    TooManyPasskeys,
    WrongCode,
    WrongCredentials,
)
from docket.domain.errors.base import (
    BadInput,
    ConcurrentChange,
    Conflict,
    DirectCall,
    DocketError,
    FieldProblem,
    IdentityUnreachable,
    KeyReused,
    NotFound,
    Param,
    PaymentsUnreachable,
    StorageUnreachable,
    TableUnavailable,
    TooManyTries,
    UpstreamUnavailable,
)
from docket.domain.errors.orders import (
    AnalysisNotFound,
    BadSignature,
    DocumentErased,
    DocumentInProgress,
    DocumentNotArrived,
    DocumentNotFound,
    DocumentQuarantined,
    DocumentSettled,
    FactChanged,
    FactNotFound,
    IfMatchRequired,
    IllegalMove,
    LimitReached,
    LineItemsChanged,
    LineItemsIncomplete,
    NothingToCharge,
    NothingToRead,
    NotPaid,
    NotReadyToPay,
    OrderClosed,
    OrderFull,
    OrderNotFound,
    PageNotFound,
    PaymentNotConfirmed,
    QuoteOutdated,
    ReportNotFound,
    ReviewIncomplete,
    SampleOrder,
    TitleChanged,
)

__all__ = [
    "AccountDisabled",
    "AnalysisNotFound",
    "ApiKeyNotFound",
    "BadInput",
    "BadSignature",
    "ConcurrentChange",
    "Conflict",
    "DirectCall",
    "DocketError",
    "DocumentErased",
    "DocumentInProgress",
    "DocumentNotArrived",
    "DocumentNotFound",
    "DocumentQuarantined",
    "DocumentSettled",
    "EmailTaken",
    "ExportNotFound",
    "FactChanged",
    "FactNotFound",
    "FieldProblem",
    "IdentityUnreachable",
    "IfMatchRequired",
    "IllegalMove",
    "KeyReused",
    "LastPasskey",
    "LimitReached",
    "LineItemsChanged",
    "LineItemsIncomplete",
    "LinkExhausted",
    "LinkExpired",
    "LinkInvalid",
    "LinkRefused",
    "LinkUsed",
    "LoginExpired",
    "MailSuppressed",
    "NoMail",
    "NoPasskey",
    "NoPassword",
    "NotFound",
    "NotPaid",
    "NotReadyToPay",
    "NotSignedIn",
    "NotVerified",
    "NothingToCharge",
    "NothingToRead",
    "OrderClosed",
    "OrderFull",
    "OrderNotFound",
    "PageNotFound",
    "Param",
    "PasskeyNotFound",
    "PasskeyRefused",
    "PasswordRequired",
    "PaymentNotConfirmed",
    "PaymentsUnreachable",
    "QuoteOutdated",
    "ReauthenticationRequired",
    "ReportNotFound",
    "ReviewIncomplete",
    "SampleOrder",
    "ScopeMissing",
    "SecondFactorExists",
    "SecondFactorRequired",
    "SessionNotFound",
    "StorageUnreachable",
    "TableUnavailable",
    "TitleChanged",
    "TooManyKeys",
    "TooManyPasskeys",
    "TooManyTries",
    "UpstreamUnavailable",
    "WrongCode",
    "WrongCredentials",
]
