"""The text of a page, which only the customer of a paid document may read."""

from typing import Any

from analysis.model.page_numbers import page_index
from docket.domain.errors import NotPaid, PageNotFound
from docket.gateways import s3
from docket.table.documents import documents
from docket.workflows.documents.facts import page_text
from docket.workflows.orders import paid_contents


def text_of(user_id: str, document_id: str, number: int) -> dict[str, Any]:
    """The text of the page with that number, as the module `page_text` has it.

    Raises `OrderNotFound`, `DocumentNotFound`, `NotPaid`, also if the payment for the content was
    returned, or `PageNotFound`.
    """
    order, document = documents.get(user_id, document_id)
    if not order.is_paid or paid_contents.closed(order, [document]):
        raise NotPaid
    attempt = document.read_attempt
    if attempt is None or document.erased_at:
        raise PageNotFound
    text = page_text.text_of(s3.result(document_id, attempt), page_index(number))
    if text is None:
        raise PageNotFound
    return text
