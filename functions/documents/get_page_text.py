"""GET /api/v1/documents/{document_id}/pages/{page}/text: the words of a page."""

from analysis.model.page_numbers import published
from docket.api import api, caller
from docket.schemas.ids import DocumentId
from docket.schemas.page_texts import PageTextResponse, PathPage
from docket.workflows.orders import page_texts

app = api(scope="read", test_keys=True)


@app.get("/api/v1/documents/<document_id>/pages/<page>/text")
def get_page_text(document_id: DocumentId, page: PathPage) -> PageTextResponse:
    """The words of a page of a paid document, with their boxes on it."""
    text = page_texts.text_of(caller(app).user_id, document_id, page)
    return PageTextResponse.model_validate(published(text))


handler = app.resolve
