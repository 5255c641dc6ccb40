from dataclasses import replace
from datetime import timedelta

import pytest

from docket.domain.task import Task, TaskKind
from docket.table import client, keys, tasks
from tests.make import OID, THEN
from tests.table_state import item_at

pytestmark = pytest.mark.usefixtures("table")

UNREQUESTED = Task(kind=TaskKind.ERASE, user_id="ada", order_id=OID, subject="d", created_at=THEN)
TASK = replace(UNREQUESTED, request_id="1")


def test_a_requested_task_is_due_at_once():
    client.write(tasks.put(TASK, at=THEN))

    item = item_at(keys.task(OID, TaskKind.ERASE, "d"))
    assert item["GSI2SK"].startswith(THEN.isoformat()[:16])
    assert tasks.get(OID, TaskKind.ERASE, "d") == TASK


def test_a_task_is_replaced_by_a_later_one_of_its_kind_and_subject():
    later = replace(TASK, created_at=THEN + timedelta(hours=1))
    client.write(tasks.put(TASK, at=THEN))
    client.write(tasks.put(later, at=later.created_at))

    tasks.finish(TASK)
    assert tasks.get(OID, TaskKind.ERASE, "d") == later
    tasks.finish(later)
    assert tasks.get(OID, TaskKind.ERASE, "d") is None


def test_a_task_that_is_requested_again_at_the_same_time_is_another_one():
    tasks.request(UNREQUESTED)
    earlier = tasks.get(OID, TaskKind.ERASE, "d")
    tasks.request(UNREQUESTED)
    assert earlier is not None

    tasks.finish(earlier)

    assert tasks.get(OID, TaskKind.ERASE, "d") is not None
    with pytest.raises(client.ConditionFailed):
        client.write(tasks.unchanged(earlier))


def test_a_task_of_an_earlier_release_is_finished():
    client.write(client.Put(item=tasks.to_item(UNREQUESTED, at=THEN)))

    client.write(tasks.unchanged(UNREQUESTED))
    tasks.finish(UNREQUESTED)

    assert tasks.get(OID, TaskKind.ERASE, "d") is None
