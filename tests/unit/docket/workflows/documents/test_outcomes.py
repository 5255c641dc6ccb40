from dataclasses import replace
from datetime import timedelta

import pytest

from docket.domain.orders.document import DocumentStatus, Outcome
from docket.domain.reason import Reason
from docket.table.documents import documents
from docket.table.documents.readings import Finished
from docket.workflows.documents import admission, outcomes
from tests.make import OID, THEN, a_reading_document, an_audit_context, an_order
from tests.table_state import event_names, save

pytestmark = pytest.mark.usefixtures("pipeline")

AUDIT = an_audit_context("worker", at=THEN + timedelta(minutes=30))
DOCUMENT = a_reading_document("1.pdf")
WAITS = replace(a_reading_document("2.pdf"), admitted_at=None)
LATE = Outcome(reader_version="7", reason=Reason("not_read_in_time"), retriable=True)
READ = Outcome(reader_version="7", page_count=3, charged_pages=2)


def finished(outcome, attempt=1):
    return [Finished(document_id=DOCUMENT.id, attempt=attempt, outcome=outcome)]


@pytest.fixture(autouse=True)
def order(pipeline):
    save(an_order(DOCUMENT, WAITS), DOCUMENT, WAITS)


def requested(queues):
    return [message["document_id"] for message in queues["readings"].receive_all()]


@pytest.mark.parametrize(
    ("outcome", "status", "metric"),
    [
        (READ, DocumentStatus.READY, "DocumentRead"),
        (LATE, DocumentStatus.UNREADABLE, "DocumentUnreadable"),
    ],
)
def test_an_outcome_is_saved_and_counted_once(capsys, outcome, status, metric):
    (document,) = outcomes.record("ada", OID, finished(outcome), AUDIT)
    assert outcomes.record("ada", OID, finished(outcome), AUDIT) == ()

    assert documents.by_ids(OID, [DOCUMENT.id]) == [document]
    assert document.status is status
    assert len(event_names()) == 1
    assert capsys.readouterr().out.count(f'"{metric}":[1.0]') == 1


def test_the_next_document_gets_the_slot(queues):
    outcomes.record("ada", OID, finished(LATE), AUDIT)

    assert requested(queues) == [WAITS.id]


def test_the_slot_is_given_with_the_outcome_where_all_are_taken(queues, monkeypatch):
    other, second = a_reading_document("3.pdf"), replace(WAITS, id=f"{WAITS.id}2")
    save(an_order(DOCUMENT, other, WAITS, second), DOCUMENT, other, WAITS, second)
    monkeypatch.delattr(admission, "admit_next")

    outcomes.record("ada", OID, finished(LATE), AUDIT)

    assert requested(queues) == [WAITS.id]


def test_an_outcome_may_be_saved_without_admitting_the_next_document(queues):
    outcomes.save("ada", OID, finished(LATE), AUDIT)

    assert documents.by_ids(OID, [DOCUMENT.id])[0].status is DocumentStatus.UNREADABLE
    assert requested(queues) == []


def test_the_outcome_of_another_reading_or_a_missing_order_has_no_effect(capsys):
    assert outcomes.save("ada", OID, finished(READ, attempt=2), AUDIT) == ()
    assert outcomes.save("eve", OID, finished(READ), AUDIT) == ()

    assert documents.by_ids(OID, [DOCUMENT.id]) == [DOCUMENT]
    assert capsys.readouterr().out == ""


def test_an_outcome_without_a_clean_verdict_is_reported(capsys):
    refused = Outcome(reader_version="", reason=Reason("scan_failed"), retriable=True)

    outcomes.save("ada", OID, finished(refused), AUDIT)

    assert '"MalwareScanFailed":[1.0]' in capsys.readouterr().out
