from datetime import timedelta

from docket.table import keys
from tests.make import OID, THEN


def test_due_keys_sort_by_time():
    now, later = (
        keys.due(THEN + timedelta(milliseconds=n), "ada", OID, due_class=keys.DUE_WORK)["GSI2SK"]
        for n in (0, 1)
    )

    assert now < keys.due_up_to(THEN) < later
    assert keys.due_since(now) == THEN


def test_customers_do_not_share_partitions():
    orders = {keys.order(user, OID)["PK"] for user in ("ada", "eve")}

    assert orders == {"USER#ada", "USER#eve"}
    assert keys.by_status_partition("ada", "pending") != keys.by_status_partition("eve", "pending")
