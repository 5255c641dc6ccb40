import json
from typing import Any

import pytest
from botocore import exceptions as failures
from botocore.stub import Stubber
from pydantic import ValidationError

from docket.domain.accounts.mail import SuppressionReason
from docket.gateways import mail as ses
from docket.gateways.mail import Message, Report

MESSAGE = Message(
    to="Ada@Bücher.example",
    subject="Grüße",
    text="text",
    html="<p>html</p>",
    mail_id="M1",
    mailbox="a1b2",
)


def error_of(code, status):
    response: Any = {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return failures.ClientError(response, "SendEmail")


@pytest.fixture
def failing(mailbox, monkeypatch):
    """Let the next call of SES fail."""

    def fail(error):
        def send_email(**_):
            raise error

        monkeypatch.setattr(ses._ses(), "send_email", send_email)

    return fail


def test_a_mail_is_sent_with_its_domain_in_ascii(mailbox):
    ses.send(MESSAGE)

    assert mailbox.receive() == [("Ada@xn--bcher-kva.example", "Grüße", "<p>html</p>")]


def test_a_mail_has_the_tags_that_return_in_reports(mailbox, monkeypatch):
    calls = []
    monkeypatch.setattr(ses._ses(), "send_email", lambda **request: calls.append(request))

    ses.send(MESSAGE)

    (call,) = calls
    assert call["EmailTags"] == [
        {"Name": "mail_id", "Value": "M1"},
        {"Name": "mailbox", "Value": "a1b2"},
    ]
    assert call["FromEmailAddress"] == "docket@example.com"
    assert call["ConfigurationSetName"] == "docket-mail"
    assert {*call["Content"]["Simple"]["Body"]} == {"Text", "Html"}


def test_the_sdk_does_not_repeat_a_sending(mailbox):
    assert ses._ses().meta.config.retries["total_max_attempts"] == 1


@pytest.mark.parametrize(
    ("error", "raised"),
    [
        (error_of("MessageRejected", 400), ses.MailRefused),
        (error_of("BadRequestException", 400), ses.MailRefused),
        (error_of("TooManyRequestsException", 429), ses.NotSent),
        (error_of("SendingPausedException", 400), ses.NotSent),
        (error_of("NotFoundException", 404), ses.NotSent),
        (error_of("InternalFailure", 500), ses.PossiblySent),
        (failures.EndpointConnectionError(endpoint_url="https://ses"), ses.NotSent),
        (failures.ConnectTimeoutError(endpoint_url="https://ses"), ses.NotSent),
        (failures.ReadTimeoutError(endpoint_url="https://ses"), ses.PossiblySent),
        (failures.ConnectionClosedError(endpoint_url="https://ses"), ses.PossiblySent),
    ],
    ids=str,
)
def test_a_failure_shows_whether_the_mail_may_have_been_sent(failing, error, raised):
    failing(error)

    with pytest.raises(raised):
        ses.send(MESSAGE)


def a_report(event_type, tags=(("mail_id", "M1"), ("mailbox", "a1b2")), **parts):
    """As https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-examples.html."""
    return json.dumps(
        {
            "eventType": event_type,
            "mail": {
                "timestamp": "2026-11-05T00:40:02.012Z",
                "messageId": "EXAMPLE7c191be45",
                "destination": ["ada@example.com"],
                "tags": {
                    "ses:configuration-set": ["docket-mail"],
                    **{name: [value] for name, value in tags},
                },
            },
            **parts,
        }
    )


BOUNCED = [{"emailAddress": "ada@example.com", "status": "5.1.1"}]


@pytest.mark.parametrize(
    ("body", "is_sent", "suppression"),
    [
        (a_report("Send", send={}), True, None),
        (
            a_report("Bounce", bounce={"bounceType": "Permanent", "bouncedRecipients": BOUNCED}),
            False,
            SuppressionReason.BOUNCE,
        ),
        (
            a_report("Complaint", complaint={"complaintFeedbackType": "abuse"}),
            False,
            SuppressionReason.COMPLAINT,
        ),
        (a_report("Complaint", complaint={"feedbackId": "1"}), False, SuppressionReason.COMPLAINT),
    ],
)
def test_a_report_names_its_mail_and_its_effect(body, is_sent, suppression):
    assert ses.parse_report(body) == Report(
        mail_id="M1", mailbox="a1b2", is_sent=is_sent, suppression=suppression
    )


@pytest.mark.parametrize(
    "body",
    [
        a_report("Bounce", bounce={"bounceType": "Transient"}),
        a_report("Bounce", bounce={"bounceType": "Undetermined"}),
        a_report("Complaint", complaint={"complaintFeedbackType": "not-spam"}),
        a_report("Open", open={}),
    ],
)
def test_other_reports_change_nothing(body):
    assert ses.parse_report(body) is None


@pytest.mark.parametrize("body", ["{}", "not json", a_report("Send", tags=())])
def test_a_malformed_report_is_refused(body):
    with pytest.raises(ValidationError):
        ses.parse_report(body)


def test_an_address_is_removed_from_the_suppression_list(mailbox):
    with Stubber(ses._ses()) as sesv2:
        for respond in (
            lambda call, about: sesv2.add_response(call, {}, about),
            lambda call, about: sesv2.add_client_error(
                call, "NotFoundException", http_status_code=404, expected_params=about
            ),
        ):
            respond("delete_suppressed_destination", {"EmailAddress": "Ada@xn--bcher-kva.example"})
            ses.end_suppression("Ada@Bücher.example")
            sesv2.assert_no_pending_responses()


def test_a_suppression_that_ses_does_not_end_is_reported_without_the_address(mailbox):
    with Stubber(ses._ses()) as sesv2:
        sesv2.add_client_error(
            "delete_suppressed_destination", "TooManyRequestsException", "ada@example.com"
        )
        with pytest.raises(ses.NotSent) as raised:
            ses.end_suppression("ada@example.com")

    assert "ada@" not in str(raised.value)
