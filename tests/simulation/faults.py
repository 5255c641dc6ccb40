"""Faults: what can go wrong at a boundary, how often it does in one life, and how often it did."""

from collections import Counter
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from enum import StrEnum
from random import Random

RATES = (0.0, 0.01, 0.25)
"""The rates from which each life draws one for each fault."""


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

    `rates` says how often each kind fires; `suppressed` are the numbers of firings that do not
    happen, by which a failing life is reduced to the faults that it needs.
    """

    def __init__(
        self,
        random: Random,
        rates: Mapping[Fault, float] | None = None,
        suppressed: Container[int] = (),
    ) -> None:
        self._random = random.random
        self._rates: dict[Fault, float] = {}
        self.set_rates(rates or {})
        self._suppressed = suppressed
        self._number = 0
        self.firings: list[Firing] = []
        self.note: Callable[[str], None] = lambda text: None
        """Is told of each firing, for the story of the life."""

    @classmethod
    def drawn(cls, random: Random, suppressed: Container[int] = ()) -> "Faults":
        """Faults with a rate for each kind that is drawn from `RATES`."""
        return cls(random, {fault: random.choice(RATES) for fault in Fault}, suppressed)

    def fires(self, fault: Fault, place: str) -> bool:
        """Whether the fault happens here and now."""
        rate = self._rates.get(fault)
        if rate is None or self._random() >= rate:
            return False
        number = self._number
        self._number += 1
        if number in self._suppressed:
            return False
        self.firings.append(Firing(number, fault, place))
        self.note(f"{place}: FAULT {number}: {fault}")
        return True

    def set_rates(self, rates: Mapping[Fault, float]) -> None:
        """From now on these kinds fire as often as this, and no others."""
        self._rates = {fault: rate for fault, rate in rates.items() if rate}

    def stop(self) -> None:
        """From now on nothing goes wrong."""
        self._rates = {}

    def counts(self) -> Counter[Fault]:
        """How often each kind fired."""
        return Counter(firing.fault for firing in self.firings)
