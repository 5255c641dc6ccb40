from itertools import count

from docket.domain.event import AuditContext
from tests.make import THEN


def test_all_events_of_one_act_share_who_and_when_and_have_ids_of_their_own():
    numbers = count(1)
    audit = AuditContext(actor="stripe", at=THEN, new_id=lambda: f"E{next(numbers)}")

    first = audit.event("paid", {"amount": 250}, from_status="pending", to_status="completed")
    second = audit.event("refunded")

    assert (first.id, first.actor, first.at, first.what) == ("E1", "stripe", THEN, "paid")
    assert (first.from_status, first.to_status) == ("pending", "completed")
    assert first.facts == {"amount": 250}
    assert (second.id, second.at, second.facts) == ("E2", THEN, {})
