"""Limits of a customer, which keep one customer from delaying the others."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from docket.domain.errors import LimitReached, TooManyTries
from docket.domain.orders.order import PAYABLE, Order


@dataclass(frozen=True, kw_only=True)
class CustomerLimits:
    """From the stage's settings. `reader_slots` is how many readings run at once for everybody."""

    unpaid_orders: int
    unpaid_pages: int
    documents_a_day: int
    reader_slots: int

    @property
    def share(self) -> int:
        """How many of the reader's slots a customer may occupy: half of them, at least one."""
        return max(1, self.reader_slots // 2)

    @property
    def pages_of_reading(self) -> int:
        """What a document in flight counts of the unpaid pages, before its pages are counted.

        All slots together count the whole limit: so few unpaid pages leave every slot free, and
        the last document below the limit is read alone.
        """
        return max(1, self.unpaid_pages // self.share)


@dataclass(frozen=True, kw_only=True)
class Usage:
    """What a customer uses of the limits.

    `in_flight` are the readings in flight; `documents_added` counts those of `day` (UTC, ISO 8601).
    `sample_order_id` is the order with the samples, of which a customer has one.
    """

    unpaid_orders: int = 0
    unpaid_pages: int = 0
    day: str = ""
    documents_added: int = 0
    in_flight: frozenset[str] = frozenset()
    sample_order_id: str | None = None

    def free_slots(self, limits: CustomerLimits, *, unpaid: bool = False) -> int:
        """How many more documents may be read; with `unpaid`, documents of pending orders."""
        free = limits.share - len(self.in_flight)
        if unpaid:
            counted = -(-(limits.unpaid_pages - self.unpaid_pages) // limits.pages_of_reading)
            free = min(free, counted - self._documents_in_flight)
        return max(0, free)

    def pages_bound(self, limits: CustomerLimits) -> int:
        """There must be fewer unpaid pages for the last of the readings in flight to start."""
        return limits.unpaid_pages - limits.pages_of_reading * (self._documents_in_flight - 1)

    @property
    def _documents_in_flight(self) -> int:
        return len({name.partition("/")[0] for name in self.in_flight})

    def has_too_many_pages(self, limits: CustomerLimits) -> bool:
        """Whether no other document of a pending order is read."""
        return self.unpaid_pages >= limits.unpaid_pages

    def with_order(self, old: Order | None, new: Order) -> "Usage":
        """After a change of an order. Orders count until they are completed or cancelled.

        A sample order is free, so it does not count.
        """
        orders, pages = _unpaid(new)
        old_orders, old_pages = _unpaid(old)
        return replace(
            self,
            unpaid_orders=self.unpaid_orders + orders - old_orders,
            unpaid_pages=self.unpaid_pages + pages - old_pages,
        )

    def with_readings(
        self, *, started: Collection[str] = (), ended: Collection[str] = ()
    ) -> "Usage":
        """After readings have been started and have ended. Repeating it changes nothing."""
        return replace(self, in_flight=(self.in_flight - set(ended)) | set(started))

    def with_documents(self, count: int, limits: CustomerLimits, *, at: datetime) -> "Usage":
        """After documents have been added. Raises `LimitReached` or `TooManyTries`."""
        if self.has_too_many_pages(limits):
            raise LimitReached("unpaid_pages", limits.unpaid_pages)
        day = at.astimezone(UTC).date()
        added = count + (self.documents_added if self.day == day.isoformat() else 0)
        if added > limits.documents_a_day:
            midnight = datetime.combine(day + timedelta(days=1), time(), UTC)
            seconds = int((midnight - at).total_seconds()) + 1
            raise TooManyTries(seconds, documents_a_day=limits.documents_a_day)
        return replace(self, day=day.isoformat(), documents_added=added)

    def require_new_order(self, limits: CustomerLimits) -> None:
        """Raises `LimitReached` if one more unpaid order would be too many."""
        if self.unpaid_orders >= limits.unpaid_orders:
            raise LimitReached("unpaid_orders", limits.unpaid_orders)


def _unpaid(order: Order | None) -> tuple[int, int]:
    """What an order adds to the unpaid orders and pages."""
    if order is None or order.is_sample or order.status not in PAYABLE:
        return 0, 0
    return 1, order.charged_pages


def reading_name(document_id: str, attempt: int, part: int | None = None) -> str:
    """The name of a reading in flight, of a document or of one of its parts."""
    name = f"{document_id}/{attempt}"
    return name if part is None else f"{name}/{part}"
