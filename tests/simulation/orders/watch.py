"""The invariants that hold after every write: the watcher is called with each transaction."""

from collections import defaultdict
from collections.abc import Callable, Container, Sequence
from datetime import datetime, timedelta
from typing import Any

from docket.domain.orders.counters import Counters
from docket.domain.orders.document import Document
from docket.domain.orders.order import Order, OrderStatus
from docket.domain.orders.sample import is_replaceable
from docket.domain.payments import pricing
from docket.domain.payments.payment import DisputeStatus, Payment, PaymentStatus
from docket.domain.payments.refund import Refund
from docket.table import keys
from docket.table.documents import document_items
from docket.table.items.attributes import Item, from_attributes
from docket.table.orders import order_items, payment_items
from docket.table.payments import refunds
from docket.workflows.debts import event_list
from tests.simulation.clock import EPOCH
from tests.simulation.environment.schedule import Debts
from tests.simulation.environment.stage import Stage
from tests.simulation.environment.stripe_side import Capture, StripeSide
from tests.simulation.orders.access import Access
from tests.simulation.orders.deadlines import Deadlines
from tests.simulation.orders.paid_contents import PaidContents
from tests.simulation.table.store import Change
from tests.simulation.world import World

OF_USERS, OF_ORDERS = keys.user_partition(""), keys.order_partition("")
STRIPE = "at Stripe"
AT_AN_END = (OrderStatus.COMPLETED, OrderStatus.CANCELLED)
MANY = 5
"""A life ends after this many violations."""


class Audited:
    """An order as its audit trail describes it, from the events in the order of their writing."""

    def __init__(self) -> None:
        self.status: str | None = None
        self.documents = 0
        self.started: set[str] = set()
        self.paid: set[str] = set()

    def add(self, event: Item) -> None:
        self.status = event.get("to_status", self.status)
        facts = event.get("facts", {})
        match event["what"]:
            case "document_added":
                self.documents += 1
            case "documents_added" | "sample_opened":
                self.documents += facts["count"]
            case "document_removed":
                self.documents -= 1
            case "payment_started":
                self.started.add(facts["payment_intent_id"])
            case "payment_received" | "paid" | "refund_owed" | "not_completed_in_time" if facts:
                self.paid.add(facts["payment_intent_id"])


class OrderRecord:
    """An order and its items, as the last transaction left them."""

    def __init__(self) -> None:
        self.order: Order | None = None
        self.documents: dict[str, Document] = {}
        self.payments: dict[str, Payment] = {}
        self.refunds: dict[str, Refund] = {}
        self.audited = Audited()
        self.ended: set[tuple[str, str]] = set()
        """The payments that were compared with Stripe when they ended, with how they ended."""
        self.at_opening: dict[str, list[Document]] = {}
        """The documents when a payment was opened."""
        self.completed_by: str | None = None
        self.access = Access()

    @property
    def state(self) -> str:
        """The state of the order and its payment, for the coverage."""
        order = self.order
        if order is None:
            return "none"
        if order.status is OrderStatus.PENDING and not order.payment:
            reading = "documents in progress" if order.in_progress else "ready to pay"
            return f"pending, {reading if order.documents else 'empty'}"
        owed = [refund for refund in self.refunds.values() if refund.is_open]
        if owed:
            return f"{order.status}, refund {owed[-1].status}"
        payment = order.payment
        if payment and payment.dispute:
            return f"{order.status}, dispute {payment.dispute}"
        return f"{order.status}, {payment.status if payment else 'no payment'}"


class Watcher:
    """Checks every write of a life. `violations` are the invariants that did not hold."""

    def __init__(self, world: World, stripe: StripeSide, stage: Stage) -> None:
        self._world, self._stripe, self._stage = world, stripe, stage
        self.violations: list[str] = []
        self.orders: defaultdict[str, OrderRecord] = defaultdict(OrderRecord)
        self._owners: dict[str, str] = {}
        self._usages: dict[str, Item] = {}
        self._failed: dict[str, Refund] = {}
        self.debts = Debts(_is_debt)
        self.paid_contents = PaidContents()
        self.deadlines = Deadlines(lambda: stage.guarantees)
        self._recorded_events: set[str] = set()
        stripe.captured, stripe.missed = self._captured, self._missed

    def __call__(self, changes: Sequence[Change]) -> None:
        """Check the changes of one write or one transaction."""
        if len(self.violations) >= MANY:
            return
        touched: set[str] = set()
        self._recorded_events.clear()
        items: list[tuple[tuple[str, str], Item | None]] = []
        for key, _, after in changes:
            item = from_attributes(after) if after is not None else None
            items.append((key, item))
            self.debts.follow(key, item)
            self.paid_contents.follow(key, item, self._world.clock.microseconds)
            order_id = self._follow(key, item)
            if order_id:
                touched.add(order_id)
        self._check_owner(key for key, _ in items)
        for order_id in sorted(touched):
            self._check(order_id, self.orders[order_id])

    def faults_stop(self) -> None:
        """From now on nothing excuses a delay."""
        self.deadlines.faults_stop(self._now)

    def needing_person(self) -> list[Refund]:
        """The refunds that failed for good."""
        return list(self._failed.values())

    def states(self) -> list[str]:
        """The states of the orders, for the coverage."""
        return [record.state for record in self.orders.values()]

    def owned_by(self, order_id: str) -> str:
        """The customer of an order."""
        return self._owners.get(order_id, "")

    def usage(self, user: str) -> Item:
        """What a customer uses of the limits."""
        return self._usages.get(user, {})

    # The state of the items

    def _captured(self, capture: Capture) -> None:
        """Until a success is recorded, the schedule looks for it in the list of events."""
        self.deadlines.capture(capture)
        self._missed(capture.payment_intent_id, capture.at)

    def _missed(self, subject: str, at: datetime) -> None:
        """An event, or a success, that the schedule finds in the list of events."""
        due = keys.due_key(at + event_list.LATE, keys.stripe_event(subject))
        self.debts.owe((STRIPE, subject), due)

    def _follow_event(self, partition: str, sort: str, item: Item | None) -> None:
        """Follow what is recorded of an event of Stripe."""
        event_id = partition.removeprefix(keys.STRIPE_EVENTS)
        if sort in (keys.STRIPE_EVENT, keys.UNHANDLED):
            self.debts.settle((STRIPE, event_id))
        if sort == keys.STRIPE_EVENT:
            self._recorded_events.add(event_id)
        elif sort == keys.UNHANDLED and item:
            self.deadlines.follow_unhandled(event_id, _failures(item))

    def _follow(self, key: tuple[str, str], item: Item | None) -> str | None:
        """Update what is known. Returns the id of the order that the item belongs to."""
        partition, sort = key
        if partition.startswith(OF_USERS):
            if sort == "USAGE":
                self._usages[partition.removeprefix(OF_USERS)] = item or {}
            if not sort.startswith(keys.ORDERS):
                return None
            order_id = sort.removeprefix(keys.ORDERS)
            self.orders[order_id].order = order_items.from_item(item) if item else None
            self._owners[order_id] = partition.removeprefix(OF_USERS)
            self.deadlines.follow_debt(order_id, "", _failures(item))
            return order_id
        if partition.startswith(keys.STRIPE_EVENTS):
            self._follow_event(partition, sort, item)
        if not partition.startswith(OF_ORDERS):
            return None
        order_id = partition.removeprefix(OF_ORDERS)
        record = self.orders[order_id]
        _follow_item(record.documents, keys.DOCUMENTS, sort, item, document_items.from_item)
        _follow_item(record.payments, keys.PAYMENTS, sort, item, payment_items.from_item)
        _follow_item(record.refunds, keys.REFUNDS, sort, item, refunds.from_item)
        for refund in record.refunds.values() if sort.startswith(keys.REFUNDS) else ():
            self.deadlines.follow_debt(order_id, sort, _failures(item))
            self._failed.pop(refund.id, None)
            if refund.needs_person:
                self._failed[refund.id] = refund
        if sort.startswith(keys.EVENTS) and item:
            record.audited.add(item)
        return order_id

    # The invariants

    def _check(self, order_id: str, record: OrderRecord) -> None:
        if record.order is None:
            self._violated(order_id, "items without their order")
            return
        self._check_counters(record.order, record)
        self._check_audit(record.order, record)
        for payment in record.payments.values():
            self._check_payment(record.order, payment, record)
        for late in self.deadlines.check(record.order, record.payments, record.refunds, self._now):
            self._violated(order_id, late)
        if record.order.payment:
            copy = record.order.payment
            if record.payments.get(copy.payment_intent_id) != copy:
                self._violated(order_id, "the order's copy of its payment differs from its item")
            is_withheld = copy.is_withheld
            if (
                copy.dispute is DisputeStatus.OPEN
                and is_withheld not in self._stage.closed_while_disputed
            ):
                self._violated(order_id, f"is disputed, and withheld: {is_withheld}")
        record.access.follow(record.order, self._world.clock.microseconds)
        if record.order.is_sample:
            self._check_sample(record.order, record)
        self._check_opened(record.order, record)
        if self._stage.always_scans:
            self._check_scanned(record, self._stage.scanner.clean)

    def _check_counters(self, order: Order, record: OrderRecord) -> None:
        counted = sum((Counters.of(document) for document in record.documents.values()), Counters())
        if order.counters != counted:
            self._violated(order.id, f"counts {order.counters}, but has {counted}")
        unpaid = [
            other.order
            for order_id, other in self.orders.items()
            if other.order
            and self._owners[order_id] == order.user_id
            and other.order.status in (OrderStatus.PENDING, OrderStatus.PROCESSING)
            and not other.order.is_sample
        ]
        used = self.usage(order.user_id)
        for name, actual in (
            ("unpaid_orders", len(unpaid)),
            ("unpaid_pages", sum(order.charged_pages for order in unpaid)),
        ):
            if used.get(name, 0) != actual:
                self._violated(order.id, f"{name} is {used.get(name, 0)}, but should be {actual}")

    def _check_audit(self, order: Order, record: OrderRecord) -> None:
        audited = record.audited
        if audited.status != order.status:
            self._violated(order.id, f"is {order.status}, but was audited as {audited.status}")
        if audited.documents != order.documents:
            self._violated(order.id, f"{order.documents} documents, audited {audited.documents}")
        for payment in record.payments.values():
            if payment.status is PaymentStatus.SUCCEEDED:
                if payment.payment_intent_id not in audited.paid:
                    self._violated(order.id, "a payment succeeded without an event")
            elif payment.payment_intent_id not in audited.started:
                self._violated(order.id, "a payment was started without an event")

    def _check_payment(self, order: Order, payment: Payment, record: OrderRecord) -> None:
        id_ = payment.payment_intent_id
        refunds = [r for r in record.refunds.values() if r.payment_intent_id == id_]
        returned = sum(refund.returned for refund in refunds)
        by_payment = payment.amount_refunded + payment.amount_acknowledged
        if max(returned, by_payment) > payment.money.amount:
            self._violated(order.id, f"more is returned than {payment.money} of a payment")
        record.at_opening.setdefault(payment.payment_intent_id, [*record.documents.values()])
        self._check_open(order, payment)
        if not payment.is_final or (payment.payment_intent_id, payment.status) in record.ended:
            return
        record.ended.add((payment.payment_intent_id, payment.status))
        intent = self._stripe.intent(payment.payment_intent_id)
        self.debts.settle((STRIPE, payment.payment_intent_id))
        if payment.status is PaymentStatus.CANCELED:
            if not intent or intent["status"] != "canceled":
                self._violated(order.id, "a payment is recorded as canceled, but may be paid")
            return
        if not intent or intent["status"] != "succeeded":
            self._violated(order.id, "a payment is recorded that Stripe has not captured")
        elif intent["metadata"].get("order_id") != order.id:
            self._violated(order.id, "another order's payment is recorded")
        elif intent["amount"] != payment.money.amount and order.payment == payment:
            self._violated(order.id, f"{payment.money} is recorded, Stripe has {intent['amount']}")
        intent_ids = {self.deadlines.stated_by(event_id) for event_id in self._recorded_events}
        by_event = payment.payment_intent_id in intent_ids
        for wrong in self.deadlines.of_success(payment, self._now, by_event=by_event):
            self._violated(order.id, wrong)

    def _check_open(self, order: Order, payment: Payment) -> None:
        """Only the present payment of an order that is to be paid can be paid."""
        if payment.status is not PaymentStatus.OPEN:
            return
        is_present = order.payment == payment and payment.revision == order.revision
        if order.status is not OrderStatus.PENDING or not is_present:
            self._violated(order.id, f"is {order.status}, and an outdated payment is open")

    def _check_opened(self, order: Order, record: OrderRecord) -> None:
        """Nothing is open that is not paid for."""
        if order.status is not OrderStatus.COMPLETED:
            return
        payment = order.payment
        if order.is_sample:
            self._completed(order, record, by="its readings")
            return
        if payment is None or payment.status is not PaymentStatus.SUCCEEDED:
            self._violated(order.id, "completed without a payment")
            return
        charged = (document.paid_with(order.revision) for document in record.documents.values())
        total = pricing.total(order.prices, sum(document.charged_pages for document in charged))
        if total != payment.money:
            self._violated(order.id, f"completed for {payment.money}, but costs {total}")
        if payment.revision != order.revision:
            self._violated(order.id, "completed by the payment of another revision")
        self._completed(order, record, by=payment.payment_intent_id)

    def _completed(self, order: Order, record: OrderRecord, *, by: str) -> None:
        if record.completed_by is None:
            record.completed_by = by
            if order.in_progress:
                self._violated(order.id, "completed while a document is in progress")

    def _check_sample(self, order: Order, record: OrderRecord) -> None:
        """Nothing of a sample order is charged, and a customer has one that was not given up."""
        charged = sum(document.charged_pages for document in record.documents.values())
        if charged or order.charged_pages or order.quote_total:
            self._violated(order.id, f"a sample order charges {charged} pages")
        if order.payment or record.payments or record.refunds:
            self._violated(order.id, "a sample order has a payment or a refund")
        samples = [
            other.order.id
            for order_id, other in self.orders.items()
            if other.order
            and other.order.is_sample
            and not is_replaceable(other.order)
            and self._owners[order_id] == order.user_id
        ]
        if samples and samples != [self.usage(order.user_id).get("sample_order_id")]:
            self._violated(order.id, f"the sample orders of a customer are {samples}")

    def _check_scanned(self, record: OrderRecord, clean: Container[str]) -> None:
        """Nothing is read, and charged, before its file was found clean."""
        for document in record.documents.values():
            is_admitted = document.admitted_at is not None or document.charged_pages
            if is_admitted and document.file and document.file.version not in clean:
                self._violated(document.id, "is read without a clean status of the malware scan")

    def _check_owner(self, item_keys: Any) -> None:
        """A customer's request changes nothing of another customer."""
        run = self._world.current
        user = run.name.partition(" by ")[2] if run else ""
        if not user:
            return
        for partition, sort in item_keys:
            owner = user
            if partition.startswith(OF_USERS):
                owner = partition.removeprefix(OF_USERS)
            elif partition.startswith(OF_ORDERS):
                owner = self.owned_by(partition.removeprefix(OF_ORDERS))
            if owner != user:
                self._violated(partition, f"{run} changed {sort} of {owner}")

    @property
    def _now(self) -> datetime:
        """The true time."""
        return EPOCH + timedelta(microseconds=self._world.clock.microseconds)

    def _violated(self, subject: str, what: str) -> None:
        self._world.note(f"VIOLATION: {subject}: {what}")
        self.violations.append(f"{subject}: {what}")


def _is_debt(key: tuple[str, str]) -> bool:
    """Whether an item with that key owes something, in contrast to tasks that recur for ever."""
    return key[0].startswith((OF_USERS, OF_ORDERS)) or key[1] == keys.UNHANDLED


def _failures(item: Item | None) -> int:
    """How often in a row the debt of an item could not be settled."""
    failures: Item = (item or {}).get("failures", {})
    return int(failures.get("count", 0))


def _follow_item[T](
    items: dict[str, T],
    prefix: str,
    sort: str,
    item: Item | None,
    from_item: Callable[[Item], T],
) -> None:
    if not sort.startswith(prefix):
        return
    if item is None:
        items.pop(sort.removeprefix(prefix), None)
    else:
        items[sort.removeprefix(prefix)] = from_item(item)
