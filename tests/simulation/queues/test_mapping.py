"""A queue invokes a function as Lambda's event source mapping does."""

from collections import Counter
from random import Random

import pytest

from tests.simulation.clock import Clock
from tests.simulation.faults import Crash, Fault, Faults
from tests.simulation.queues.mapping import Mapping
from tests.simulation.queues.queue import Queue, QueueSettings, Sending
from tests.simulation.world import World


class Consumer:
    """A queue whose messages a function handles; `act` is what it does with each body."""

    def __init__(self, act, *, rates=None, seed=1, fifo=False, **options):
        self.clock, random = Clock(), Random(seed)
        self.faults = Faults(random, rates or {})
        self.world = World(self.clock, self.faults, random)
        self.dead = Queue(QueueSettings(name="dead", fifo=fifo), self.clock, self.faults, random)
        settings = QueueSettings(name="queue", fifo=fifo, visibility_seconds=60, max_receives=5)
        self.queue = Queue(settings, self.clock, self.faults, random, self.dead)
        self.handled: list[str] = []
        self.running = self.most_running = 0
        self._act = act
        self.mapping = Mapping(
            world=self.world, queue=self.queue, name="function", handler=self._handle, **options
        )

    def send(self, *bodies, group=None):
        for body in bodies:
            self.queue.send(Sending(body=body, group=group, deduplication_id=body))

    def run(self):
        self.world.run_dry(within_seconds=24 * 3600)

    def _handle(self, event, context):
        self.running += 1
        self.most_running = max(self.most_running, self.running)
        failed = []
        try:
            for record in event["Records"]:
                self.handled.append(record["body"])
                self.clock.sleep(1)
                if self._act(record["body"], record) is False:
                    failed.append({"itemIdentifier": record["messageId"]})
        finally:
            self.running -= 1
        return {"batchItemFailures": failed}


def succeed(body, record):
    return True


def test_every_message_is_handled_and_deleted():
    consumer = Consumer(succeed)

    consumer.send(*"abcdefghijklmnopqrstuvwxyz")
    consumer.run()

    assert sorted(consumer.handled) == list("abcdefghijklmnopqrstuvwxyz")
    assert not consumer.queue.messages


def test_no_more_runs_at_once_than_the_maximum_concurrency():
    consumer = Consumer(succeed, batch_size=1, max_concurrency=3)

    consumer.send(*"abcdefghij")
    consumer.run()

    assert consumer.most_running == 3


def test_only_reported_messages_come_again_and_then_move_to_the_dead_letters():
    consumer = Consumer(lambda body, _: body != "bad")

    consumer.send("good", "bad")
    consumer.run()

    assert Counter(consumer.handled) == {"good": 1, "bad": 5}
    assert [message.body for message in consumer.dead.messages.values()] == ["bad"]


def test_a_redriven_message_is_handled_again():
    fails = [True]
    consumer = Consumer(lambda body, _: not fails)
    consumer.send("a")
    consumer.run()

    fails.clear()
    consumer.dead.redrive(consumer.queue)
    consumer.run()

    assert consumer.handled == ["a"] * 6
    assert not consumer.queue.messages


@pytest.mark.parametrize("failure", [ValueError("x"), Crash("x")])
def test_a_batch_that_raises_or_crashes_comes_again_as_a_whole(failure):
    def act(body, record):
        if record["attributes"]["ApproximateReceiveCount"] == "1" and body == "b":
            raise failure

    consumer = Consumer(act)
    consumer.send("a", "b")
    consumer.run()

    assert not consumer.queue.messages
    assert set(consumer.handled) == {"a", "b"}
    assert len(consumer.handled) >= 3


def test_a_reply_with_an_unknown_id_fails_the_whole_batch():
    consumer = Consumer(succeed)
    replies = [{"batchItemFailures": [{"itemIdentifier": "unknown"}]}, None]
    consumer.mapping.handler = lambda event, context: replies.pop(0)

    consumer.send("a")
    consumer.run()

    assert replies == []
    assert not consumer.queue.messages


def test_messages_of_a_group_are_handled_in_order_and_never_at_once():
    flaky = Random(3)
    consumer = Consumer(
        lambda body, _: flaky.random() > 0.3, fifo=True, batch_size=1, max_concurrency=9
    )

    for number in range(10):
        consumer.send(f"a{number}", group="a")
        consumer.send(f"b{number}", group="b")
    consumer.run()

    for group in "ab":
        handled = [body for body in consumer.handled if body[0] == group]
        assert handled == sorted(handled)
        assert len(handled) > 10  # some came again
    assert consumer.most_running == 2


def test_a_standard_queue_doubles_delays_and_reorders_but_loses_nothing():
    rates = {Fault.MESSAGE_DOUBLED: 0.25, Fault.MESSAGE_LATE: 0.25, Fault.EMPTY_RECEIVE: 0.25}
    consumer = Consumer(succeed, rates=rates)
    bodies = [f"{number:03}" for number in range(200)]

    consumer.send(*bodies)
    consumer.run()

    times = Counter(consumer.handled)
    assert set(times) == set(bodies)
    assert max(times.values()) > 1
    assert consumer.handled != sorted(consumer.handled)
    assert all(consumer.faults.counts()[fault] > 10 for fault in rates)


def test_a_message_sent_again_within_five_minutes_is_dropped():
    consumer = Consumer(succeed, fifo=True)

    consumer.send("a", group="g")
    consumer.run()
    consumer.send("a", group="g")
    consumer.world.run(300)
    consumer.send("a", group="g")
    consumer.run()

    assert consumer.handled == ["a", "a"]
