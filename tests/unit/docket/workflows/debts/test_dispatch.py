from collections import Counter
from datetime import timedelta

import pytest

from docket.domain.debt import DebtClass, Due
from docket.gateways.debt_queues import DebtMessage
from docket.table import client, keys
from docket.workflows.debts import dispatch as dispatcher
from docket.workflows.debts.capacity import Capacity
from docket.workflows.debts.dispatch import EVENT_LIST, dispatch
from tests.make import THEN, numbered

pytestmark = pytest.mark.usefixtures("service")

MONEY, WORK, HOUSEKEEPING, MAIL = DebtClass
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def capacity(monkeypatch):
    """Little capacity, so that few debts exceed it."""
    little = {
        MONEY: Capacity(debts=4, calls=10),
        WORK: Capacity(debts=4, calls=0),
        HOUSEKEEPING: Capacity(debts=4, calls=4),
        MAIL: Capacity(debts=4, calls=0),
    }
    monkeypatch.setattr(dispatcher, "CAPACITY", little)
    return little


def owe(debt_class, order_id, *, minutes=0, sort_key="TASK#erase#1"):
    """Put an item that has been due for so many minutes."""
    key = {"PK": keys.order_partition(order_id), "SK": sort_key}
    due = Due(debt_class, THEN - minutes * MINUTE)
    client.write(client.Put(item={**key, **keys.debt(due, order_id, key)}))


def messages_of(queues, debt_class):
    messages = [DebtMessage(**body) for body in queues[debt_class].receive_all()]
    return [message for message in messages if message != EVENT_LIST]


def orders_of(messages):
    return [message.pk.removeprefix("ORDER#") for message in messages]


def test_what_is_due_is_sent_to_the_workers_of_its_class(queues):
    (order_id,) = numbered(1)
    owe(WORK, order_id, minutes=3)

    assert dispatch(WORK, at=THEN) == 1
    assert dispatch(HOUSEKEEPING, at=THEN) == 0

    (message,) = messages_of(queues, WORK)
    key = {"PK": message.pk, "SK": message.sk}
    assert message.due_key == keys.due_key(THEN - 3 * MINUTE, key)
    assert messages_of(queues, HOUSEKEEPING) == []


def test_what_is_due_later_is_not_sent():
    (order_id,) = numbered(1)
    owe(WORK, order_id, minutes=-1)

    assert dispatch(WORK, at=THEN) == 0


def test_the_oldest_of_all_shards_are_sent_first(queues):
    order_ids = list(numbered(20))
    assert len({keys.shard(order_id) for order_id in order_ids}) > 5
    for age, order_id in enumerate(order_ids):
        owe(WORK, order_id, minutes=age)

    dispatch(WORK, at=THEN)

    assert sorted(orders_of(messages_of(queues, WORK))) == order_ids[-4:]


def test_shards_take_turns_among_debts_of_one_age(queues):
    order_ids = list(numbered(200))
    crowded = [order_id for order_id in order_ids if keys.shard(order_id) == 0]
    (other,) = [order_id for order_id in order_ids if keys.shard(order_id) == 9][:1]
    assert len(crowded) > 4
    for order_id in (*crowded, other):
        owe(WORK, order_id)

    dispatch(WORK, at=THEN)

    assert other in orders_of(messages_of(queues, WORK))


def test_a_queue_gets_no_more_than_its_workers_settle_in_a_minute(queues):
    for order_id in numbered(9):
        owe(WORK, order_id)

    assert dispatch(WORK, at=THEN) == 4
    assert dispatch(WORK, at=THEN) == 0
    queues[WORK].receive_all()
    assert dispatch(WORK, at=THEN) == 4


def test_the_calls_of_stripe_are_limited_but_not_what_needs_none(queues):
    order_ids = list(numbered(6))
    for order_id in order_ids[:4]:
        owe(HOUSEKEEPING, order_id, minutes=9, sort_key="PAYMENT#pi_1")
    for order_id in order_ids[4:]:
        owe(HOUSEKEEPING, order_id, minutes=1)

    dispatch(HOUSEKEEPING, at=THEN)

    sent = messages_of(queues, HOUSEKEEPING)
    assert Counter(message.sk for message in sent) == {"PAYMENT#pi_1": 2, "TASK#erase#1": 2}


def test_the_list_of_events_is_read_each_minute(queues, capacity):
    for order_id in numbered(9):
        owe(MONEY, order_id)
    for _ in range(2):
        dispatch(MONEY, at=THEN)

    bodies = queues[MONEY].receive_all()
    assert bodies.count(EVENT_LIST.model_dump()) == 2
    assert len(bodies) == 2 + capacity[MONEY].debts


def test_the_age_of_the_oldest_debt_is_a_metric(capsys):
    for age, order_id in enumerate(numbered(3)):
        owe(MONEY, order_id, minutes=age)

    for debt_class in DebtClass:
        dispatch(debt_class, at=THEN)

    out = capsys.readouterr().out
    assert '"OldestMoneyDebt":[120.0]' in out
    assert '"OldestWorkDebt":[0.0]' in out
    assert '"OldestHousekeepingDebt":[0.0]' in out
