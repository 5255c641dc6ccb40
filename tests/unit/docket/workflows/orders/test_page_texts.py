"""The handler's tests have what is refused."""

import json

import pytest

from docket.domain.errors import PageNotFound
from docket.domain.orders.order import OrderStatus
from docket.gateways import s3
from docket.workflows.orders import page_texts
from tests.make import THEN, a_payment, a_read_document, an_order
from tests.reading import a_result
from tests.table_state import save

pytestmark = pytest.mark.usefixtures("bucket")


def test_the_text_is_that_of_the_present_reading():
    document = a_read_document(attempt=2, read_attempt=2)
    save(an_order(document, status=OrderStatus.COMPLETED, payment=a_payment()), document)
    s3.put_result(document.id, 1, b"{}")
    s3.put_result(document.id, 2, json.dumps(a_result().to_dict()).encode())

    assert page_texts.text_of("ada", document.id, 2)["page"] == 1


def test_an_erased_document_has_no_text():
    document = a_read_document(erased_at=THEN)
    save(an_order(document, status=OrderStatus.COMPLETED, payment=a_payment()), document)

    with pytest.raises(PageNotFound):
        page_texts.text_of("ada", document.id, 1)
