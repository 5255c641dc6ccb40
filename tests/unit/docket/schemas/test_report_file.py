"""The published schema of a report as JSON."""

import json

import jsonschema_rs
import pytest

from analysis import report
from docket.schemas.analyses import with_messages
from docket.schemas.report_file import ReportFile
from docket.workflows.documents.facts import reviewed_facts
from infra.export_schema import REPORT
from tests.reading import a_gross_fact, a_result

HEAD = {
    "id": "o1", "title": "Order", "is_sample": False, "created": "2026-04-01", "paid": None,
    "reviewed": "2026-04-03T09:30:00+00:00", "reviewed_by": "ada", "reviewed_with_key": None,
}  # fmt: skip
NAMED = {"document_id": "d1", "filename": "a.pdf", "sha256": None}
TOGETHER = {
    "timeline": [{"date": "2026-04-01", "name": "issue_date", "document_id": "d1", "page": 0}],
    "totals": [{"currency": "eur", "minor": 11900, "documents": 1}],
    "duplicates": [],
    "contradictions": [],
}


def a_report():
    """The report of an order with a whole result and an unreadable document."""
    item = {
        "description": "Oak", "quantity": "1", "unit_price": None, "amount": "6.00", "page": 0,
        "box": None,
    }  # fmt: skip
    page = {
        "number": 0, "width": 595, "height": 842, "source": "text", "confidence": 1.0,
        "language": "en", "lines": [{"text": "Oak", "box": [0.1, 0.1, 0.2, 0.2]}],
    }  # fmt: skip
    result = {
        **a_result().to_dict(), "facts": [a_gross_fact()], "line_items": [item], "pages": [page],
        "tables": [{"page": 0, "box": None, "rows": [["a"]]}],
    }  # fmt: skip
    documents = [
        {**with_messages(reviewed_facts.exported(result, ())), **NAMED},
        {**NAMED, "document_id": "d2", "unreadable": "It is damaged."},
    ]
    return json.loads(report.render("json", HEAD, documents, consolidated=TOGETHER))


def test_the_published_schema_is_that_of_the_model():
    """If not: `make openapi`."""
    assert REPORT.stored == REPORT.text()


def test_a_report_has_the_form_of_the_published_schema():
    schema = jsonschema_rs.validator_for(json.loads(REPORT.stored))

    schema.validate(a_report())


@pytest.mark.parametrize("name", ["facts", "line_items", "tables"])
def test_the_schema_wants_an_id_of_each_entry(name):
    schema = jsonschema_rs.validator_for(json.loads(REPORT.stored))
    document = a_report()

    del document["documents"][0][name][0]["id"]

    assert not schema.is_valid(document)


def test_ids_stay_the_same():
    assert a_report() == a_report()
    assert ReportFile.model_validate(a_report()).documents[0].document_id == "d1"
