import pytest

from docket.domain.debt import DebtClass
from docket.gateways import debt_queues
from docket.runtime.clock import now
from docket.runtime.logging import HandlerFailed
from docket.table import keys
from functions.events import dispatch
from tests.make import OID, a_read_document, a_reading_document, an_order
from tests.table_state import save

pytestmark = pytest.mark.usefixtures("service")

READ = a_read_document()
READING = a_reading_document("late.pdf")


def save_due():
    """An order and a reading that are due."""
    save(an_order(READ, READING, expires_at=now()), READ, READING)


def test_what_is_due_is_sent_to_its_workers(queues):
    save_due()

    assert dispatch.handler({}, None) == {"money": 1, "work": 1, "housekeeping": 1, "mail": 0}

    assert [body["sk"] for body in queues["work"].receive_all()] == [f"DOCUMENT#{READING.id}"]
    assert [body["sk"] for body in queues["housekeeping"].receive_all()] == [f"ORDER#{OID}"]
    assert [body["sk"] for body in queues["money"].receive_all()] == [keys.stripe_cursor()["SK"]]


def test_a_class_that_fails_does_not_stop_the_others(queues, monkeypatch):
    save_due()
    waiting = debt_queues.waiting

    def failing(debt_class):
        if debt_class is DebtClass.MONEY:
            raise RuntimeError
        return waiting(debt_class)

    monkeypatch.setattr(debt_queues, "waiting", failing)

    with pytest.raises(HandlerFailed):
        dispatch.handler({}, None)

    assert len(queues["work"].receive_all()) == 1
