"""The previous release: how it sent messages, as its form was recorded.

The numbers of forms began with it, so its messages have none. Those of S3 have fields of their own
that no release reads.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from infra.endpoint_spec import QueueName
from tests.simulation.environment.settings import queue_of
from tests.simulation.queues.queue import Queue


def _without_number(message: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in message.items() if name != "v"}


def _with_another_field(message: dict[str, Any]) -> dict[str, Any]:
    return {**message, "sent_by": "the previous release"}


FORMS: Mapping[QueueName, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "uploads": _with_another_field,
    "readings": _without_number,
    "parts": _without_number,
    "results": _without_number,
    "money": _without_number,
    "work": _without_number,
    "housekeeping": _without_number,
    "mail": _without_number,
}


def as_sent_before(queues: Mapping[str, Queue]) -> None:
    """Give the messages that wait the form in which the previous release sent them."""
    for name, form in FORMS.items():
        for message in queues[queue_of(name)].messages.values():
            message.body = json.dumps(form(json.loads(message.body)))
