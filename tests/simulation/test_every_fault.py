"""Every kind of fault can happen."""

from collections import Counter
from collections.abc import Container
from random import Random
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from tests.simulation.aws import SimulatedAws
from tests.simulation.bucket.notifications import notify
from tests.simulation.faults import OF_ACCOUNTS, OF_LIVES, Fault, Faults
from tests.simulation.queues.mapping import Mapping
from tests.simulation.queues.queue import QueueSettings

KEY = {"PK": {"S": "a"}, "SK": {"S": "b"}}
ITEM = {**KEY, "GSI2PK": {"S": "due"}, "GSI2SK": {"S": "now"}}


def every_tenth(random: Random, suppressed: Container[int] = ()) -> Faults:
    """Each kind as often as the others, so that none is missing by chance."""
    return Faults(random, dict.fromkeys(Fault, 0.1), suppressed)


def live(seed: int) -> Counter[Fault]:
    """A life that makes each kind of call. Returns how often each fault happened."""
    queues = [(QueueSettings(name="dead"), None), (QueueSettings(name="uploads"), "dead")]
    with SimulatedAws(seed, faults=every_tenth, queues=queues) as aws:
        clients = aws.life.clients
        url = aws.queue_url("uploads")

        def attempt(service: str, method: str, **request: Any) -> None:
            try:
                reply = getattr(clients[service], method)(**request)
                if "Body" in reply:
                    reply["Body"].read()
            except (ClientError, BotoCoreError):
                return

        def act() -> None:
            put = {"Put": {"TableName": "docket", "Item": ITEM}}
            attempt("dynamodb", "transact_write_items", TransactItems=[put])
            keys = {"docket": {"Keys": [KEY]}}
            attempt("dynamodb", "batch_get_item", RequestItems=keys)
            attempt("s3", "put_object", Bucket="documents", Key="uploads/a", Body=b"x")
            attempt("s3", "get_object", Bucket="documents", Key="uploads/a")
            delete = {"Objects": [{"Key": "uploads/a"}]}
            attempt("s3", "delete_objects", Bucket="documents", Delete=delete)
            entries = [{"Id": "1", "MessageBody": "x"}]
            attempt("sqs", "send_message_batch", QueueUrl=url, Entries=entries)

        notify(aws.bucket, aws.queues["uploads"], aws.world, aws.random, prefix="uploads/")
        Mapping(
            world=aws.world,
            queue=aws.queues["uploads"],
            name="reader",
            handler=lambda event, context: None,
        )
        aws.world.every(60, "schedule", lambda: aws.world.start("act", act))
        aws.world.run(1200)
        return aws.faults.counts()


def test_every_kind_of_fault_of_aws_happens():
    counts = Counter[Fault]()
    for seed in range(40):
        counts += live(seed)

    assert {fault for fault in Fault if not counts[fault]} == OF_LIVES | OF_ACCOUNTS
