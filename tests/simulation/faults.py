"""Faults: what can go wrong at a boundary, how often it does in one life, and how often it did."""

from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random

RATES = (0.0, 0.01, 0.25)
"""The rates from which each life draws one for each fault."""

_RATES_OF_CALLS = (*[0.0] * 14, *[0.01] * 8, 0.25)
"""For the faults of every call: if most calls fail, a life makes little progress."""

_RATES_OF_REPLIES = (0.0, 0.0, 0.0, 0.01, 0.01, 0.25)
"""A lost reply costs a life little time, and tests the most."""

_OFTEN = (0.0, 0.01, 0.25, 0.25, 0.25)
"""For faults that need another one first: a token, for example, matters only after a lost reply."""


class Fault(StrEnum):
    """The kinds of faults. Each is drawn where it happens, by `Faults.fires`."""

    # at every call of another system
    CRASH_BEFORE = "crash before the call"
    UNREACHABLE = "no connection"
    SERVER_ERROR = "server error before the effect"
    THROTTLED = "throttled"
    REPLY_LOST = "reply lost after the effect"
    CRASH_AFTER = "crash after the call"
    # at DynamoDB
    CONFLICT = "transaction conflict"
    PART_THROTTLED = "part of a transaction throttled"
    TOKEN_FORGOTTEN = "client request token forgotten"
    STALE_INDEX = "index late by minutes"
    KEYS_UNPROCESSED = "keys of a batch unprocessed"
    # at S3
    ACCESS_DENIED = "access denied for a moment"
    BODY_LOST = "body of an object breaks off"
    OBJECTS_NOT_DELETED = "objects of a batch not deleted"
    NOTIFICATION_LATE = "notification late"
    NOTIFICATION_DOUBLED = "notification doubled"
    NOTIFICATION_LOST = "notification lost"
    # at SQS
    MESSAGE_DOUBLED = "message delivered twice"
    MESSAGE_LATE = "message late"
    ENTRY_FAILED = "entry of a batch failed"
    EMPTY_RECEIVE = "receive finds nothing though there are messages"
    # at the scheduler
    CLOCK_SKEW = "clock skew"
    TIMER_DOUBLED = "schedule fires twice"
    TIMER_LOST = "schedule does not fire"
    # at Stripe
    WEBHOOK_LOST = "webhook lost"
    WEBHOOK_DOUBLED = "webhook doubled"
    WEBHOOK_LATE = "webhook late by hours or days"
    SECRET_ROLLED = "webhook secret rolled"
    API_KEY_ROLLED = "API key of Stripe rolled"
    ERROR_SAVED = "error of Stripe saved for an idempotency key"
    REFUND_FAILS = "refund fails later"
    REFUND_REFUSED = "Stripe refuses a refund"
    REFUND_BY_HAND = "refund by hand"
    DISPUTE = "dispute"
    DISPUTE_OF_PART = "dispute of a part of a payment"
    ANSWER_OVERTAKEN = "answer of Stripe overtaken by what happens there"
    # of the malware scan
    MALWARE_FOUND = "malware found in a file"
    SCAN_FAILED = "malware scan fails"
    SCAN_LATE = "verdict of the malware scan late"
    SCAN_DOUBLED = "verdict of the malware scan doubled"
    SCAN_LOST = "no verdict of the malware scan"
    SCAN_OF_OLDER = "verdict on an older version of a file"
    # of the reader
    READER_FAILED = "reader fails"
    READER_HANGS = "readers hang for an hour or more"
    # of customers
    TWO_TABS = "two tabs"
    DOUBLE_CLICK = "double click"
    KEY_REPLAY = "idempotency key replayed"
    UPLOAD_REPLACED = "upload replaced"
    UPLOAD_UNEXPECTED = "upload late or unexpected"
    DELETED_WHILE_READING = "document deleted while it is read"
    STRANGER = "a stranger tries another's ids"
    # of accounts
    MAIL_LATE = "mail delivered late"
    THIEF_AT_ONCE = "a thief acts while the owner changes something"
    HASHES_STRONGER = "release with stronger hashes of passwords"
    # of the operator
    OPERATOR_REFUND = "refund by the operator's command"
    RETURNED_OUTSIDE = "failed refund returned outside of Stripe, and acknowledged"
    OPERATOR_REDRIVE = "redrive in the middle"
    OPERATOR_LOOKS = "orders, show or reconcile in the middle"
    # of releases
    DEPLOYMENT = "deployment in the middle"
    SETTINGS_CHANGED = "other prices, limits or settings deployed"
    EDGE_KEY_ROTATED = "edge key rotated"


OF_CALLS = frozenset(
    {
        Fault.CRASH_BEFORE,
        Fault.UNREACHABLE,
        Fault.SERVER_ERROR,
        Fault.THROTTLED,
        Fault.REPLY_LOST,
        Fault.CRASH_AFTER,
        Fault.CONFLICT,
        Fault.PART_THROTTLED,
    }
)
"""Those that may happen at every call."""

OF_LIVES = frozenset(
    {
        Fault.WEBHOOK_LOST,
        Fault.WEBHOOK_DOUBLED,
        Fault.WEBHOOK_LATE,
        Fault.SECRET_ROLLED,
        Fault.API_KEY_ROLLED,
        Fault.ERROR_SAVED,
        Fault.REFUND_FAILS,
        Fault.REFUND_REFUSED,
        Fault.REFUND_BY_HAND,
        Fault.DISPUTE,
        Fault.DISPUTE_OF_PART,
        Fault.ANSWER_OVERTAKEN,
        Fault.MALWARE_FOUND,
        Fault.SCAN_FAILED,
        Fault.SCAN_LATE,
        Fault.SCAN_DOUBLED,
        Fault.SCAN_LOST,
        Fault.SCAN_OF_OLDER,
        Fault.READER_FAILED,
        Fault.READER_HANGS,
        Fault.TWO_TABS,
        Fault.DOUBLE_CLICK,
        Fault.KEY_REPLAY,
        Fault.UPLOAD_REPLACED,
        Fault.UPLOAD_UNEXPECTED,
        Fault.DELETED_WHILE_READING,
        Fault.STRANGER,
        Fault.OPERATOR_REFUND,
        Fault.RETURNED_OUTSIDE,
        Fault.OPERATOR_REDRIVE,
        Fault.OPERATOR_LOOKS,
        Fault.DEPLOYMENT,
        Fault.SETTINGS_CHANGED,
        Fault.EDGE_KEY_ROTATED,
    }
)
"""Those that only a life of customers has."""

OF_ACCOUNTS = frozenset({Fault.MAIL_LATE, Fault.THIEF_AT_ONCE, Fault.HASHES_STRONGER})
"""Those that only a life of accounts has."""

OF_ORDERS = (
    OF_LIVES
    | {
        Fault.OBJECTS_NOT_DELETED,
        Fault.NOTIFICATION_LATE,
        Fault.NOTIFICATION_DOUBLED,
        Fault.NOTIFICATION_LOST,
    }
) - {Fault.READER_FAILED, Fault.DOUBLE_CLICK, Fault.DEPLOYMENT}
"""Those that a life of accounts has never or hardly: few of them upload or buy anything."""

_SELDOM_POSSIBLE = frozenset(
    {
        Fault.TOKEN_FORGOTTEN,
        Fault.TIMER_DOUBLED,
        Fault.SECRET_ROLLED,
        Fault.DISPUTE_OF_PART,
        Fault.RETURNED_OUTSIDE,
        Fault.SCAN_OF_OLDER,
        Fault.READER_HANGS,
        Fault.DEPLOYMENT,
        Fault.HASHES_STRONGER,
        Fault.THIEF_AT_ONCE,
    }
)


OF_RETURNS = frozenset(
    {
        Fault.REFUND_FAILS,
        Fault.REFUND_REFUSED,
        Fault.REFUND_BY_HAND,
        Fault.DISPUTE,
        Fault.DISPUTE_OF_PART,
        Fault.OPERATOR_REFUND,
        Fault.RETURNED_OUTSIDE,
    }
)
"""What returns the money of a payment, or prevents that: it matters most together."""

RETURNS = 0.125
"""In how many lives all of these happen often."""

RATE_OF_RETURNS = 0.5


def _choices(fault: Fault) -> Sequence[float]:
    if fault in _SELDOM_POSSIBLE:
        return _OFTEN
    if fault is Fault.REPLY_LOST:
        return _RATES_OF_REPLIES
    return _RATES_OF_CALLS if fault in OF_CALLS else RATES


def _rates(random: Random, choices: Callable[[Fault], Sequence[float]]) -> dict[Fault, float]:
    """A rate for each kind, from numbers of its own: a new kind changes no rate of the others."""
    seed = random.getrandbits(64)
    return {fault: Random(f"{seed} {fault}").choice(choices(fault)) for fault in Fault}


class Crash(BaseException):
    """The process ends here. It is no `Exception`, so that no handler of errors catches it."""


@dataclass(frozen=True)
class Firing:
    """One fault that happened: its number among those of the life, its kind, and where."""

    number: int
    fault: Fault
    place: str


class Faults:
    """The faults of one life.

    `rates` is how often each kind fires; `suppressed` are the numbers of firings that do not
    happen, by which a failing life is reduced to the faults that it needs.
    """

    def __init__(
        self,
        random: Random,
        rates: Mapping[Fault, float] | None = None,
        suppressed: Container[int] = (),
    ) -> None:
        self._seed = random.getrandbits(64)
        self._streams: dict[str, Callable[[], float]] = {}
        self.who: Callable[[], str] = str
        """Who makes the present call: each has a stream of random numbers of its own, so that a
        life without some of its runs has the same faults in the others."""
        self._rates: dict[Fault, float] = {}
        self.set_rates(rates or {})
        self._suppressed = suppressed
        self._number = 0
        self.firings: list[Firing] = []
        self.note: Callable[[str], None] = lambda text: None
        """Called with each firing, for the story of the life."""
        self.listener: Callable[[Firing], None] = lambda firing: None
        """Is called with each firing."""

    @classmethod
    def drawn(cls, random: Random, suppressed: Container[int] = ()) -> "Faults":
        """Faults with a rate for each kind. In some lives much money is returned."""
        rates = _rates(random, _choices)
        if random.random() < RETURNS:
            rates |= dict.fromkeys(OF_RETURNS, RATE_OF_RETURNS)
        return cls(random, rates, suppressed)

    @classmethod
    def evenly(cls, random: Random, suppressed: Container[int] = ()) -> "Faults":
        """Faults with a rate for each kind alike, for lives that are a few calls."""
        return cls(random, _rates(random, lambda fault: RATES), suppressed)

    def fires(self, fault: Fault, place: str) -> bool:
        """Whether the fault happens here and now."""
        rate = self._rates.get(fault)
        if rate is None or self._draw() >= rate:
            return False
        number = self._number
        self._number += 1
        if number in self._suppressed:
            return False
        firing = Firing(number, fault, place)
        self.firings.append(firing)
        self.listener(firing)
        self.note(f"{place}: FAULT {number}: {fault}")
        return True

    def _draw(self) -> float:
        who = self.who()
        stream = self._streams.get(who)
        if stream is None:
            stream = self._streams[who] = Random(f"{self._seed} {who}").random
        return stream()

    def set_rates(self, rates: Mapping[Fault, float]) -> None:
        """From now on these kinds fire as often as this, and no others."""
        self._rates = {fault: rate for fault, rate in rates.items() if rate}

    def stop(self) -> None:
        """Stop all faults."""
        self._rates = {}

    def counts(self) -> Counter[Fault]:
        """How often each kind fired."""
        return Counter(firing.fault for firing in self.firings)
