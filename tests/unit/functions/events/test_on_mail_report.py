import json

import pytest

from docket.domain.accounts.mail import SuppressionReason
from docket.runtime.logging import HandlerFailed
from docket.table import client, keys
from docket.table.accounts import mails, suppressions
from functions.events import on_mail_report
from tests.make_people import a_mail

pytestmark = pytest.mark.usefixtures("mailbox")

MAIL = a_mail()


class Context:
    def get_remaining_time_in_millis(self):
        return 60_000


def a_record(event_type, message_id="1", **parts):
    tags = {"mail_id": [MAIL.id], "mailbox": [MAIL.mailbox]}
    body = json.dumps({"eventType": event_type, "mail": {"tags": tags}, **parts})
    attributes = {"ApproximateReceiveCount": "1"}
    return {"messageId": message_id, "body": body, "attributes": attributes}


def handle(*records):
    return on_mail_report.handler({"Records": [*records]}, Context())


def test_a_reported_mail_is_not_sent_again():
    client.write(mails.put(MAIL))

    assert handle(a_record("Send"), a_record("Open", "2")) == {"batchItemFailures": []}

    assert client.get(keys.mail(MAIL.mailbox, MAIL.id)) is None


def test_a_bounce_suppresses_the_address():
    bounce = {"bounceType": "Permanent"}

    assert handle(a_record("Bounce", bounce=bounce)) == {"batchItemFailures": []}
    assert handle(a_record("Bounce", bounce=bounce)) == {"batchItemFailures": []}

    suppression = suppressions.find(MAIL.mailbox)
    assert suppression
    assert suppression.reason is SuppressionReason.BOUNCE


def test_a_malformed_report_is_delivered_again():
    with pytest.raises(HandlerFailed):
        handle({**a_record("Send"), "body": "{}"})
