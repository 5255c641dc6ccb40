import pytest

from analysis import READER_VERSION
from analysis.consolidate import key_facts
from docket.domain.orders.document import Document, DocumentStatus, Outcome
from docket.table import client
from docket.table.documents import readings
from docket.table.orders import analyses
from docket.table.orders.analyses import Analysis
from tests.make import OID, a_read_document, a_reading_document, an_audit_context, an_order
from tests.make_calls import call
from tests.reading import a_gross_fact
from tests.table_state import save

FACT = a_gross_fact()
KEY_FACTS = key_facts({"facts": [FACT]})


class Order:
    """An order of Ada's with one document, whose reading a test finishes."""

    def __init__(self) -> None:
        self.id = OID
        self.document = a_reading_document("a.pdf")

    def start_reading(self) -> None:
        save(an_order(self.document), self.document)

    def finish_reading(self, reader_version: str = READER_VERSION, **fields: object) -> None:
        self.start_reading()
        usual = {"page_count": 1, "charged_pages": 1, "kind": "invoice", "key_facts": KEY_FACTS}
        put = analyses.put_analysis(
            OID, Analysis(document_id=self.document.id, attempt=1, facts={"facts": [FACT]})
        )
        finished = readings.Finished(
            document_id=self.document.id,
            attempt=1,
            outcome=Outcome(reader_version=reader_version, **{**usual, **fields}),  # type: ignore[arg-type]  # fields of a test
            also=(put,),
        )
        assert readings.record("ada", OID, [finished], an_audit_context("reader"))

    def pay(self, stripe) -> None:
        intent = call("payments/create_intent", order_id=self.id).json["payment_intent_id"]
        stripe.pay(intent)
        assert call("payments/confirm", {"payment_id": intent}, order_id=self.id).status == 200


def save_read_documents(count: int, **fields: object) -> list[Document]:
    """Save an order with this number of documents, each with a fact, in the order of their ids."""
    documents = sorted(
        (a_read_document(f"{number}.pdf", key_facts=KEY_FACTS) for number in range(count)),
        key=lambda document: document.id,
    )
    save(an_order(*documents, **fields), *documents)
    for document in documents:
        analysis = Analysis(document_id=document.id, attempt=1, facts={"facts": [FACT]})
        client.write(analyses.put_analysis(OID, analysis))
    assert all(document.status is DocumentStatus.READY for document in documents)
    return documents


@pytest.fixture
def order(service) -> Order:
    return Order()
