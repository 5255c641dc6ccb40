"""Mail is sent again to an address that was suppressed, and the act is recorded."""

import pytest
from botocore.stub import Stubber

from docket.domain.accounts.mail import SuppressionReason, mailbox_of
from docket.gateways import mail as ses
from docket.table.accounts import suppressions
from operations import mail
from operations.deployment import Operator
from tests.make import THEN
from tests.table_state import stored

OPERATOR = Operator(stage="test", pseudonym="0123456789abcdef")
MAILBOX = mailbox_of("ada@example.com")


@pytest.fixture
def suppressed(table):
    suppressions.suppress(MAILBOX, SuppressionReason.BOUNCE, at=THEN)


@pytest.fixture
def sesv2(mailbox):
    with Stubber(ses._ses()) as sesv2:
        yield sesv2
        sesv2.assert_no_pending_responses()


def test_a_suppressed_address_gets_mail_again(suppressed, sesv2):
    sesv2.add_response("delete_suppressed_destination", {}, {"EmailAddress": "Ada@example.com"})

    (line,) = mail.allow_mail("Ada@example.com", OPERATOR)

    assert line == f"mailbox {MAILBOX}: gets mail again"
    assert suppressions.find(MAILBOX) is None
    (record,) = [item for item in stored() if item["PK"] == "OPERATOR"]
    assert (record["what"], record["facts"]) == ("allow-mail", {"mailbox": MAILBOX})


def test_an_address_stays_suppressed_while_ses_has_it_on_its_list(suppressed, sesv2):
    sesv2.add_client_error("delete_suppressed_destination", "InternalError", http_status_code=500)

    with pytest.raises(ses.PossiblySent):
        list(mail.allow_mail("ada@example.com", OPERATOR))

    assert suppressions.find(MAILBOX) is not None
