import pytest

from docket.domain.accounts.mail import Suppression, SuppressionReason, mailbox_of
from docket.table.accounts import suppressions
from tests.make import THEN

pytestmark = pytest.mark.usefixtures("table")

MAILBOX = mailbox_of("ada@example.com")


def test_a_suppressed_mailbox_has_the_last_reason_until_that_ends():
    assert suppressions.find(MAILBOX) is None

    for reason in SuppressionReason:
        suppressions.suppress(MAILBOX, reason, at=THEN)
        assert suppressions.find(MAILBOX) == Suppression(reason=reason, at=THEN)

    suppressions.end(MAILBOX)
    suppressions.end(MAILBOX)
    assert suppressions.find(MAILBOX) is None
