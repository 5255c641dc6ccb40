import pytest

from docket.table import client, difference
from docket.table.client import ConditionFailed, Put

pytestmark = pytest.mark.usefixtures("table")

KEY = {"PK": "ORDER#1", "SK": "DOCUMENT#1"}
OLD = {**KEY, "status": "reading", "count": 1, "title": "a", "GSI2PK": "work#1", "GSI2SK": "1"}


def change(old, new, **options):
    client.write(difference.update_write(old, new, guard=("status",), **options))
    return client.get(KEY)


def save(item):
    client.write(Put(item=item))


def test_what_differs_is_set_or_removed():
    save(OLD)
    new = {**KEY, "status": "ready", "count": 1, "pages": 3, "GSI2PK": "work#1", "GSI2SK": "2"}

    assert change(OLD, new) == new


def test_a_debt_is_removed_although_it_was_postponed():
    save({**OLD, "GSI2SK": "9"})
    new = {**KEY, "status": "ready", "count": 1, "title": "a"}

    assert change({**new, "status": "reading"}, new) == new


def test_an_item_that_left_the_state_is_not_changed():
    save({**OLD, "status": "ready"})

    with pytest.raises(ConditionFailed):
        change(OLD, {**OLD, "title": "b"})


def test_a_guarded_attribute_that_was_absent_must_be_absent():
    save(OLD)
    without = {name: value for name, value in OLD.items() if name != "status"}

    with pytest.raises(ConditionFailed):
        change(without, {**without, "title": "b"})


def test_attributes_that_do_not_differ_are_not_written_back():
    save({**OLD, "title": "changed meanwhile"})

    result = change(OLD, {**OLD, "count": 2})

    assert (result["title"], result["count"]) == ("changed meanwhile", 2)


def test_counters_change_by_their_difference():
    save({**OLD, "count": 5})

    assert change(OLD, {**OLD, "count": 3}, counters=("count",))["count"] == 7


def test_a_further_condition_holds():
    save(OLD)

    with pytest.raises(ConditionFailed):
        change(OLD, OLD, condition="#count > :least", values={"least": 1})
