"""Customers: each tab does its steps one after the other."""

import json
from collections.abc import Callable, Sequence
from http import HTTPStatus
from random import Random
from typing import Any

from tests.simulation.aws import SimulatedAws
from tests.simulation.bucket.presigned import Refused, customer_uploads
from tests.simulation.environment.browser import Browser, Doing, KnownDocument, KnownOrder, Reply
from tests.simulation.environment.contents import Content, a_copy, content
from tests.simulation.environment.operator_side import OperatorSide
from tests.simulation.environment.reader import NEWER_VERSION, Reader
from tests.simulation.environment.stripe_side import StripeSide
from tests.simulation.faults import Fault
from tests.simulation.functions import Functions
from tests.simulation.orders.plan import Act, Step, Tab, second_tab
from tests.simulation.orders.reversals import Reversals
from tests.simulation.orders.watch import Watcher

SIZE = 64
"""The size of every file, which its form demands."""

OPENING = (Act.CREATE, Act.SAMPLE)
"""The steps by which a browser gets to know an order."""

LOOKS = 60
HANGING_SECONDS = (1800.0, 4 * 3600.0)
LOOK_AGAIN_SECONDS = (5.0, 300.0)
ROLLED_AFTER_SECONDS = (0.0, 3000.0)


class Customers(Browser):
    """All customers of a life. `contents` is what each uploaded version contains."""

    def __init__(
        self,
        aws: SimulatedAws,
        stripe: StripeSide,
        operator: OperatorSide,
        functions: Functions,
        reader: Reader,
        *,
        watcher: Watcher,
        seed: int,
    ) -> None:
        super().__init__(aws, functions, Random(f"{seed} customers"))
        self._stripe, self._seed = stripe, seed
        self._reader = reader
        self.watcher = watcher
        self.reversals = Reversals(aws, stripe, operator, seed)
        self.reversals.on_change = self._look_again
        self.orders: dict[int, KnownOrder] = {}
        self.deleted: set[str] = set()
        """The documents whose deletion was accepted."""
        self.contents: dict[str, Content] = {}
        self._next_number = 1000
        self.suppressed: frozenset[int] = frozenset()

    def open(self, tab: Tab) -> None:
        """Start a tab."""
        self.active += 1
        self._continue(self._tab(tab), None)

    @property
    def intents(self) -> set[str]:
        """The payment intents that a customer was shown."""
        return {intent for order in self.orders.values() for intent in order.intents}

    def _tab(self, tab: Tab) -> Doing:
        for step in tab.steps:
            yield step.pause
            self._random = Random(f"{self._seed} {step.number}")
            order = self.orders.setdefault(step.order, KnownOrder(tab.user, step.order))
            if step.act not in OPENING and not order.id:
                continue
            self._aws.world.note(f"{tab.user}, order {step.order}: step {step.number}: {step.act}")
            yield from self._step(step, order)

    def _step(self, step: Step, order: KnownOrder) -> Doing:
        by_act: dict[Act, Callable[[], Doing]] = {
            Act.CREATE: lambda: self._create(order),
            Act.SAMPLE: lambda: self._open_sample(order),
            Act.ADD: lambda: self._add(order, step.document),
            Act.ADD_SEVERAL: lambda: self._add_several(order, step.document, step.count),
            Act.UPLOAD: lambda: self._upload(order, step.document),
            Act.COPY: lambda: self._upload(order, step.document, copies=True),
            Act.RETURN: lambda: self._get_back(order),
            Act.RENEW: lambda: self._renew_upload(order, step.document),
            Act.DELETE: lambda: self._delete(order, step.document),
            Act.LOOK: lambda: self._view_order(order),
            Act.READ_AGAIN: lambda: self._read_again(order),
            Act.NEWER_READER: lambda: self._release(order),
            Act.PAY: lambda: self._pay(order, step.card),
            Act.CHOOSE_CARD: lambda: self._stripe.choose_card(order.intents),
            Act.CONFIRM: lambda: self._confirm(order),
            Act.CANCEL: lambda: self._ask(order, "orders/update_status", status="cancelled"),
        }
        return by_act[step.act]()

    # Steps

    def _create(self, order: KnownOrder) -> Doing:
        key = f"order-{order.place}"
        replies = yield from self._call(order, "orders/create", body={"title": key}, key=key)
        created = self._created(replies)
        if not created:
            return
        order.id = created
        if self._fires(Fault.TWO_TABS, "order"):
            self._open_more(order, order.user)
        if self._fires(Fault.STRANGER, "order"):
            self._stranger(order)
        if self._fires(Fault.SECRET_ROLLED, "stripe"):
            self._aws.world.after(
                self._random.uniform(*ROLLED_AFTER_SECONDS), self._stripe.roll_secret
            )

    def _open_sample(self, order: KnownOrder) -> Doing:
        """Open the sample order. Whoever has one gets that, unless it expired."""
        replies = yield from self._call(order, "orders/create_sample")
        order.id = self._created(replies) or order.id

    def _add(self, order: KnownOrder, place: int) -> Doing:
        document = order.documents.setdefault(place, KnownDocument())
        key = f"document-{order.place}-{place}"
        replies = yield from self._call(order, "orders/add_document", body=_file(place), key=key)
        created = self._created(replies)
        if created:
            document.id = created
            document.forms += [body["upload"] for status, body in replies if status == 201]

    def _add_several(self, order: KnownOrder, first: int, count: int) -> Doing:
        """Add documents by list, all of them or none, and upload most of their files."""
        body = {"documents": [_file(place) for place in range(first, first + count)]}
        key = f"documents-{order.place}-{first}"
        replies = yield from self._call(order, "orders/add_document", body=body, key=key)
        created = [body["documents"] for status, body in replies if status == 201]
        for documents in created:
            if [item["id"] for item in documents] != [item["id"] for item in created[0]]:
                self.problems.append("one idempotency key added different documents")
            if len(documents) != count:
                self.problems.append(f"{len(documents)} documents were added of {count}")
        for place, item in enumerate(created[-1] if created else (), first):
            order.documents[place] = KnownDocument(id=item["id"], forms=[item["upload"]])
            if self._random.random() < 0.95:
                yield self._random.uniform(0, 2)
                yield from self._upload(order, place)

    def _upload(self, order: KnownOrder, place: int, *, copies: bool = False) -> Doing:
        document = order.documents.get(place)
        if document is None or not document.forms:
            return
        first = next(iter(self.contents.values()), None) if copies else None
        copy = a_copy(first, self._random) if first else None
        self._send(document, document.forms[-1], copy)
        if self._fires(Fault.UPLOAD_REPLACED, "upload"):
            yield self._random.uniform(0, 30)
            self._send(document, document.forms[-1])
        if self._fires(Fault.UPLOAD_UNEXPECTED, "upload"):
            form = self._random.choice(document.forms)
            delay = self._random.uniform(30, 3000)
            self._aws.world.after(delay, lambda: self._send(document, form))
        if self._fires(Fault.DELETED_WHILE_READING, "upload"):
            if self._random.random() < 0.5:
                yield document.id
                yield self._random.uniform(0, 0.06)
            else:
                yield self._random.uniform(0, 20)
            yield from self._delete(order, place)

    def _renew_upload(self, order: KnownOrder, place: int) -> Doing:
        document = order.documents.get(place)
        if document is None or not document.id:
            return
        replies = yield from self._call(order, "documents/renew_upload", document=document.id)
        document.forms += [body for status, body in replies if status == 200]
        yield self._random.uniform(0, 10)
        if document.forms:
            self._send(document, document.forms[-1])

    def _delete(self, order: KnownOrder, place: int) -> Doing:
        document = order.documents.get(place)
        if document is None or not document.id:
            return
        replies = yield from self._call(order, "documents/delete", document=document.id)
        if any(status == 200 for status, _ in replies):
            self.deleted.add(document.id)

    def _pay(self, order: KnownOrder, card: str) -> Doing:
        yield from self._wait_for_quote(order)
        self.watcher.paid_contents.begin_request(order.id, self._aws.clock.microseconds)
        replies = yield from self._call(order, "payments/create_intent")
        for status, body in replies:
            if status == 200 and body["payment_intent_id"] not in order.intents:
                order.intents.append(body["payment_intent_id"])
        if not order.intents:
            return
        intent = order.intents[-1]
        yield self._random.uniform(0, 40)
        outcome = self._stripe.pay(intent, card)
        self._aws.world.note(f"stripe: {intent} with {card}: {outcome}")
        if outcome == "requires_action" and self._random.random() < 0.8:
            yield self._random.uniform(0, 60)
            passed = "complete" if self._random.random() < 0.8 else "fail"
            self._stripe.act(f"/payment_intents/{intent}/authenticate", {"outcome": passed})
        self.reversals.follow(order.id, intent, self._random)

    def _wait_for_quote(self, order: KnownOrder) -> Doing:
        """Most customers wait until the site shows the price, and remove what was not uploaded.

        Some press the button too early.
        """
        if self._random.random() < 0.1:
            return
        record = self.watcher.orders[order.id]
        for _ in range(LOOKS):
            if record.order and not record.order.in_progress:
                return
            yield 30.0
        for place, document in order.documents.items():
            stored = record.documents.get(document.id)
            if stored and stored.expects_upload and stored.is_in_progress:
                yield from self._delete(order, place)

    def _get_back(self, order: KnownOrder) -> Doing:
        """The payment is refunded by hand or by the operator, or lost in a dispute."""
        for intent in order.intents[-1:]:
            yield 0.0
            self.reversals.get_back(order.id, intent, self._random)

    def _confirm(self, order: KnownOrder) -> Doing:
        if order.intents:
            body = {"payment_id": self._random.choice((order.intents[-1], *order.intents))}
            yield from self._call(order, "payments/confirm", body=body)

    def _read_again(self, order: KnownOrder) -> Doing:
        """Ask for the analysis again, sometimes when readers begin to hang."""
        if self._fires(Fault.READER_HANGS, "reader"):
            self._reader.hang(self._random.uniform(*HANGING_SECONDS))
        yield from self._ask(order, "analyses/create")

    def _release(self, order: KnownOrder) -> Doing:
        """The stage gets a newer reader, so that the customer can have documents read again."""
        self._reader.version = NEWER_VERSION
        yield from self._read_again(order)

    def _ask(self, order: KnownOrder, name: str, **body: str) -> Doing:
        yield from self._call(order, name, body=body or None)

    def _view_order(self, order: KnownOrder) -> Doing:
        """Look at the order and its analysis. Before the payment only the preview is available."""
        yield from self._call(order, "orders/get", attempts=1)
        yield from self._view_analysis(order)

    def _view_analysis(self, order: KnownOrder) -> Doing:
        begun_at = self._aws.clock.microseconds
        replies = yield from self._call(order, "analyses/get", attempts=1)
        access = self.watcher.orders[order.id].access
        for status, body in replies:
            is_open = status == 200 and not body["result"]["preview"]
            if status == 200 and not access.allows(is_open=is_open, begun_at=begun_at):
                wrong = "open, but it is not paid" if is_open else "closed, but it is paid"
                self.problems.append(f"{order.id}: its analysis is {wrong}")

    def _look_again(self, intent: str) -> None:
        """The customer looks at the analysis some time after a refund or a dispute."""
        order = next((o for o in self.orders.values() if intent in o.intents), None)
        if order:
            looking = self._view_analysis(order)
            self.active += 1
            after = self._random.uniform(*LOOK_AGAIN_SECONDS)
            self._aws.world.after(after, lambda: self._continue(looking, None))

    def finds_open(self, order_id: str) -> bool | None:
        """Whether the customer finds the analysis open in the end; None if there is none yet."""
        order = KnownOrder(self.watcher.owned_by(order_id), 0, order_id)
        event = self._event(order, "analyses/get", None, "", "")
        run = self._aws.world.call("analyses/get", self._handler("analyses/get", event))
        if run.raised is not None or run.reply["statusCode"] != HTTPStatus.OK:
            return None
        return not json.loads(run.reply["body"])["result"]["preview"]

    def _stranger(self, order: KnownOrder) -> None:
        """Another customer tries this order's ids, and finds nothing."""
        document_ids = [document.id for document in order.documents.values() if document.id]
        acts: list[tuple[str, dict[str, Any]]] = [
            ("orders/get", {}),
            ("orders/update_status", {"body": {"status": "cancelled"}}),
            ("payments/create_intent", {}),
            *(("documents/delete", {"document": document}) for document in document_ids),
            *(("payments/confirm", {"body": {"payment_id": intent}}) for intent in order.intents),
        ]
        name, details = self._random.choice(acts)
        eve = KnownOrder("eve", order.place, order.id)

        def tab() -> Doing:
            yield self._random.uniform(0, 200)
            replies = yield from self._call(eve, name, attempts=1, **details)
            for status, body in replies:
                if status not in (0, 404) and status < 500:
                    self.problems.append(f"a stranger got {status} {body} from {name}")

        self.active += 1
        self._continue(tab(), None)

    def _open_more(self, order: KnownOrder, user: str) -> None:
        steps = second_tab(self._random, order.place, len(order.documents), self._next_number)
        self._next_number += len(steps)
        left = [step for step in steps if step.number not in self.suppressed]
        self.open(Tab(user=user, steps=tuple(left)))

    # Calls

    def _created(self, replies: Sequence[Reply]) -> str:
        """The id that was created: the same one, however often the request was sent."""
        ids = {str(body["id"]) for status, body in replies if status == 201}
        if len(ids) > 1:
            self.problems.append(f"one request created {sorted(ids)}")
        return min(ids, default="")

    def _send(
        self, document: KnownDocument, form: dict[str, Any], copy: Content | None = None
    ) -> None:
        """Upload a file with a form."""
        file = copy or content(self._random)
        try:
            version = customer_uploads(self._aws.bucket, form, file.bytes(SIZE))
        except Refused:
            return
        self.contents[version.id] = file
        self._aws.world.note(f"s3: {document.id[-4:]} has {file.name}")


def _file(place: int) -> dict[str, Any]:
    """The body that adds a document."""
    return {"filename": f"{place}.pdf", "content_type": "application/pdf", "size": SIZE}
