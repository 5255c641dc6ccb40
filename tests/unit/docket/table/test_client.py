import time

import pytest
from botocore.exceptions import ClientError

from docket.domain.errors import Busy
from docket.table import client, keys
from docket.table.client import ConditionFailed, Put, Update, get, query, update, write

pytestmark = pytest.mark.usefixtures("table")

ORDER = keys.order("ada", "O1")


def test_what_was_put_is_got_back_in_plain_values():
    write(Put(item={**ORDER, "size": 3, "share": "0.5", "documents": {"d": {"pages": 2}}}))

    assert get(ORDER) == {**ORDER, "size": 3, "share": "0.5", "documents": {"d": {"pages": 2}}}


def test_nothing_is_put_where_something_stands():
    write(Put(item={**ORDER, "title": "first"}))

    with pytest.raises(ConditionFailed):
        write(Put(item={**ORDER, "title": "second"}))

    assert get(ORDER) == {**ORDER, "title": "first"}


def test_a_transaction_is_all_or_nothing():
    taken, free = keys.credential("ada@example.com"), keys.user("eve")
    write(Put(item=taken))

    with pytest.raises(ConditionFailed) as refused:
        write(Put(item=free), Put(item=taken))

    assert refused.value.part == 1
    assert get(free) is None


def test_an_update_reaches_within_an_item_whatever_its_names():
    write(Put(item={**ORDER, "status": "pending", "documents": {"d-1": {"size": 1}}, "n": 1}))

    after = update(
        Update(
            key=ORDER,
            condition="#status = :pending AND #documents.#did.#size = :one",
            set={("documents", "d-1", "size"): 2},
            keep={("n",): 9, ("m",): 9},
            add={("revision",): 1},
            names={"did": "d-1"},
            values={"pending": "pending", "one": 1},
        )
    )

    assert after["documents"] == {"d-1": {"size": 2}}
    assert (after["n"], after["m"], after["revision"]) == (1, 9, 1)


def test_a_refused_update_changes_nothing():
    write(Put(item={**ORDER, "status": "cancelled"}))

    with pytest.raises(ConditionFailed):
        update(
            Update(
                key=ORDER,
                condition="#status = :pending",
                set={("status",): "completed"},
                values={"pending": "pending"},
            )
        )

    assert get(ORDER) == {**ORDER, "status": "cancelled"}


@pytest.fixture
def in_the_way(monkeypatch):
    """So many times, a transaction is in the way of an update."""

    def in_the_way_of(times):
        go_on, left = client.dynamodb().update_item, iter(range(times))

        def meet(**request):
            if next(left, None) is None:
                return go_on(**request)
            raise ClientError({"Error": {"Code": "TransactionConflictException"}}, "UpdateItem")

        monkeypatch.setattr(client.dynamodb(), "update_item", meet)
        monkeypatch.setattr(time, "sleep", lambda _: None)

    return in_the_way_of


def test_an_update_that_meets_a_transaction_waits_for_it(in_the_way):
    write(Put(item={**ORDER, "n": 1}))
    in_the_way(2)

    after = update(Update(key=ORDER, condition="attribute_exists(PK)", add={("n",): 1}))

    assert after["n"] == 2


def test_an_update_that_meets_transactions_again_and_again_gives_up(in_the_way):
    write(Put(item={**ORDER, "n": 1}))
    in_the_way(99)

    with pytest.raises(Busy):
        update(Update(key=ORDER, condition="attribute_exists(PK)", add={("n",): 1}))

    assert get(ORDER) == {**ORDER, "n": 1}


def test_a_partition_is_read_newest_first_and_after_a_place():
    for order_id in ("O1", "O2", "O3"):
        write(Put(item=keys.order("ada", order_id)))
    write(Put(item=keys.order("eve", "O4")))
    write(Put(item=keys.user("ada")))

    found = query(
        partition=keys.user_partition("ada"),
        prefix=keys.ORDERS,
        newest_first=True,
        limit=1,
        after=keys.order("ada", "O3"),
    )

    assert [item["SK"] for item in found] == ["ORDER#O2"]
