from dataclasses import replace

from docket.domain.orders.finished_review import FinishedReview
from tests.make import THEN, an_audit_context


def test_a_finished_review_says_who_and_when():
    audit = an_audit_context()

    person = FinishedReview.by("ada", audit)
    program = FinishedReview.by("ada", replace(audit, api_key_id="key_1"))

    assert (person.user_id, person.finished_at, person.api_key_id) == ("ada", THEN, None)
    assert program.api_key_id == "key_1"
