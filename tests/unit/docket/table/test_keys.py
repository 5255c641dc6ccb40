from datetime import timedelta

from docket.domain.debt import DebtClass, Due
from docket.table import keys
from tests.make import OID, THEN, numbered


def test_due_keys_sort_by_time():
    now, later = (
        keys.debt(
            Due(DebtClass.WORK, THEN + timedelta(milliseconds=n)), OID, keys.order("ada", OID)
        )["GSI2SK"]
        for n in (0, 1)
    )

    assert now < keys.due_up_to(THEN) < later
    assert keys.due_since(now) == THEN


def test_an_item_that_owes_nothing_is_in_no_index():
    assert keys.debt(None, OID, keys.order("ada", OID)) == {}


def test_orders_are_spread_over_all_shards():
    assert {keys.shard(order_id) for order_id in numbered(500)} == set(range(keys.SHARDS))


def test_customers_do_not_share_partitions():
    orders = {keys.order(user, OID)["PK"] for user in ("ada", "eve")}

    assert orders == {"USER#ada", "USER#eve"}
    assert keys.by_status_partition("ada", "pending") != keys.by_status_partition("eve", "pending")
