"""An order from its creation to its download, in steps that are measured one by one."""

import json
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from functools import partial
from itertools import batched, count
from typing import Any

from bench.table_stage import use_readers
from docket.domain.document import Outcome, UploadedFile
from docket.domain.event import AuditContext
from docket.runtime.clock import new_id, now
from docket.table import analyses, documents, readings
from docket.table.analyses import Analysis
from docket.table.readings import Finished
from docket.workflows.customer_limits import customer_limits
from tests.fakes import Stripe, signed
from tests.make_calls import Reply, a_request, call, send

PAGES = 2
ANALYSIS_BYTES = 3 * 1024
LARGEST_BATCH = 10
VERSION = "3.L4kqtJlcpXroDTDmJ-rmSpXd3dIbrHY"
"""As long as the versions of S3."""


class Arrival(StrEnum):
    """How the results of an order's documents arrive."""

    BATCHES = "in batches of ten"
    ALONE = "one by one"
    WAITING = "five readers, so a customer's documents wait for two"


READERS = {Arrival.BATCHES: 1000, Arrival.ALONE: 1000, Arrival.WAITING: 5}

type Step = tuple[str, Callable[[], int]]
"""The name of an act, and what does it once; it returns the bytes of the reply."""

_customers = count()


def steps(documents_count: int, arrival: Arrival, stripe: Stripe) -> Iterator[Step]:
    """The steps of one order of a new customer."""
    use_readers(READERS[arrival])
    order = _Order(f"01JCUSTOMER{next(_customers):015d}", stripe)
    yield "create", order.create
    for _ in range(documents_count):
        yield "add", order.add
    yield from order.pipeline(arrival)
    yield "get", order.get
    yield "get, unchanged", order.poll
    yield "list", order.list
    yield "get a document", order.get_document
    yield "open a payment", order.create_intent
    yield "Stripe's webhook", order.receive_success
    yield "confirm", order.confirm
    yield "list the events", order.list_events


class _Order:
    def __init__(self, user_id: str, stripe: Stripe) -> None:
        self._user, self._stripe = user_id, stripe
        self._id = self._intent = self._etag = ""
        self._documents: list[str] = []

    def _call(self, name: str, body: object = None, **fields: Any) -> Reply:
        ids = fields or {"order_id": self._id}
        reply = call(name, body, as_user=self._user, **ids)
        assert reply.status in (200, 201, 202), reply.body  # noqa: S101 - the bench is wrong
        return reply

    def create(self) -> int:
        key = {"idempotency-key": new_id()}
        reply = call("orders/create", {"title": "November"}, as_user=self._user, headers=key)
        self._id = reply.json["id"]
        return _size(reply)

    def add(self) -> int:
        number = len(self._documents)
        body = {
            "filename": f"Invoice {number:04d} of the Example Company Ltd.pdf",
            "content_type": "application/pdf",
            "size": 100_000 + number,
            "sha256": f"{number:064x}",
        }
        key = {"idempotency-key": new_id()}
        reply = self._call("orders/add_document", body, order_id=self._id, headers=key)
        self._documents.append(reply.json["id"])
        return _size(reply)

    def pipeline(self, arrival: Arrival) -> Iterator[Step]:
        """The uploads are accepted and the results recorded."""
        match arrival:
            case Arrival.ALONE:
                yield from self._in_batches(self._documents, 1)
            case Arrival.BATCHES:
                yield from self._in_batches(self._documents, LARGEST_BATCH)
            case Arrival.WAITING:
                for batch in batched(self._documents, LARGEST_BATCH, strict=False):
                    yield "accept", partial(self._accept, batch)
                for running in batched(self._documents, customer_limits().share, strict=False):
                    yield "admit", self._admit
                    yield "record", partial(self._record, running)

    def _in_batches(self, document_ids: Sequence[str], size: int) -> Iterator[Step]:
        for batch in batched(document_ids, size, strict=False):
            yield "accept", partial(self._accept, batch)
            yield "record", partial(self._record, batch)

    def _accept(self, document_ids: Sequence[str]) -> int:
        uploads = {id_: UploadedFile(ticket=1, version=VERSION) for id_ in document_ids}
        limits = customer_limits()
        readings.accept(self._user, self._id, uploads, _audit("reader"), limits=limits)
        return 0

    def _admit(self) -> int:
        limits = customer_limits()
        for document_id in documents.waiting(self._user, limit=limits.share):
            readings.admit(self._user, document_id, limits=limits, at=now())
        return 0

    def _record(self, document_ids: Sequence[str]) -> int:
        finished = [
            Finished(
                document_id=document_id,
                attempt=1,
                outcome=Outcome(
                    reader_version="2026.11.1",
                    page_count=PAGES,
                    charged_pages=PAGES,
                    kind="invoice",
                    language="en",
                    headline="Invoice 4711 of the Example Company Ltd over 1,190.00 EUR",
                ),
                also=(analyses.put_analysis(self._id, _analysis(document_id)),),
            )
            for document_id in document_ids
        ]
        readings.record(self._user, self._id, finished, _audit("reader"))
        return 0

    def get(self) -> int:
        reply = self._call("orders/get")
        self._etag = reply.headers.get("ETag", "")
        return _size(reply)

    def poll(self) -> int:
        headers = {"if-none-match": self._etag}
        reply = call("orders/get", as_user=self._user, order_id=self._id, headers=headers)
        return _size(reply)

    def list(self) -> int:
        return _size(call("orders/list", as_user=self._user))

    def get_document(self) -> int:
        json_wanted = {"accept": "application/json"}
        return _size(
            self._call("documents/get", document_id=self._documents[0], headers=json_wanted)
        )

    def request_analysis(self) -> int:
        return _size(self._call("analyses/create"))

    def get_analysis(self) -> int:
        return _size(self._call("analyses/get"))

    def create_intent(self) -> int:
        reply = self._call("payments/create_intent")
        self._intent = reply.json["payment_intent_id"]
        self._stripe.pay(self._intent)
        return _size(reply)

    def receive_success(self) -> int:
        body = self._stripe.event("payment_intent.succeeded", self._intent)
        event = a_request("POST", "/api/v1/payments/webhook", body, headers=signed(body))
        return _size(send("payments/webhook", event))

    def confirm(self) -> int:
        return _size(self._call("payments/confirm", {"payment_id": self._intent}))

    def list_events(self) -> int:
        return _size(self._call("orders/list_events"))


def _analysis(document_id: str) -> Analysis:
    """An analysis whose facts are JSON of three kilobytes."""
    fact = {
        "name": "total_gross",
        "label": "Total",
        "value": "1,190.00",
        "page": 1,
        "box": [0.51, 0.62, 0.6, 0.64],
        "confidence": 0.97,
        "source": "text",
    }
    facts: dict[str, Any] = {"document_id": document_id, "facts": []}
    while len(json.dumps(facts, separators=(",", ":"))) < ANALYSIS_BYTES - 200:
        facts["facts"].append(fact)
    padding = ANALYSIS_BYTES - len(json.dumps(facts | {"summary": ""}, separators=(",", ":")))
    return Analysis(
        document_id=document_id, version=VERSION, facts=facts | {"summary": "x" * padding}
    )


def _size(reply: Reply) -> int:
    """The bytes of a reply as they leave the function, which may be compressed."""
    return len(reply.body)


def _audit(actor: Any) -> AuditContext:
    return AuditContext(actor=actor, at=now(), new_id=new_id)
