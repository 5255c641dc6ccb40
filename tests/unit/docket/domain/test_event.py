import json
from itertools import count
from pathlib import Path
from typing import get_args

import pytest

from docket.domain.event import AuditContext, EventName
from tests.make import THEN

LOCALES = Path(__file__).parents[4] / "frontend/src/locales"


def test_events_of_one_context_share_actor_and_time_and_differ_in_id():
    numbers = count(1)
    audit = AuditContext(actor="stripe", at=THEN, new_id=lambda: f"E{next(numbers)}")

    first = audit.event("paid", {"amount": 250}, from_status="pending", to_status="completed")
    second = audit.event("refunded")

    assert (first.id, first.actor, first.at, first.name) == ("E1", "stripe", THEN, "paid")
    assert (first.from_status, first.to_status) == ("pending", "completed")
    assert first.facts == {"amount": 250}
    assert (second.id, second.at, second.facts) == ("E2", THEN, {})


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_site_has_a_label_for_every_event(language):
    messages = json.loads((LOCALES / language / "orders.json").read_text())

    assert messages["events"].keys() == set(get_args(EventName.__value__))
