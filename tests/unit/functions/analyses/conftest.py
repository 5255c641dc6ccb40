import pytest

from docket.domain.document import Outcome
from docket.runtime.clock import now
from docket.table import analyses, documents
from docket.table.analyses import Analysis
from docket.workflows.audit import audit_context
from tests.make_calls import call

FACT = {
    "name": "gross",
    "value": "119.00",
    "normalised": {"minor": 11900, "currency": "eur"},
    "page": 0,
    "box": [0.1, 0.2, 0.3, 0.4],
    "confidence": 0.97,
    "source": "text",
}


class Order:
    """An order of Ada's with one document. A test starts and finishes its ingestion."""

    def __init__(self):
        self.id = call("orders/create", {}).json["id"]
        body = {"filename": "a.pdf", "content_type": "application/pdf", "size": 10}
        self.document = call("orders/add_document", body, order_id=self.id).json["id"]

    def start_ingestion(self):
        started = documents.start_reading(
            "ada", self.document, "v1", order_id=self.id, at=now(), quarantined=False
        )
        assert started is not None
        self._started = started

    def finish_ingestion(self, reader_version="2", **fields):
        self.start_ingestion()
        assert self._started is not None
        usual = {"page_count": 1, "charged_pages": 1, "kind": "invoice"}
        documents.finish_reading(
            self._started,
            self._started.document(self.document),
            Outcome(reader_version=reader_version, **{**usual, **fields}),
            audit_context("reader").event("document_read"),
            analyses.put_analysis(
                self.id,
                Analysis(document_id=self.document, version="v1", facts={"facts": [FACT]}),
            ),
        )

    def pay(self, stripe):
        intent = call("payments/create_intent", order_id=self.id).json["payment_intent_id"]
        stripe.pay(intent)
        assert call("payments/confirm", {"payment_id": intent}, order_id=self.id).status == 200


@pytest.fixture
def order(service):
    return Order()
