import pytest
from pydantic import ValidationError

from docket.schemas.document_analyses import (
    DocumentContentResponse,
    FactResponse,
    MoneyResponse,
)
from tests.reading import NOT_REVIEWED

FACT = {
    "name": "gross",
    "value": "119.00",
    "normalised": {"minor": 11900, "currency": "eur"},
    "page": 1,
    "box": [0.1, 0.2, 0.3, 0.4],
    "confidence": 0.97,
    "source": "text",
}
DOCUMENT = {
    "document_id": "d",
    "filename": "a.pdf",
    "kind": None,
    "language": None,
    "page_count": 1,
    "headline": None,
}


def test_a_fact_has_money_and_a_box_of_four_numbers():
    fact = FactResponse.model_validate(FACT | NOT_REVIEWED)

    assert fact.normalised == MoneyResponse(minor=11900, currency="eur")
    assert fact.box == (0.1, 0.2, 0.3, 0.4)


@pytest.mark.parametrize("box", [[0.1, 0.2, 0.3], [0.1, 0.2, 0.3, 0.4, 0.5]])
def test_a_box_with_another_number_of_edges_is_rejected(box):
    with pytest.raises(ValidationError):
        FactResponse.model_validate({**FACT, "box": box})


def test_unknown_fields_and_codes_are_preserved():
    warning = {"code": "newer", "params": {}, "text": "Newer."}
    page = {"page": 1, "code": "newer", "params": {}, "reason": "Newer."}

    response = DocumentContentResponse.model_validate(
        {**DOCUMENT, "kind": "newer", "warnings": [warning], "unread": [page], "newer": 1}
    )

    dumped = response.model_dump()
    assert (dumped["kind"], dumped["newer"]) == ("newer", 1)
    assert (dumped["warnings"], dumped["unread"]) == ([warning], [page])
