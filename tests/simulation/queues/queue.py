"""The messages of a queue: standard and FIFO, with visibility, dead letters and faults."""

import heapq
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from random import Random

from tests.simulation.clock import SECOND, Clock
from tests.simulation.faults import Fault, Faults

DEDUPLICATION = 300 * SECOND
LATE_SECONDS = (1, 900)
DOUBLED_AFTER_SECONDS = (0, 60)


class InvalidReceipt(Exception):
    """The receipt handle is not that of a message in flight."""


@dataclass(frozen=True, kw_only=True)
class QueueSettings:
    """What a queue is created with. Times are in seconds."""

    name: str
    fifo: bool = False
    visibility_seconds: float = 30
    delay_seconds: float = 0
    max_receives: int | None = None
    """How often a message is received before it moves to the dead-letter queue."""
    content_based_deduplication: bool = False


@dataclass(kw_only=True)
class Message:
    """A message. `visible_at` lies in the future while it is delayed or in flight."""

    id: str
    body: str
    attributes: dict[str, dict[str, str]]
    group: str | None
    deduplication_id: str | None
    number: int
    sent_at: int
    visible_at: int
    receive_count: int = 0
    first_received_at: int = 0
    receipt: str = ""
    in_flight: bool = False


@dataclass(frozen=True, kw_only=True)
class Sending:
    """A message to be sent."""

    body: str
    attributes: dict[str, dict[str, str]] = field(default_factory=dict)
    group: str | None = None
    deduplication_id: str | None = None
    delay_seconds: float | None = None


class Queue:
    """A queue. `listeners` are called with each time at which a message may become visible."""

    def __init__(
        self,
        settings: QueueSettings,
        clock: Clock,
        faults: Faults,
        random: Random,
        dead_letters: "Queue | None" = None,
    ) -> None:
        self.settings, self.dead_letters = settings, dead_letters
        self.listeners: list[Callable[[int], None]] = []
        self.messages: dict[str, Message] = {}
        """By id, in the order in which they were sent."""
        self._clock, self._faults, self._random = clock, faults, random
        self._numbers = count(1)
        self._hidden: list[tuple[int, int, str]] = []
        """The messages of a standard queue that will be visible, by the time at which they are."""
        self._visible_ids: list[str] = []
        """Those that have become visible, in any order, and some that are not any more."""
        self._deduplicated: dict[str, tuple[int, str, int]] = {}

    def send(self, sending: Sending) -> tuple[str, int]:
        """Add a message. Returns its id and its number, or those of an equal one sent lately."""
        now = self._clock.microseconds
        if earlier := self._sent_lately(sending.deduplication_id, now):
            return earlier
        delay = self.settings.delay_seconds
        if sending.delay_seconds is not None and not self.settings.fifo:
            delay = sending.delay_seconds
        if not self.settings.fifo and self._fires(Fault.MESSAGE_LATE):
            delay += self._random.uniform(*LATE_SECONDS)
        message = Message(
            id=f"{self._random.getrandbits(128):032x}",
            body=sending.body,
            attributes=sending.attributes,
            group=sending.group,
            deduplication_id=sending.deduplication_id,
            number=next(self._numbers),
            sent_at=now,
            visible_at=now + round(delay * SECOND),
        )
        if sending.deduplication_id:
            self._deduplicated[sending.deduplication_id] = now, message.id, message.number
        self._add(message)
        return message.id, message.number

    def receive(self, limit: int, visibility_seconds: float | None = None) -> list[Message]:
        """Take up to `limit` visible messages into flight."""
        if self._fires(Fault.EMPTY_RECEIVE):
            self._tell(self._clock.microseconds + SECOND)
            return []
        if visibility_seconds is None:
            visibility_seconds = self.settings.visibility_seconds
        until = self._clock.microseconds + round(visibility_seconds * SECOND)
        messages: list[Message] = []
        candidates = self._in_order_of_groups() if self.settings.fifo else self._in_any_order()
        while len(messages) < limit and (message := next(candidates, None)):
            if self._is_worn_out(message):
                self._bury(message)
                continue
            self._receive_until(message, until)
            messages.append(message)
        return messages

    def delete(self, receipt: str) -> None:
        """Delete the message that was received with this receipt.

        A receipt that is not the message's newest has no effect. Raises `InvalidReceipt`.
        """
        message = self._of_receipt(receipt)
        if message is None or message.receipt != receipt:
            return
        if self.settings.fifo and message.visible_at <= self._clock.microseconds:
            raise InvalidReceipt
        del self.messages[message.id]
        if self.settings.fifo:  # the next message of its group may be received
            self._tell(self._clock.microseconds)

    def change_visibility(self, receipt: str, seconds: float) -> None:
        """Let a message in flight be visible after this time. Raises `InvalidReceipt`."""
        message = self._of_receipt(receipt)
        if (
            message is None
            or message.receipt != receipt
            or message.visible_at <= self._clock.microseconds
        ):
            raise InvalidReceipt
        self._hide(message, self._clock.microseconds + round(seconds * SECOND))

    def counts(self) -> tuple[int, int, int]:
        """How many messages are visible, in flight, and delayed."""
        now = self._clock.microseconds
        hidden = [message for message in self.messages.values() if message.visible_at > now]
        in_flight = sum(message.in_flight for message in hidden)
        return len(self.messages) - len(hidden), in_flight, len(hidden) - in_flight

    def redrive(self, source: "Queue") -> int:
        """Move all visible messages of this dead-letter queue to a queue. Returns how many."""
        moved = list(self._visible())
        for message in moved:
            del self.messages[message.id]
            message.receive_count, message.in_flight = 0, False
            source._add(message)
        return len(moved)

    def _in_any_order(self) -> Iterator[Message]:
        """Visible messages of a standard queue, each of which is taken or buried."""
        now = self._clock.microseconds
        while self._hidden and self._hidden[0][0] <= now:
            self._visible_ids.append(heapq.heappop(self._hidden)[2])
        visible_ids = self._visible_ids
        while visible_ids:
            position = self._random.randrange(len(visible_ids))
            visible_ids[position], visible_ids[-1] = visible_ids[-1], visible_ids[position]
            message = self.messages.get(visible_ids.pop())
            if message and message.visible_at <= now:
                yield message

    def _in_order_of_groups(self) -> Iterator[Message]:
        """Visible messages of a FIFO queue, without those of groups that are in flight."""
        now = self._clock.microseconds
        busy = {message.group for message in self.messages.values() if message.visible_at > now}
        visible = list(self._visible())
        return (message for message in visible if message.group not in busy)

    def _visible(self) -> Iterable[Message]:
        now = self._clock.microseconds
        return (message for message in self.messages.values() if message.visible_at <= now)

    def _receive_until(self, message: Message, until: int) -> None:
        now = self._clock.microseconds
        message.receive_count += 1
        message.first_received_at = message.first_received_at or now
        message.receipt = f"{message.id}#{self._random.getrandbits(64):016x}"
        message.in_flight = True
        if not self.settings.fifo and self._fires(Fault.MESSAGE_DOUBLED):
            soon = now + round(self._random.uniform(*DOUBLED_AFTER_SECONDS) * SECOND)
            until = min(until, soon)
        self._hide(message, until)

    def _is_worn_out(self, message: Message) -> bool:
        most = self.settings.max_receives
        return most is not None and message.receive_count >= most

    def _bury(self, message: Message) -> None:
        del self.messages[message.id]
        if self.dead_letters:
            message.in_flight = False
            self.dead_letters._add(message)

    def _add(self, message: Message) -> None:
        self.messages[message.id] = message
        self._hide(message, message.visible_at)

    def _hide(self, message: Message, until: int) -> None:
        """Let a message be visible from this time on."""
        message.visible_at = until
        if not self.settings.fifo:
            heapq.heappush(self._hidden, (until, message.number, message.id))
        self._tell(until)

    def _of_receipt(self, receipt: str) -> Message | None:
        """The message of a receipt; None if it is deleted. Raises `InvalidReceipt`."""
        message_id, sign, _ = receipt.partition("#")
        if not sign:
            raise InvalidReceipt
        return self.messages.get(message_id)

    def _sent_lately(self, deduplication_id: str | None, now: int) -> tuple[str, int] | None:
        if deduplication_id not in self._deduplicated:
            return None
        sent_at, message_id, number = self._deduplicated[deduplication_id]
        return (message_id, number) if now - sent_at < DEDUPLICATION else None

    def _fires(self, fault: Fault) -> bool:
        return self._faults.fires(fault, self.settings.name)

    def _tell(self, at: int) -> None:
        for listener in self.listeners:
            listener(at)
