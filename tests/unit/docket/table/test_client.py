import logging
import time
import traceback

import pytest
from botocore.exceptions import ClientError

from docket.domain.errors import ConcurrentChange, DocketError, TableUnavailable
from docket.table import client, keys
from docket.table.client import (
    Check,
    ConditionFailed,
    Delete,
    Put,
    Update,
    get,
    query,
    update,
    write,
)
from tests.dynamodb_faults import lost_replies, refusals

pytestmark = pytest.mark.usefixtures("table")

ORDER = keys.order("ada", "O1")


def test_an_item_is_read_as_it_was_put():
    write(Put(item={**ORDER, "size": 3, "share": "0.5", "documents": {"d": {"pages": 2}}}))

    assert get(ORDER) == {**ORDER, "size": 3, "share": "0.5", "documents": {"d": {"pages": 2}}}


def test_an_existing_item_is_not_replaced():
    write(Put(item={**ORDER, "title": "first"}))

    with pytest.raises(ConditionFailed):
        write(Put(item={**ORDER, "title": "second"}))

    assert get(ORDER) == {**ORDER, "title": "first"}


def test_a_transaction_is_all_or_nothing():
    existing, free = keys.credential("ada@example.com"), keys.user("eve")
    write(Put(item=existing))

    with pytest.raises(ConditionFailed) as refused:
        write(Put(item=free), Put(item=existing))

    assert refused.value.part == 1
    assert get(free) is None


def test_a_condition_on_another_item_decides_a_transaction():
    other = keys.order("ada", "O2")
    is_open = Check(key=ORDER, condition="#state = :state", values={"state": "open"})
    write(Put(item={**ORDER, "state": "open"}))

    write(is_open, Put(item={**other, "size": 1}))
    update(Update(key=ORDER, condition="attribute_exists(PK)", set={("state",): "closed"}))
    with pytest.raises(ConditionFailed) as failed:
        write(is_open, Update(key=other, condition="attribute_exists(PK)", set={("size",): 2}))

    assert failed.value.refused == {0: {**ORDER, "state": "closed"}}
    assert get(other) == {**other, "size": 1}


def test_a_cancelled_transaction_leaves_updated_items_as_they_were():
    existing = keys.credential("ada@example.com")
    order = {**ORDER, "documents": {"d-1": {"size": 1}}, "n": 1}
    write(Put(item=existing))
    write(Put(item=order))

    with pytest.raises(ConditionFailed):
        write(
            Update(
                key=ORDER,
                condition="attribute_exists(PK)",
                set={("documents", "d-1", "size"): 2},
                add={("n",): 1},
            ),
            Put(item={**existing, "user": "eve"}),
        )

    assert get(ORDER) == order


def test_an_update_sets_nested_attributes():
    write(Put(item={**ORDER, "status": "pending", "documents": {"d-1": {"size": 1}}, "n": 1}))

    after = update(
        Update(
            key=ORDER,
            condition="#status = :pending AND #documents.#did.#size = :one",
            set={("documents", "d-1", "size"): 2},
            set_if_absent={("n",): 9, ("m",): 9},
            add={("revision",): 1},
            names={"did": "d-1"},
            values={"pending": "pending", "one": 1},
        )
    )

    assert after["documents"] == {"d-1": {"size": 2}}
    assert (after["n"], after["m"], after["revision"]) == (1, 9, 1)


def test_a_rejected_update_changes_nothing():
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
def transaction_conflicts(monkeypatch):
    """Make this number of updates fail by a conflict with a transaction."""

    def fail_updates(times):
        update_item, remaining = client.dynamodb().update_item, iter(range(times))

        def update_or_fail(**request):
            if next(remaining, None) is None:
                return update_item(**request)
            raise ClientError({"Error": {"Code": "TransactionConflictException"}}, "UpdateItem")

        monkeypatch.setattr(client.dynamodb(), "update_item", update_or_fail)
        monkeypatch.setattr(time, "sleep", lambda _: None)

    return fail_updates


def test_an_update_in_conflict_with_a_transaction_is_repeated(transaction_conflicts):
    write(Put(item={**ORDER, "n": 1}))
    transaction_conflicts(2)

    after = update(Update(key=ORDER, condition="attribute_exists(PK)", add={("n",): 1}))

    assert after["n"] == 2


def test_an_update_in_permanent_conflict_fails(transaction_conflicts):
    write(Put(item={**ORDER, "n": 1}))
    transaction_conflicts(99)

    with pytest.raises(ConcurrentChange):
        update(Update(key=ORDER, condition="attribute_exists(PK)", add={("n",): 1}))

    assert get(ORDER) == {**ORDER, "n": 1}


def test_a_partition_is_read_newest_first_after_a_key():
    for order_id in ("O1", "O2", "O3"):
        write(Put(item=keys.order("ada", order_id)))
    write(Put(item=keys.order("eve", "O4")))
    write(Put(item=keys.user("ada")))

    items = query(
        partition=keys.user_partition("ada"),
        prefix=keys.ORDERS,
        newest_first=True,
        limit=1,
        after=keys.order("ada", "O3"),
    )

    assert [item["SK"] for item in items] == ["ORDER#O2"]


RENAME = Update(
    key=ORDER, condition="#title <> :new", set={("title",): "new"}, values={"new": "new"}
)


def test_a_repeated_transaction_recognises_its_inserted_item():
    write(Put(item={**ORDER, "title": "old", "n": 1}))
    inserted = {**keys.event("O1", "E1"), "facts": {"pages": 2, "none": None}}
    change = Update(key=ORDER, condition="#title = :old", add={("n",): 1}, values={"old": "old"})

    with lost_replies() as sent:
        write(change, Put(item=inserted))

    assert sent == ["TransactWriteItems"] * 2
    assert get(keys.event("O1", "E1")) == inserted


def test_a_transaction_does_not_recognise_another_item():
    write(Put(item={**ORDER, "title": "new"}), Put(item={**keys.event("O1", "E1"), "n": 1}))

    for inserted in ({**keys.event("O1", "E1"), "n": 2}, {**keys.event("O1", "E2"), "n": 1}):
        with pytest.raises(ConditionFailed):
            write(RENAME, Put(item=inserted))


def marked(state="closed", mark="m1"):
    return Update(
        key=ORDER,
        condition="attribute_not_exists(#closed_by)",
        set={("state",): state, ("closed_by",): mark},
        mark="closed_by",
    )


def test_a_repeated_transaction_recognises_the_mark_of_its_update():
    """Also if what it inserted was deleted meanwhile, as a message that was sent."""
    message = keys.user("eve")
    write(Put(item={**ORDER, "state": "open"}))

    write(marked(), Put(item=message))
    write(Delete(key=message))
    write(marked(), Put(item=message))

    assert get(message) is None
    with pytest.raises(ConditionFailed):
        write(marked(mark="m2"), Put(item=message))


def test_a_repeated_update_recognises_its_mark():
    write(Put(item=dict(ORDER)))

    assert update(marked()) == update(marked()) == get(ORDER)
    with pytest.raises(ConditionFailed):
        update(marked(mark="m2"))


def test_a_transaction_without_an_insertion_is_not_recognised():
    write(Put(item={**ORDER, "title": "new"}))

    with pytest.raises(ConditionFailed):
        write(RENAME)


THROTTLED = ["ThrottlingError", "ProvisionedThroughputExceeded"]


@pytest.mark.parametrize("reason", THROTTLED)
def test_a_throttled_transaction_is_repeated(reason):
    reasons = [{"Code": "None"}, {"Code": reason}]

    with refusals("TransactionCanceledException", reasons, times=2) as sent:
        write(Put(item={**ORDER, "title": "a"}), Put(item=keys.order("ada", "O2")))

    assert len(sent) == 3
    assert get(ORDER) == {**ORDER, "title": "a"}


@pytest.mark.parametrize("reason", THROTTLED)
def test_a_permanently_throttled_transaction_is_an_outage(reason):
    with (
        refusals("TransactionCanceledException", [{"Code": reason}]) as sent,
        pytest.raises(TableUnavailable),
    ):
        write(Put(item=ORDER))

    assert len(sent) == client._TRIES


def test_a_transaction_in_permanent_conflict_is_a_concurrent_change():
    reasons = [{"Code": "TransactionConflict"}]

    with refusals("TransactionCanceledException", reasons), pytest.raises(ConcurrentChange):
        write(Put(item=ORDER))


CALLS = {
    "get": lambda: get(ORDER),
    "query": lambda: list(query(partition="USER#ada")),
    "write": lambda: write(Put(item=ORDER)),
    "update": lambda: update(Update(key=ORDER, condition="#a = :a", values={"a": 1})),
}
OVERLOADS = [
    ("ThrottlingException", 400),
    ("ProvisionedThroughputExceededException", 400),
    ("RequestLimitExceeded", 400),
    ("InternalServerError", 500),
    ("ServiceUnavailable", 503),
]


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@pytest.mark.parametrize(("code", "status"), OVERLOADS)
def test_an_overload_that_outlasts_the_sdk_is_an_outage(call, code, status):
    with refusals(code, status=status), pytest.raises(TableUnavailable):
        call()


@pytest.mark.parametrize("call", [CALLS["write"], CALLS["update"]], ids=["write", "update"])
def test_a_table_without_a_reply_is_an_outage(call):
    write(Put(item={**ORDER, "a": 1}))

    with lost_replies(99), pytest.raises(TableUnavailable):
        call()


def test_an_invalid_request_is_not_an_outage():
    with refusals("ValidationException"), pytest.raises(ClientError):
        write(Put(item=ORDER))


def test_a_rejected_write_does_not_log_the_item(caplog):
    write(Put(item={**ORDER, "filename": "private.pdf"}))
    errors: list[BaseException] = []
    for attempt in (
        lambda: write(Put(item={**ORDER, "filename": "other"})),
        lambda: update(Update(key=ORDER, condition="#a = :a", set={("a",): 1}, values={"a": 1})),
    ):
        with pytest.raises(ConditionFailed) as failed:
            attempt()
        assert failed.value.stored_item == {**ORDER, "filename": "private.pdf"}
        errors += [failed.value]

    for error in errors:
        logging.getLogger("tests").error("failed", exc_info=error)
        texts = [repr(error), str(error), repr(error.args), *traceback.format_exception(error)]
        assert "private" not in "".join(texts) + caplog.text
        assert error.__cause__ is None
        assert error.__context__ is None


def test_a_domain_error_of_a_rejected_write_does_not_contain_the_item():
    write(Put(item={**ORDER, "filename": "private.pdf"}))

    def refused():
        try:
            write(Put(item=ORDER))
        except ConditionFailed:
            raise ConcurrentChange from None

    with pytest.raises(DocketError) as failed:
        refused()

    exceptions: list[BaseException] = []
    error: BaseException | None = failed.value
    while error:
        exceptions.append(error)
        error = error.__cause__ or error.__context__
    assert "private" not in repr([(error, error.args) for error in exceptions])
    assert not any(isinstance(error, ClientError) for error in exceptions)


def test_a_batch_is_read_in_the_order_of_its_keys():
    items = [{"PK": "A", "SK": str(number), "value": number} for number in range(3)]
    for item in items:
        client.write(Put(item=item))
    item_keys = [{"PK": "A", "SK": name} for name in ("2", "missing", "0")]

    assert client.batch_get(item_keys) == [items[2], None, items[0]]


def test_keys_that_a_batch_leaves_over_are_read_again(monkeypatch):
    client.write(Put(item={"PK": "A", "SK": "1"}))
    batch_get_item, left_over = client.dynamodb().batch_get_item, iter(range(1))

    def leave_over(**request):
        if next(left_over, None) is None:
            return batch_get_item(**request)
        return {"Responses": {}, "UnprocessedKeys": request["RequestItems"]}

    monkeypatch.setattr(client.dynamodb(), "batch_get_item", leave_over)
    monkeypatch.setattr("time.sleep", lambda _: None)

    assert client.batch_get([{"PK": "A", "SK": "1"}]) == [{"PK": "A", "SK": "1"}]


def test_an_overloaded_table_does_not_read_a_batch(monkeypatch):
    def leave_over(**request):
        return {"Responses": {}, "UnprocessedKeys": request["RequestItems"]}

    monkeypatch.setattr(client.dynamodb(), "batch_get_item", leave_over)
    monkeypatch.setattr("time.sleep", lambda _: None)

    with pytest.raises(TableUnavailable):
        client.batch_get([{"PK": "A", "SK": "1"}])


def test_a_refused_decision_is_made_again(monkeypatch):
    monkeypatch.setattr("time.sleep", lambda _: None)
    refusals_left = iter(range(2))

    def attempt():
        if next(refusals_left, None) is not None:
            raise ConditionFailed({0: None})
        return "decided"

    assert client.decide(attempt) == "decided"


def test_a_decision_that_is_always_refused_is_a_concurrent_change(monkeypatch):
    monkeypatch.setattr("time.sleep", lambda _: None)

    def attempt():
        raise ConditionFailed({0: None})

    with pytest.raises(ConcurrentChange):
        client.decide(attempt)
