"""The twin of SQS and moto answer random calls alike."""

import json
from random import Random
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.sqs import models

from tests.simulation.clock import Clock
from tests.simulation.differential import seed, steps
from tests.simulation.faults import Faults
from tests.simulation.queues.client import QueueClient, queue_url
from tests.simulation.queues.queue import Queue, QueueSettings
from tests.simulation.sdk import Connection

REGION = "eu-central-1"
STEPS = 400
MAX_RECEIVES = 3
VISIBILITY = 30
ATTRIBUTES = [
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible",
    "ApproximateNumberOfMessagesDelayed",
]


class Sides:
    """moto and the twin with the same queues, under one clock."""

    def __init__(self, fifo, moto, clock):
        suffix = ".fifo" if fifo else ""
        self.clock, self.fifo = clock, fifo
        random = Random(1)
        faults = Faults(random)
        dead = Queue(QueueSettings(name=f"dead{suffix}", fifo=fifo), clock, faults, random)
        settings = QueueSettings(
            name=f"queue{suffix}",
            fifo=fifo,
            visibility_seconds=VISIBILITY,
            max_receives=MAX_RECEIVES,
        )
        self.dead = dead
        self.queue = Queue(settings, clock, faults, random, dead)
        connection = Connection("sqs", clock, faults, random, latency=False)
        self.clients = [moto, QueueClient([self.queue, dead], connection)]
        self.urls = [_created(moto, settings), queue_url(self.queue)]
        self.dead_urls = [self.urls[0].replace("queue", "dead"), queue_url(dead)]
        self.receipts: dict[str, list[str]] = {}
        """The receipts of each message in flight, by its body."""
        self.expiry: dict[str, float] = {}

    def both(self, method, request, *, urls=None):
        """The outcome of a call, which is the same on both sides."""
        outcomes = [
            _outcome(client, method, {"QueueUrl": url, **request(side)})
            for side, (client, url) in enumerate(zip(self.clients, urls or self.urls, strict=True))
        ]
        assert outcomes[0] == outcomes[1], (method, request(1))
        return outcomes[1]

    def receive(self, limit):
        self._end_expired_flights()
        messages = []
        for client, url in zip(self.clients, self.urls, strict=True):
            reply = client.receive_message(
                QueueUrl=url, MaxNumberOfMessages=limit, AttributeNames=["All"]
            )
            messages.append(reply.get("Messages", []))
        bodies = [[message["Body"] for message in side] for side in messages]
        if not self.fifo:
            for side, texts in zip(messages, bodies, strict=True):
                side.sort(key=lambda message: message["Body"])
                texts.sort()
        assert bodies[1] == bodies[0]
        for expected, actual in zip(*messages, strict=True):
            for name in ("ApproximateReceiveCount", "SentTimestamp", "MessageGroupId"):
                assert actual["Attributes"].get(name) == expected["Attributes"].get(name), name
            self.receipts[actual["Body"]] = [expected["ReceiptHandle"], actual["ReceiptHandle"]]
            self.expiry[actual["Body"]] = self.clock.true_time() + VISIBILITY
        return len(bodies[1])

    def _end_expired_flights(self):
        """Undo that moto blocks a group for one more call when its messages are visible again."""
        queue = models.sqs_backends[DEFAULT_ACCOUNT_ID][REGION].queues[self.queue.settings.name]
        queue._pending_messages = {
            message for message in queue._pending_messages if not message.visible
        }

    def in_flight(self):
        """Bodies of messages whose receipt is valid."""
        now = self.clock.true_time()
        return sorted(body for body in self.receipts if self.expiry[body] > now)


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(models, "unix_time_millis", lambda: clock.true_time() * 1000)
    monkeypatch.setattr(models, "unix_time", clock.true_time)
    return clock


@pytest.fixture
def moto():
    with mock_aws():
        client: Any = boto3.client(
            "sqs",
            region_name=REGION,
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )
        yield client


def _created(moto, settings):
    """Create a queue with its dead-letter queue in moto. Returns its address."""
    fifo = {"FifoQueue": "true"} if settings.fifo else {}
    dead = moto.create_queue(QueueName=settings.name.replace("queue", "dead"), Attributes=fifo)
    arn = moto.get_queue_attributes(QueueUrl=dead["QueueUrl"], AttributeNames=["QueueArn"])
    redrive = {
        "deadLetterTargetArn": arn["Attributes"]["QueueArn"],
        "maxReceiveCount": settings.max_receives,
    }
    attributes = {
        **fifo,
        "VisibilityTimeout": str(settings.visibility_seconds),
        "RedrivePolicy": json.dumps(redrive),
    }
    return moto.create_queue(QueueName=settings.name, Attributes=attributes)["QueueUrl"]


def _outcome(client, method, request):
    try:
        reply = getattr(client, method)(**request)
    except ClientError as failure:
        return failure.response["Error"]["Code"]
    if method == "get_queue_attributes":
        return reply["Attributes"]
    if method.endswith("batch"):
        return [entry["Id"] for entry in reply["Successful"]], len(reply.get("Failed", []))
    return reply.get("MD5OfMessageBody")


def _entry(random, number, *, fifo):
    entry: dict[str, Any] = {"MessageBody": f"body {number}"}
    if fifo:
        entry["MessageGroupId"] = random.choice("abc")
        entry["MessageDeduplicationId"] = str(number)
    elif random.random() < 0.2:
        entry["DelaySeconds"] = random.choice((5, 50))
    return entry


@pytest.mark.parametrize("fifo", [False, True], ids=["standard", "fifo"])
def test_random_calls_have_the_same_outcome(fifo, moto, clock):
    random, sides = Random(seed(3)), Sides(fifo, moto, clock)
    sent = received_count = deleted = repeated = 0

    for step in range(steps(STEPS)):
        clock.sleep(random.choice((0.0013, 0.5017, 7.3131)))
        stored = len(sides.queue.messages)
        acts = ["send", "batch"] * (stored < 7) + ["receive", "receive", "delete", "delay", "count"]
        act = random.choice(acts)
        if act == "send":
            entry = _entry(random, step, fifo=fifo)
            sides.both("send_message", lambda side, entry=entry: entry)
            sent += 1
            if fifo and random.random() < 0.3:  # moto knows a message only while it is stored
                repeated += 1
                sides.both("send_message", lambda side, entry=entry: entry)
        elif act == "batch":
            entries = [
                {"Id": name, **_entry(random, f"{step}{name}", fifo=fifo)} for name in ("a", "b")
            ]
            sides.both("send_message_batch", lambda side, entries=entries: {"Entries": entries})
        elif act == "receive":
            received_count += sides.receive(random.randint(1, 10) if fifo else 10)
        elif act == "count":
            request = {"AttributeNames": ATTRIBUTES}
            sides.both("get_queue_attributes", lambda side, request=request: request)
            dead = sides.dead_urls
            sides.both("get_queue_attributes", lambda side, request=request: request, urls=dead)
        elif bodies := sides.in_flight():
            receipts = sides.receipts[random.choice(bodies)]
            if act == "delete":
                sides.both("delete_message", lambda side, r=receipts: {"ReceiptHandle": r[side]})
                deleted += 1
            else:
                _delay(sides, receipts, random.choice((1, 60)))

    assert min(sent, received_count, deleted) > STEPS / 25
    assert len(sides.dead.messages) > 3
    assert repeated or not fifo


def _delay(sides, receipts, seconds):
    """Change when a message is visible again, if it is not deleted."""
    (body,) = (body for body, handles in sides.receipts.items() if handles is receipts)
    if any(message.receipt == receipts[1] for message in sides.queue.messages.values()):
        sides.both(
            "change_message_visibility",
            lambda side: {"ReceiptHandle": receipts[side], "VisibilityTimeout": seconds},
        )
        sides.expiry[body] = sides.clock.true_time() + seconds
