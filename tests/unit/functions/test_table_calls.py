"""How often each route of an order calls the table. A query counts once: it reads 1 MB a call."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from botocore.client import BaseClient

from docket.domain.orders.document import DocumentStatus
from docket.domain.orders.document_titles import title_tag
from docket.domain.orders.order import OrderStatus
from docket.domain.payments.payment import PaymentStatus
from docket.domain.payments.pricing import DuplicateOf
from docket.gateways import s3
from docket.table import client
from docket.table.orders import analyses
from docket.table.orders.analyses import Analysis
from docket.workflows.documents.facts.reviewed_facts import fact_ids
from infra.endpoints import ENDPOINTS
from tests.make import OID, OTHER_OID, THEN, a_document, a_payment, a_read_document, an_order
from tests.make_calls import call
from tests.reading import a_gross_fact, a_page
from tests.table_state import save

FACT = a_gross_fact()
FILE = {"filename": "c.pdf", "content_type": "application/pdf", "size": 9}
ELSEWHERE = DuplicateOf(order_id=OTHER_OID, document_id=f"{OTHER_OID}-1")
READ, WAITING = a_read_document("a.pdf"), a_document("b.pdf")
UNREADABLE = a_read_document(
    "c.pdf", status=DocumentStatus.UNREADABLE, page_count=None, charged_pages=0
)
OTHERS = ("meta/", "payments/webhook")
"""Routes that are not about one of the caller's orders, beside those of accounts."""


@dataclass(frozen=True)
class Case:
    """A request and the calls it makes: each DynamoDB operation in its order."""

    name: str
    calls: tuple[str, ...]
    body: object = None
    paid: bool = False
    confirmed: bool = False
    headers: Callable[[], dict[str, str]] | None = None
    query: dict[str, object] | None = None
    used_form: bool = False
    free: bool = False
    """The document's content was paid for in another order."""


GET, MANY, QUERY = "GetItem", "BatchGetItem", "Query"
UPDATE, WRITE = "UpdateItem", "TransactWriteItems"


def entity_tag() -> dict[str, str]:
    return {"if-none-match": call("orders/get", order_id=OID).headers["ETag"]}


def requested_report() -> dict[str, str]:
    call("analyses/request_report", PDF, order_id=OID)
    return {}


def accepted_fact() -> dict[str, str]:
    reply = call(
        "documents/correct_fact",
        {"action": "accept"},
        headers={"if-match": READ.facts_tag},
        document_id=READ.id,
        fact_id=fact_ids([FACT])[0],
    )
    return {"if-match": reply.headers["ETag"]}


PDF: dict[str, object] = {"format": "pdf"}
CASES = (
    Case("orders/list", (QUERY,)),
    Case("orders/list", (QUERY, MANY), query={"status": "pending"}),
    Case("orders/create", (GET, WRITE), {}),
    Case("orders/create_sample", (GET, WRITE)),
    Case("orders/get", (GET, QUERY)),
    Case("orders/get", (GET,), headers=entity_tag),
    Case("orders/list_documents", (GET, QUERY)),
    Case("orders/list_events", (GET, QUERY)),
    Case("orders/add_document", (MANY, WRITE), FILE),
    Case("orders/add_document", (MANY, WRITE), {"documents": [FILE] * 20}),
    Case("orders/update_status", (GET, WRITE, QUERY), {"status": "cancelled"}),
    Case("orders/update_review", (GET, WRITE, QUERY), {"status": "finished"}, paid=True),
    Case("documents/get", (MANY, GET), headers=lambda: {"accept": "application/json"}),
    Case("documents/get", (MANY,)),
    Case("documents/renew_upload", (MANY, "UpdateItem")),
    Case("documents/renew_upload", (MANY, WRITE), used_form=True),
    Case(
        "documents/rename",
        (MANY, WRITE),
        {"title": "Rent, March"},
        headers=lambda: {"if-match": title_tag(READ)},
    ),
    Case("documents/delete", (MANY, WRITE)),
    Case(
        "documents/correct_fact",
        (MANY, WRITE),
        {"action": "accept"},
        paid=True,
        headers=lambda: {"if-match": READ.facts_tag},
    ),
    Case(
        "documents/correct_line_items",
        (MANY, WRITE),
        {"items": []},
        paid=True,
        headers=lambda: {"if-match": READ.facts_tag},
    ),
    Case("documents/get_page_text", (MANY,), paid=True),
    Case(
        "documents/correct_fact",
        (MANY, QUERY, WRITE),
        {"action": "reject"},
        paid=True,
        headers=accepted_fact,
    ),
    Case("analyses/create", (QUERY, MANY), {}, paid=True),
    Case("analyses/create", (QUERY, MANY, WRITE), {}),
    Case("analyses/get", (QUERY, MANY)),
    Case("analyses/get", (QUERY, MANY), paid=True),
    Case("analyses/get", (QUERY, MANY), paid=True, query={"cursor": READ.id}),
    Case("analyses/get", (QUERY, MANY, QUERY), paid=True, headers=accepted_fact),
    Case("analyses/get", (QUERY, MANY, MANY, MANY), paid=True, free=True),
    Case("analyses/report", (GET, QUERY), paid=True),
    Case("analyses/request_report", (GET, UPDATE, WRITE), PDF, paid=True),
    Case("analyses/get_report", (GET, GET), paid=True, query=PDF, headers=requested_report),
    Case("payments/create_intent", (QUERY, QUERY, MANY, WRITE), {}),
    Case("payments/confirm", (MANY, MANY, WRITE, GET, QUERY), {}),
    Case("payments/confirm", (MANY, QUERY), {}, confirmed=True),
)
MORE_THAN_TWO = {
    "orders/update_status": "the reply to a cancellation shows the documents",
    "orders/update_review": "the reply shows the documents, and the review is finished once",
    "documents/correct_fact": "the other corrections of the document are read, if there are some",
    "analyses/get": "corrections, and what was paid for elsewhere, are read where there are some",
    "analyses/create": "the first request is recorded, and the reply shows the documents",
    "analyses/request_report": "the reports of the customer are counted",
    "payments/create_intent": "what was read is compared with what was paid for, also just now",
    "payments/confirm": "Stripe is called in between, and the reply shows the documents",
}
"""Routes that need more than a read and a write, and why. They are used few times for an order."""


@pytest.fixture
def count_calls(monkeypatch):
    """Run an act. Returns the operations of DynamoDB that it called."""
    called: list[str] = []
    make = vars(BaseClient)["_make_api_call"]

    def recorded(self: Any, operation: str, arguments: Any) -> Any:
        if self.meta.service_model.service_name == "dynamodb":
            called.append(operation)
        return make(self, operation, arguments)

    def count(act: Callable[[], object]) -> tuple[str, ...]:
        called.clear()
        act()
        return tuple(called)

    monkeypatch.setattr(BaseClient, "_make_api_call", recorded)
    return count


def save_order(case: Case) -> None:
    paid = {
        "status": OrderStatus.COMPLETED,
        "payment": a_payment(status=PaymentStatus.SUCCEEDED, paid_at=THEN),
        "analysed_at": THEN,
    }
    unpaid = {"read_at": THEN}
    is_ready = case.paid or case.name.startswith("payments/")
    read = replace(READ, duplicate_of=ELSEWHERE, charged_pages=0) if case.free else READ
    documents = (read,) if is_ready else (read, WAITING, UNREADABLE)
    save(an_order(*documents, **(paid if case.paid else unpaid)), *documents)
    client.write(
        analyses.put_analysis(
            OID,
            Analysis(
                document_id=READ.id,
                attempt=1,
                facts={"facts": [FACT]},
                hashes=("ab",),
                readable_pages=1,
            ),
        )
    )
    s3.put_result(READ.id, 1, json.dumps({"facts": [], "pages": [a_page().to_dict()]}).encode())


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.name} {len(case.calls)}")
def test_a_route_makes_few_calls_of_the_table(case, service, stripe, count_calls):
    save_order(case)
    body = case.body
    if case.name == "payments/confirm":
        intent = call("payments/create_intent", order_id=OID).json["payment_intent_id"]
        stripe.pay(intent)
        body = {"payment_id": intent}
        if case.confirmed:
            call(case.name, body, order_id=OID)
    headers = case.headers() if case.headers else None
    path = {"order_id": OID, "document_id": READ.id, "fact_id": fact_ids([FACT])[0], "page": "1"}
    if case.name == "documents/renew_upload":
        path["document_id"] = UNREADABLE.id if case.used_form else WAITING.id
    replies = []

    calls = count_calls(
        lambda: replies.append(call(case.name, body, headers=headers, query=case.query, **path))
    )

    assert replies[0].status < 400, replies[0].body
    assert calls == case.calls


def test_every_route_of_an_order_has_a_case_of_at_most_two_calls_or_a_reason():
    counted = {case.name for case in CASES}
    most = {name: max(len(c.calls) for c in CASES if c.name == name) for name in counted}

    assert counted == {
        row.name
        for row in ENDPOINTS
        if not row.path.startswith("/api/v1/auth/") and not row.name.startswith(OTHERS)
    }
    assert {name for name, calls in most.items() if calls > 2} == MORE_THAN_TWO.keys()
