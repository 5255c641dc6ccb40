"""The text of a page of the example order, and the correction of its line items."""

from analysis.model.page_numbers import published
from docket.domain.orders.correction import CorrectedLineItems
from docket.schemas.corrections import CorrectLineItemsRequest, LineItemRequest, LineItemsResponse
from docket.schemas.page_texts import PageTextResponse, TextLineResponse, WordResponse
from docket.workflows.documents.facts import line_item_values, reviewed_line_items
from infra.openapi.example_order import FACTS, PAID_AT, USER

_KNOWN = {row["id"]: row for row in reviewed_line_items.reader_rows(FACTS)}
_ITEMS = [
    LineItemRequest(
        id=next(iter(_KNOWN)),
        description="Paper, A4",
        quantity="2",
        unit="boxes",
        unit_price="50.00",
        amount="100.00",
    ),
    LineItemRequest(description="Delivery", amount="19.00"),
]
CONTENT_REQUESTS = (CorrectLineItemsRequest(items=_ITEMS), _ITEMS[0])
_CORRECTED = CorrectedLineItems(
    rows=line_item_values.typed(_ITEMS, _KNOWN, FACTS, page_count=1), user_id=USER.id, at=PAID_AT
)
_PAGE_TEXT = PageTextResponse(
    page=1,
    turned=0,
    lines=[
        TextLineResponse(
            words=[
                WordResponse(text="Paper,", box=(0.12, 0.43, 0.18, 0.46)),
                WordResponse(text="A4", box=(0.19, 0.43, 0.21, 0.46)),
            ]
        )
    ],
)

CONTENT_RESPONSES = {
    ("documents/correct_line_items", "200"): LineItemsResponse.model_validate(
        published(reviewed_line_items.reviewed(FACTS, _CORRECTED))
    ),
    ("documents/get_page_text", "200"): _PAGE_TEXT,
}
"""As `infra.openapi.examples.RESPONSES`."""
