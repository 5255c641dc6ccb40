from dataclasses import replace

import pytest

from docket.domain.limits import Usage
from docket.table import client
from docket.table.client import ConditionFailed
from docket.table.orders import usage

pytestmark = pytest.mark.usefixtures("table")


def change(old, new, **options):
    update = usage.update_write("ada", old, new, **options)
    assert update is not None
    client.write(update)
    return usage.get("ada")


@pytest.fixture
def used(table):
    return change(Usage(), Usage(unpaid_orders=1), limited=True)


def test_nothing_is_written_if_nothing_changes(used):
    assert usage.update_write("ada", used, used) is None


def test_counters_change_by_their_difference(used):
    change(used, replace(used, unpaid_pages=3))

    assert change(used, replace(used, unpaid_pages=2)).unpaid_pages == 5


def test_jobs_are_taken_and_released_together(used):
    used = change(used, used.with_readings(started=["a", "b"]))

    assert change(used, used.with_readings(started=["c"], ended=["a"])).in_flight == {"b", "c"}


def test_a_job_is_not_taken_after_another_writer_took_one(used):
    change(used, used.with_readings(started=["a"]))

    with pytest.raises(ConditionFailed):
        change(used, used.with_readings(started=["b"]))


def test_a_release_is_not_refused(used):
    both = change(used, used.with_readings(started=["a", "b"]))
    change(both, both.with_readings(ended=["a"]))

    assert change(both, both.with_readings(ended=["b"])).in_flight == frozenset()
    assert change(both, both.with_readings(ended=["b"])).in_flight == frozenset()


def test_the_documents_of_a_day_are_counted_once(used):
    day = replace(used, day="2026-11-02", documents_added=3)
    change(used, day)

    with pytest.raises(ConditionFailed):
        change(used, day)
    assert usage.get("ada") == day
