"""One customer's documents do not make another wait: five readers, and many unpaid documents."""

import json
from functools import partial

import pytest

from docket.table import keys
from tests.make_calls import a_request
from tests.simulation.aws import SimulatedAws
from tests.simulation.bucket.presigned import customer_uploads
from tests.simulation.environment import settings
from tests.simulation.environment.contents import Content
from tests.simulation.environment.pipeline import connect
from tests.simulation.environment.reader import LONGEST_PART_SECONDS
from tests.simulation.orders.life import order_lives

SIZE = 64
AT_ONCE = 20
LONG = Content(name="long", pages=280, readable=280)
SHORT = Content(name="short", pages=1, readable=1)
OURS = Content(name="ours", pages=1, readable=1)


@pytest.fixture(scope="module")
def lives():
    limits = {"DOCKET_DOCUMENTS_A_DAY": "1000", "DOCKET_UNPAID_PAGES": "10000"}
    with order_lives(**limits, DOCKET_READER_PAGES_AT_ONCE="12") as lives:
        yield lives


class Customer:
    """A customer with an order."""

    def __init__(self, lives, aws, name):
        self._lives, self._aws, self._name = lives, aws, name
        self._order = self._send("orders/create", "orders", {})["id"]

    def upload(self, content, count=1):
        """Add that many documents with this content, and upload their files."""
        for first in range(0, count, AT_ONCE):
            file = {"filename": "a.pdf", "content_type": "application/pdf", "size": SIZE}
            batch = [file] * min(AT_ONCE, count - first)
            path = f"orders/{self._order}/documents"
            added = self._send("orders/add_document", path, {"documents": batch})
            for document in added["documents"]:
                customer_uploads(self._aws.bucket, document["upload"], content.bytes(SIZE))

    def _send(self, name, path, body):
        caller = {"user_id": self._name, "session_id": "S1"}
        event = a_request("POST", f"/api/v1/{path}", body, caller=caller)
        handler = partial(self._lives.functions.handler(name), event, None)
        run = self._aws.world.call(name, handler)
        assert run.reply["statusCode"] == 201, run.reply
        return json.loads(run.reply["body"])


def waiting(aws, name):
    """How many documents of a customer wait for a slot of the reader."""
    partition = keys.by_status_partition(name, keys.WAITING)
    return sum(item.get("GSI1PK") == {"S": partition} for item in aws.store.items())


@pytest.mark.parametrize(("content", "count"), [(LONG, 16), (SHORT, 500)])
def test_a_single_page_starts_although_a_stranger_has_many_documents(lives, content, count):
    with SimulatedAws(1, queues=settings.QUEUES, may_list_bucket=lambda: False) as aws:
        lives.process.live(aws.life)
        lives.reader.live(aws)
        connect(aws, lives.functions)
        stranger, customer = (Customer(lives, aws, name) for name in ("eve", "ada"))
        stranger.upload(content, count)
        aws.world.run(90)
        assert waiting(aws, "eve") > count / 2

        begin = aws.clock.true_time()
        customer.upload(OURS)
        aws.world.run(2 * LONGEST_PART_SECONDS)

    started = [at - begin for at, name in lives.reader.started if name == OURS.name]
    assert len(started) == 1
    assert started[0] < LONGEST_PART_SECONDS
