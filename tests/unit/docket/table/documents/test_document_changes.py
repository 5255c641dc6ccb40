import pytest

from docket.domain.limits import reading_name
from docket.table.client import ConditionFailed
from docket.table.documents import document_changes, documents
from docket.table.documents.document_changes import Change
from docket.table.orders import orders, usage
from tests.make import OID, a_document, a_reading_document, an_audit_context, an_order
from tests.table_state import check_counters, save

pytestmark = pytest.mark.usefixtures("table")

AUDIT = an_audit_context()
READING = a_reading_document()


def state(*document_ids):
    return document_changes.state("ada", OID, document_ids)


def test_the_state_is_read_in_one_call():
    save(an_order(READING), READING)

    current = state(READING.id, "missing")

    assert current.order == orders.get("ada", OID)
    assert current.documents == {READING.id: READING}
    assert current.used == usage.get("ada")
    assert document_changes.state("eve", OID, [READING.id]) is None


def test_the_end_of_a_reading_frees_its_slots_and_no_others():
    other = a_reading_document("other.pdf")
    save(an_order(READING, other), READING, other)

    document_changes.commit(
        state(READING.id), [Change(old=READING, new=None)], moves_quote=True, audit=AUDIT
    )

    assert usage.get("ada").in_flight == {reading_name(other.id, 1)}
    check_counters()


def test_a_change_of_an_outdated_document_changes_no_counter():
    save(an_order(READING), READING)
    outdated = a_document()

    with pytest.raises(ConditionFailed):
        document_changes.commit(
            state(READING.id), [Change(old=outdated, new=None)], moves_quote=True, audit=AUDIT
        )

    assert documents.get("ada", READING.id)[1] == READING
    check_counters()
