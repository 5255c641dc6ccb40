from datetime import timedelta

from docket.table import keys
from tests.make import OID, THEN


def test_what_is_due_by_a_moment_sorts_up_to_it_and_what_is_due_later_after_it():
    now, later = (
        keys.due(THEN + timedelta(milliseconds=n), "ada", OID, due_class=keys.DUE_WORK)["GSI2SK"]
        for n in (0, 1)
    )

    assert now < keys.due_up_to(THEN) < later
    assert keys.due_since(now) == THEN


def test_keys_of_one_customer_share_no_partition_with_others():
    orders = {keys.order(user, OID)["PK"] for user in ("ada", "eve")}

    assert orders == {"USER#ada", "USER#eve"}
    assert keys.by_status_partition("ada", "pending") != keys.by_status_partition("eve", "pending")
