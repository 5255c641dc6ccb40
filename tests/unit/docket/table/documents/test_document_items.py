from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from docket.domain.orders.document import WAITING_FOR_SCAN, DocumentStatus
from docket.domain.orders.document_parts import DocumentParts
from docket.table import client, keys
from docket.table.client import ConditionFailed, Put
from docket.table.documents import document_items
from tests.make import OID, THEN, a_document, a_read_document, a_reading_document

pytestmark = pytest.mark.usefixtures("table")

LATER = THEN + timedelta(minutes=5)
READING = a_reading_document()
WAITING = replace(READING, admitted_at=None)
STATES = {
    "awaiting": a_document(),
    "awaiting with a new upload_number": a_document(upload_number=2),
    "scanned": replace(WAITING, status_reason=WAITING_FOR_SCAN),
    "waiting": WAITING,
    "reading": READING,
    "reading again": replace(READING, attempt=2),
    "ready": a_read_document(),
    "unreadable": a_read_document(status=DocumentStatus.UNREADABLE),
}


def save(document):
    client.write(Put(item=document_items.to_item(document, at=THEN), condition=None))


@pytest.mark.parametrize(("before", "now"), list(product(STATES, STATES)))
def test_a_transition_is_written_only_from_the_state_it_was_made_from(before, now):
    old, stored = STATES[before], STATES[now]
    save(stored)
    write = document_items.update_write(old, replace(old, headline="new"), at=LATER)

    if before == now:
        client.write(write)
    else:
        with pytest.raises(ConditionFailed):
            client.write(write)


def test_a_document_that_waits_for_a_slot_is_listed():
    item = document_items.to_item(WAITING, at=THEN)

    assert item["GSI1PK"] == keys.by_status_partition("ada", keys.WAITING)
    assert "GSI1PK" not in document_items.to_item(READING, at=THEN)


def test_a_part_is_written_once_and_for_its_reading_only():
    parts = replace(READING, parts=DocumentParts((0, 5, 9)))
    read = parts.part_read(1, 1, LATER)
    save(parts)

    client.write(document_items.part_write(parts, read, 1, at=LATER))

    assert document_items.from_item(client.get(keys.document(OID, parts.id)) or {}) == read
    for outdated in (parts, replace(parts, attempt=2)):
        with pytest.raises(ConditionFailed):
            client.write(document_items.part_write(outdated, read, 1, at=LATER))


def test_a_document_that_changed_is_not_deleted():
    save(READING)

    with pytest.raises(ConditionFailed):
        client.write(document_items.delete_write(a_document()))
