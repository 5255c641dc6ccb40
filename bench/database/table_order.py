"""An order from its creation to its download, in steps that are measured one by one."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from functools import partial
from itertools import batched, count
from random import Random
from typing import Any

from pydantic import TypeAdapter

from analysis import READER_VERSION, Box, Fact, Result
from analysis.consolidate import key_facts
from bench.database.table_stage import use_readers
from docket.gateways import s3
from docket.gateways.queues import ResultMessage
from docket.gateways.s3 import Upload
from docket.runtime.clock import new_id
from docket.workflows.documents.facts.reviewed_facts import marks
from functions.events import on_result, on_upload
from tests.fakes import Queue, Stripe, signed
from tests.lambda_events import Context, s3_notification, sqs_event
from tests.make_calls import Reply, a_request, call, send
from tests.reading import a_result

PAGES = 2
"""Pages of a document."""
ANALYSIS_BYTES = 3 * 1024
"""The JSON of an analysis, which has at least so many bytes."""
LARGEST_BATCH = 10
"""Messages of one call of a function, as in `infra.queues`."""
MOST_ADDED = 20
"""Documents that the API accepts in one request."""
MONEY = ("net", "tax", "gross")
FACTS = ("seller", "invoice_number", "issue_date", "due_date", *MONEY, "vat_id", "delivery_date")
WORDS = ("Holzwerk", "Example", "Brandt", "Company", "Northern", "Paper", "Supply", "Office")
HEADLINE = "Invoice 4711 of the Example Company Ltd over 1,190.00 EUR"
VERSION = "3.L4kqtJlcpXroDTDmJ-rmSpXd3dIbrHY"
"""As long as the versions of S3."""


class Arrival(StrEnum):
    """How the results of an order's documents arrive."""

    BATCHES = "in batches of ten"
    ALONE = "one by one"
    WAITING = "five readers, so a customer's documents wait for two"


READERS = {Arrival.BATCHES: 1000, Arrival.ALONE: 1000, Arrival.WAITING: 5}
"""The concurrent readers of each: 1,000 are enough for all documents at once."""

type Step = tuple[str, Callable[[], int]]
"""The name of an act, and what does it once; it returns the bytes of the reply."""

_customers = count()


def steps(
    documents_count: int, arrival: Arrival, stripe: Stripe, readings: Queue
) -> Iterator[Step]:
    """The steps of one order of a new customer."""
    use_readers(READERS[arrival])
    order = _Order(f"01JCUSTOMER{next(_customers):015d}", stripe, readings)
    yield "create", order.create
    for added in batched(range(documents_count), MOST_ADDED, strict=False):
        yield "add", partial(order.add, len(added))
    yield from order.pipeline(arrival)
    yield "get", order.get
    yield "get, unchanged", order.poll
    yield "list the documents", order.list_documents
    yield "list", order.list
    yield "get a document", order.get_document
    yield "request the analysis", order.request_analysis
    yield "get the preview", order.get_analysis
    yield "open a payment", order.create_intent
    yield "Stripe's webhook", order.receive_success
    yield "confirm", order.confirm
    yield "get the analysis", order.get_analysis
    yield "get the report", order.get_report
    yield "list the events", order.list_events


class _Order:
    """The requests of one order. Each method returns the bytes of the response's body."""

    def __init__(self, user_id: str, stripe: Stripe, readings: Queue) -> None:
        self._user, self._stripe, self._readings = user_id, stripe, readings
        self._id = self._intent = self._etag = ""
        self._documents: list[str] = []

    def _call(self, name: str, body: object = None, **fields: Any) -> Reply:
        ids = (
            fields
            if {"order_id", "document_id"} & fields.keys()
            else {**fields, "order_id": self._id}
        )
        reply = call(name, body, as_user=self._user, **ids)
        assert reply.status in (200, 201, 202), reply.body  # noqa: S101 - the bench is wrong
        return reply

    def create(self) -> int:
        key = {"idempotency-key": new_id()}
        reply = call("orders/create", {"title": "November"}, as_user=self._user, headers=key)
        self._id = reply.json["id"]
        return _size(reply)

    def add(self, count: int) -> int:
        first = len(self._documents)
        body = {"documents": [_file(number) for number in range(first, first + count)]}
        key = {"idempotency-key": new_id()}
        reply = self._call("orders/add_document", body, order_id=self._id, headers=key)
        self._documents += [document["id"] for document in reply.json["documents"]]
        return _size(reply)

    def pipeline(self, arrival: Arrival) -> Iterator[Step]:
        """The uploads are accepted, and the results of what is requested from the reader recorded.

        With enough readers the results of a batch arrive before the next uploads; else all uploads
        have arrived before the first result.
        """
        size = 1 if arrival is Arrival.ALONE else LARGEST_BATCH
        for batch in batched(self._documents, size, strict=False):
            yield "accept", partial(self._accept, batch)
            if arrival is not Arrival.WAITING:
                yield from self._results()
        yield from self._results()

    def _accept(self, document_ids: Sequence[str]) -> int:
        uploads = [
            Upload(user_id=self._user, document_id=document_id, upload_number=1, version=VERSION)
            for document_id in document_ids
        ]
        event = sqs_event(*(s3_notification(upload) for upload in uploads))
        return _processed(on_upload.handler(event, Context()))

    def _results(self) -> Iterator[Step]:
        while requested := [record["body"] for record in self._readings.deliver()]:
            for batch in batched(requested, LARGEST_BATCH, strict=False):
                results = [_read(json.loads(body)) for body in batch]
                yield "record", partial(self._record, results)

    def _record(self, results: Sequence[str]) -> int:
        return _processed(on_result.handler(sqs_event(*results), Context()))

    def get(self) -> int:
        reply = self._call("orders/get")
        self._etag = reply.headers["ETag"]
        return _size(reply)

    def poll(self) -> int:
        headers = {"if-none-match": self._etag}
        reply = call("orders/get", as_user=self._user, order_id=self._id, headers=headers)
        assert reply.status == 304, reply.status  # noqa: S101, PLR2004 - not modified
        return _size(reply)

    def list_documents(self) -> int:
        return _size(self._call("orders/list_documents"))

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

    def get_report(self) -> int:
        return _size(self._call("analyses/report", headers={"accept": "application/json"}))

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


def _file(number: int) -> dict[str, Any]:
    return {
        "filename": f"Invoice {number:04d} of the Example Company Ltd.pdf",
        "content_type": "application/pdf",
        "size": 100_000 + number,
        "sha256": f"{number:064x}",
    }


def _read(request: dict[str, Any]) -> str:
    """The result of a reading message: an invoice of two pages, with three kilobytes of facts."""
    names = {name: request[name] for name in ("user_id", "document_id", "attempt")}
    whole = _result(request["document_id"])
    s3.put_result(request["document_id"], request["attempt"], json.dumps(whole.to_dict()).encode())
    facts = whole.facts_dict()
    analysis = {
        "facts": facts,
        "marks": [mark.to_dict() for mark in marks(facts)],
        "key_facts": key_facts(whole.to_dict()),
        "page_images": [[page, 1240, 1754] for page in range(PAGES)],
        "page_count": PAGES,
        "charged_pages": PAGES,
    }
    s3.put_analysis(request["document_id"], request["attempt"], json.dumps(analysis).encode())
    result = ResultMessage(
        **names,
        status="read",
        reader_version=READER_VERSION,
        bytes_sha256=_sha256(request["document_id"], "bytes"),
        result_sha256=_sha256(request["document_id"], "words"),
    )
    return TypeAdapter(ResultMessage).dump_json(result, exclude_none=True).decode()


def _result(document_id: str) -> Result:
    """Facts of their own for each document: their JSON is compressed like that of a real one."""
    random = Random(document_id)  # noqa: S311 - the same in each run
    facts: list[Fact] = []
    while True:
        result = a_result(headline=HEADLINE, language="en", facts=tuple(facts))
        if len(json.dumps(result.facts_dict(), separators=(",", ":"))) >= ANALYSIS_BYTES:
            return result
        facts.append(_fact(FACTS[len(facts) % len(FACTS)], random))


def _fact(name: str, random: Random) -> Fact:
    minor, day = random.randrange(100, 1_000_000), date(2026, 1, 1)
    day += timedelta(days=random.randrange(365))
    left, top = random.random() / 2, random.random() / 2
    is_money = name in MONEY
    is_date = name.endswith("_date")
    text = f"{random.choice(WORDS)} {random.choice(WORDS)} {random.randrange(10_000)}"
    printed = f"EUR {minor / 100:,.2f}" if is_money else f"{day:%d %B %Y}" if is_date else text
    money = {"minor": minor, "currency": "eur"}
    return Fact(
        name=name,
        value=printed,
        normalised=money if is_money else day.isoformat() if is_date else text,
        page=random.randrange(PAGES),
        box=Box(*(round(edge, 4) for edge in (left, top, left + 0.1, top + 0.01))),
        confidence=0.5 + random.random() / 2,
        source="text",
    )


def _sha256(*parts: str) -> str:
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()


def _processed(reply: dict[str, Any]) -> int:
    assert reply == {"batchItemFailures": []}, reply  # noqa: S101 - the bench is wrong
    return 0


def _size(reply: Reply) -> int:
    """The bytes of a reply as they leave the function, which may be compressed."""
    return len(reply.body)
