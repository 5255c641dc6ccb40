"""PUT /api/v1/documents/{document_id}/facts/{fact_id}: correct a fact."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response, content_types

from analysis.model.page_numbers import published
from docket.api import api, caller, header
from docket.schemas.corrections import CorrectFactRequest
from docket.schemas.document_analyses import FactResponse
from docket.schemas.ids import DocumentId, FactId
from docket.workflows.audit import customer_audit
from docket.workflows.orders import corrections

app = api(scope="write", test_keys=True)


@app.put("/api/v1/documents/<document_id>/facts/<fact_id>")
def correct_fact(
    document_id: DocumentId, fact_id: FactId, body: CorrectFactRequest
) -> Response[FactResponse]:
    """Accept, correct or reject a fact of a paid order, or return to what the reader found.

    `If-Match` is the `etag` of the document's facts, which each correction changes: 412 if they
    have changed since. What the reader found stays beside a correction.
    """
    customer = caller(app)
    corrected = corrections.correct(
        customer.user_id,
        document_id,
        fact_id,
        body,
        customer_audit(customer),
        if_match=header(app, "if-match"),
    )
    fact = FactResponse.model_validate(published(corrected.fact))
    tag = {"ETag": corrected.tag}
    return Response(HTTPStatus.OK, content_types.APPLICATION_JSON, fact, tag)


handler = app.resolve
