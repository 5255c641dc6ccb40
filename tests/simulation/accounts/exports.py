"""Exports of accounts, whose archives have nothing of anybody else."""

import json
from collections.abc import Generator, Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from tests.simulation.accounts.people import People, Person
from tests.simulation.accounts.requests import Answer, Device
from tests.simulation.accounts.rights import Typed
from tests.simulation.aws import SimulatedAws
from tests.simulation.bucket.presigned import Refused, customer_downloads

WAITS = 8


class Exports:
    """Exports of people, of which each archive is opened."""

    def __init__(self, aws: SimulatedAws, people: People) -> None:
        self._aws, self._people = aws, people
        people.on_reply["exports/download"] = self._downloaded

    def export(self, person: Person, device: Device) -> Generator[Any, Any]:
        """Request an export, wait for its archives, and download them."""
        people = self._people
        yield from people.act(person, device, "exports/request")
        for _ in range(WAITS):
            yield people.uniform(10, 90)
            answers = yield from people.act(person, device, "exports/get")
            archives = [
                number
                for answer in answers
                if answer.status == 200 and answer.body["status"] == "ready"
                for number, _ in enumerate(answer.body["archives"], 1)
            ]
            for number in archives:
                ids = {"number": str(number)}
                yield from people.act(person, device, "exports/download", ids=ids)
            if archives:
                return

    def _downloaded(self, typed: Typed, answer: Answer) -> None:
        """A customer has got the address of an archive, and opens it."""
        watcher, user_id = self._people.watcher, typed.user_id
        try:
            content = customer_downloads(self._aws.bucket, answer.body["url"])
        except Refused as refused:
            if user_id not in watcher.deleting:
                watcher.violated(user_id, f"an archive that is offered is refused: {refused}")
            return
        others = (watcher.profiles.keys() | watcher.deleted) - {user_id}
        for problem in problems(content, user_id, others):
            watcher.violated(user_id, problem)


def problems(content: bytes, user_id: str, others: set[str]) -> Iterator[str]:
    """What an archive of an account must not have."""
    with ZipFile(BytesIO(content)) as archive:
        texts = {name: archive.read(name).decode(errors="replace") for name in archive.namelist()}
    if "account.json" in texts and json.loads(texts["account.json"])["profile"]["id"] != user_id:
        yield "an archive has the account of somebody else"
    for name, text in texts.items():
        for other in sorted(others):
            if other in text or other in name:
                yield f"an archive names the account {other}, in {name}"
