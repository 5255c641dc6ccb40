import json

import pytest

from analysis import Box, Page
from analysis.model import Line
from docket.domain.orders.order import OrderStatus
from docket.domain.payments.pricing import DuplicateOf
from docket.gateways import s3
from docket.table import client
from docket.table.orders import analyses
from docket.table.orders.analyses import Analysis
from tests.make import OID, THEN, a_payment, a_read_document, an_order
from tests.make_calls import call
from tests.reading import a_result
from tests.table_state import save

DOCUMENT = a_read_document("a.pdf")
SECOND_PAGE = Page(
    number=1,
    width=595,
    height=842,
    source="text",
    confidence=1.0,
    lines=(Line("Paper A4", Box(0.1, 0.2, 0.5, 0.22)),),
)


def save_paid(document=DOCUMENT, **fields):
    usual = {"status": OrderStatus.COMPLETED, "payment": a_payment(), "analysed_at": THEN}
    save(an_order(document, **{**usual, **fields}), document)
    result = a_result(pages=(SECOND_PAGE,)).to_dict()
    s3.put_result(document.id, 1, json.dumps(result).encode())


def get(page=2, **fields):
    return call("documents/get_page_text", document_id=DOCUMENT.id, page=str(page), **fields)


def test_a_page_has_its_words_with_their_boxes(bucket):
    save_paid()

    reply = get()

    (line,) = reply.json["lines"]
    sheets, size = line["words"]
    assert (reply.status, reply.json["page"], reply.json["turned"]) == (200, 2, 0)
    assert (sheets["text"], size["text"]) == ("Paper", "A4")
    assert sheets["box"][0] == 0.1
    assert sheets["box"][2] < size["box"][0] < size["box"][2] == 0.5


@pytest.mark.parametrize("page", [1, 3])
def test_a_page_that_was_not_read_is_not_found(bucket, page):
    save_paid()

    assert get(page).refusal == (404, "page_not_found")


def test_a_document_that_was_not_read_has_no_pages(bucket):
    save_paid(a_read_document("a.pdf", read_attempt=None))

    assert get().refusal == (404, "page_not_found")


def test_the_text_of_an_unpaid_order_is_not_shown(bucket):
    save_paid(status=OrderStatus.PENDING)

    assert get().refusal == (402, "not_paid")


def test_the_text_whose_payment_was_returned_is_not_shown(bucket):
    save_paid(a_read_document("a.pdf", duplicate_of=DuplicateOf(order_id="o", document_id="d")))
    analysis = Analysis(document_id=DOCUMENT.id, attempt=1, facts={}, hashes=("ab",))
    client.write(analyses.put_analysis(OID, analysis))

    assert get().refusal == (402, "not_paid")


def test_another_customers_text_is_not_found(bucket):
    save_paid()

    assert get(as_user="eve").refusal == (404, "order_not_found")
