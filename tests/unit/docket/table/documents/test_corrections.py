import pytest

from docket.domain.errors import AnalysisNotFound, DocumentNotFound, OrderNotFound
from docket.domain.orders.correction import (
    LINE_ITEMS,
    CorrectedLineItems,
    Correction,
    Corrections,
    Statement,
    Verdict,
)
from docket.domain.orders.fact_matching import ReviewProgress
from docket.table import client, keys
from docket.table.client import ConditionFailed
from docket.table.documents import corrections, documents
from docket.table.orders import analyses
from docket.table.orders.analyses import Analysis
from tests.make import OID, THEN, a_read_document, an_event, an_order
from tests.reading import a_gross_fact
from tests.table_state import check_counters, get_order, save, stored

pytestmark = pytest.mark.usefixtures("table")

FACT = a_gross_fact()
FIRST, SECOND = sorted((a_read_document("a"), a_read_document("b")), key=lambda d: d.id)
CORRECTION = Correction(
    fact_id="ab", verdict=Verdict.ACCEPTED, read=FACT, stated=Statement.of(FACT),
    user_id="ada", at=THEN,
)  # fmt: skip


@pytest.fixture(autouse=True)
def _read(table):
    save(an_order(FIRST, SECOND), FIRST, SECOND)
    for document in (FIRST, SECOND):
        analysis = Analysis(document_id=document.id, attempt=1, facts={"facts": [FACT]})
        client.write(analyses.put_analysis(OID, analysis))


def put(document, correction=CORRECTION, removed=()):
    state = corrections.state("ada", document.id)
    updated = state.document.reviewed_with(
        "ab", ReviewProgress(1, 1), headline=None, key_facts=None
    )
    corrections.commit(state, updated, [an_event("fact_accepted")], put=correction, removed=removed)
    return state


def test_a_correction_is_stored_as_it_was_made():
    put(FIRST)

    assert corrections.state("ada", FIRST.id).corrections == [CORRECTION]
    assert corrections.state("ada", SECOND.id).corrections == []


def test_the_corrections_of_several_documents_are_read_at_once():
    put(FIRST)
    put(SECOND)
    both = [documents.get("ada", document.id)[1] for document in (FIRST, SECOND)]

    assert corrections.of_documents(OID, both) == {
        FIRST.id: Corrections(facts=[CORRECTION]),
        SECOND.id: Corrections(facts=[CORRECTION]),
    }
    assert corrections.of_documents(OID, both[:1]) == {FIRST.id: Corrections(facts=[CORRECTION])}
    assert corrections.of_documents(OID, [FIRST]) == {}


def test_the_counters_of_the_order_change_with_it():
    put(FIRST)

    assert (get_order().doubtful, get_order().reviewed) == (1, 1)
    check_counters()


def test_a_decision_on_outdated_facts_is_refused():
    state = put(FIRST)
    updated = state.document.reviewed_with(
        "ab", ReviewProgress(0, 0), headline=None, key_facts=None
    )

    with pytest.raises(ConditionFailed):
        corrections.commit(state, updated, [an_event("fact_reset")], put=None, removed=["ab"])

    assert corrections.state("ada", FIRST.id).corrections == [CORRECTION]


def test_a_removed_correction_is_gone():
    put(FIRST)
    put(FIRST, correction=None, removed=["ab"])

    assert not any("CORRECTION" in item["SK"] for item in stored())


ROWS = CorrectedLineItems(
    rows=[{"id": None, "description": "Paper", "box": [0.1, 0.2, 0.3, 0.4]}], user_id="ada", at=THEN
)


def put_line_items(document, line_items):
    state = corrections.state("ada", document.id)
    updated = state.document.reviewed_with(
        LINE_ITEMS, ReviewProgress(1, 1), headline=None, key_facts=None
    )
    corrections.commit_line_items(
        state, updated, [an_event("line_items_corrected")], put=line_items
    )


def test_line_items_are_stored_beside_the_corrections_of_facts():
    put(FIRST)
    put_line_items(FIRST, ROWS)

    state = corrections.state("ada", FIRST.id)
    assert (state.corrections, state.line_items) == ([CORRECTION], ROWS)
    assert corrections.of_documents(OID, [state.document]) == {
        FIRST.id: Corrections(facts=[CORRECTION], line_items=ROWS)
    }


def test_removed_line_items_are_gone():
    put_line_items(FIRST, ROWS)
    put_line_items(FIRST, None)

    assert corrections.state("ada", FIRST.id).line_items is None
    assert not any("CORRECTION" in item["SK"] for item in stored())


def test_what_is_not_there_is_not_found():
    with pytest.raises(OrderNotFound):
        corrections.state("eve", FIRST.id)
    with pytest.raises(DocumentNotFound):
        corrections.state("ada", a_read_document("c").id)
    client.write(client.Delete(key=keys.analysis(OID, FIRST.id)))
    with pytest.raises(AnalysisNotFound):
        corrections.state("ada", FIRST.id)
