"""Notifications of a bucket: a message in a queue for each object that is created or tagged.

S3 delivers them at least once, usually within a second; here they may also be lost, because no
guarantee of Docket may depend on them.
"""

import json
from random import Random
from typing import Any
from urllib.parse import quote_plus

from tests.simulation.bucket.bucket import Bucket, Version
from tests.simulation.faults import Fault
from tests.simulation.queues.queue import Queue, Sending
from tests.simulation.world import World

USUAL_DELAY_SECONDS = (0.05, 2)
LATE_SECONDS = (60, 3600)


def notify(bucket: Bucket, queue: Queue, world: World, random: Random, *, prefix: str) -> None:
    """Send a message to the queue for each object that is created or tagged under the prefix."""

    def send(version: Version, event: str) -> None:
        if not version.key.startswith(prefix):
            return
        fires, place = world.faults.fires, f"s3 notification {prefix}"
        if fires(Fault.NOTIFICATION_LOST, place):
            bucket.unannounced.add(version.id)
            return
        body = json.dumps(message(bucket.name, version, event))
        for _ in range(2 if fires(Fault.NOTIFICATION_DOUBLED, place) else 1):
            late = fires(Fault.NOTIFICATION_LATE, place)
            delay = random.uniform(*(LATE_SECONDS if late else USUAL_DELAY_SECONDS))
            world.after(delay, lambda: _deliver(queue, body))

    bucket.listeners.append(send)


def message(bucket: str, version: Version, event: str) -> dict[str, Any]:
    """The body of the message about a new object."""
    stored = {
        "key": quote_plus(version.key),
        "size": len(version.body),
        "eTag": version.etag.strip('"'),
        "versionId": version.id,
        "sequencer": f"{version.number:016X}",
    }
    record = {
        "eventVersion": "2.1",
        "eventSource": "aws:s3",
        "awsRegion": "eu-central-1",
        "eventName": event,
        "s3": {"bucket": {"name": bucket}, "object": stored},
    }
    return {"Records": [record]}


def _deliver(queue: Queue, body: str) -> None:
    queue.send(Sending(body=body))
