from datetime import timedelta

import pytest

from docket.table import client, erasures
from docket.table.erasures import Erasure
from tests.make import OID, THEN

pytestmark = pytest.mark.usefixtures("table")

ERASURE = Erasure(user_id="ada", order_id=OID, document_id="D1", removed_at=THEN)
LATER = THEN + timedelta(hours=1)


@pytest.fixture(autouse=True)
def requested(table):
    client.write(erasures.put(ERASURE))


def test_an_erasure_is_due_at_once():
    assert erasures.due(THEN, limit=9) == [ERASURE]


def test_a_postponed_erasure_is_due_later():
    erasures.postpone(ERASURE, until=LATER)

    assert erasures.due(THEN, limit=9) == []
    assert erasures.due(LATER, limit=9) == [ERASURE]


def test_a_finished_erasure_stays_finished():
    erasures.finish(ERASURE)

    erasures.finish(ERASURE)
    erasures.erase_analysis(ERASURE)
    erasures.postpone(ERASURE, until=LATER)

    assert erasures.due(LATER, limit=9) == []


def test_an_erasure_is_visible_to_its_customer_only():
    assert erasures.is_requested("ada", OID, "D1")
    assert not erasures.is_requested("eve", OID, "D1")
    assert not erasures.is_requested("ada", OID, "D2")
