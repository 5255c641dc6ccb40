"""What sends mail: only from the stage's sender, with reports that reach their queue."""

from dataclasses import replace

import pytest

from infra.names import Names
from infra.setting_types.mail_sender import MailSender
from infra.settings import DEV, Domain

ADDRESS, DOMAIN, NONE = "dev with cognito", "prod with a domain", "prod"


def the_only(stage, kind):
    (resource,) = stage.of_type(kind).values()
    return resource["Properties"]


def mail_resources(stage):
    types = {resource["Type"] for resource in stage.stack("mail")["Resources"].values()}
    return {kind for kind in types if kind.startswith(("AWS::SES", "AWS::SNS", "AWS::Route53"))}


@pytest.mark.parametrize(
    ("settings", "sender", "identity"),
    [
        (DEV, None, None),
        (replace(DEV, mail=MailSender(address="a@b.example")), "a@b.example", "a@b.example"),
        (replace(DEV, domain=Domain(name="b.example")), "no-reply@b.example", "b.example"),
        (
            replace(DEV, domain=Domain(name="b.example"), mail=MailSender(address="a@b.example")),
            "a@b.example",
            "b.example",
        ),
        (
            replace(DEV, domain=Domain(name="b.example"), mail=MailSender(address="a@c.example")),
            "a@c.example",
            "a@c.example",
        ),
    ],
)
def test_the_sender_is_verified_by_its_domain_if_that_is_the_stages(settings, sender, identity):
    found = settings.mail_sender

    assert (found and found.address) == sender
    assert settings.mail_identity == identity


def test_a_region_without_ses_sends_no_mail():
    assert replace(DEV, domain=Domain(name="b.example"), region="ap-east-1").mail_sender is None
    with pytest.raises(ValueError, match="ap-east-1 has no SES"):
        replace(DEV, mail=MailSender(address="a@b.example"), region="ap-east-1")


def test_a_stage_without_a_sender_has_nothing_of_ses(synthesise):
    assert mail_resources(synthesise(NONE)) == set()


def test_an_address_needs_no_records(synthesise):
    stage = synthesise(ADDRESS)

    assert the_only(stage, "AWS::SES::EmailIdentity")["EmailIdentity"] == "docket@example.com"
    assert "AWS::Route53::RecordSet" not in mail_resources(stage)


def test_a_domain_has_dkim_spf_dmarc_and_a_mail_from_domain(synthesise):
    stage = synthesise(DOMAIN)
    identity = the_only(stage, "AWS::SES::EmailIdentity")
    records = [
        (record["Type"], record["Name"], *record["ResourceRecords"])
        for resource in stage.stack("mail")["Resources"].values()
        if resource["Type"] == "AWS::Route53::RecordSet"
        for record in [resource["Properties"]]
    ]

    assert identity["EmailIdentity"] == "docket.example"
    assert identity["DkimSigningAttributes"] == {"NextSigningKeyLength": "RSA_2048_BIT"}
    assert identity["MailFromAttributes"]["MailFromDomain"] == "mail.docket.example"
    assert [kind for kind, *_ in records].count("CNAME") == 3
    assert {tuple(record) for record in records if record[0] == "TXT"} == {
        ("TXT", "mail.docket.example", '"v=spf1 include:amazonses.com ~all"'),
        ("TXT", "_dmarc.docket.example", '"v=DMARC1; p=quarantine"'),
    }
    ((name, server),) = [record[1:] for record in records if record[0] == "MX"]
    assert name == "mail.docket.example"
    assert "feedback-smtp." in str(server)


def test_the_records_are_outputs_where_a_person_must_add_them(synthesise):
    outputs = synthesise(DOMAIN).stack("mail")["Outputs"]

    assert {name for name in outputs if name.startswith("MailRecord")} == {
        "MailRecordDkim1",
        "MailRecordDkim2",
        "MailRecordDkim3",
        "MailRecordMailFrom",
        "MailRecordSpf",
        "MailRecordDmarc",
    }


@pytest.mark.parametrize("name", [ADDRESS, DOMAIN, "local"])
def test_mail_needs_tls_and_tracks_nobody(synthesise, name):
    stage = synthesise(name)
    configuration = the_only(stage, "AWS::SES::ConfigurationSet")
    (destination,) = stage.of_type("AWS::SES::ConfigurationSetEventDestination").values()
    events = destination["Properties"]["EventDestination"]["MatchingEventTypes"]

    assert configuration["Name"] == Names(stage.settings.stage).mail
    assert configuration["DeliveryOptions"] == {"TlsPolicy": "REQUIRE"}
    assert "TrackingOptions" not in configuration
    assert {*events} == {"SEND", "BOUNCE", "COMPLAINT"}


@pytest.mark.parametrize("name", [ADDRESS, DOMAIN])
def test_only_ses_may_publish_reports_and_only_of_this_stage(synthesise, name):
    stage = synthesise(name)
    resources = stage.stack("mail")["Resources"].values()
    allowed = [
        statement
        for resource in resources
        if resource["Type"] in {"AWS::SNS::TopicPolicy", "AWS::KMS::Key"}
        for statement in (
            resource["Properties"].get("PolicyDocument") or resource["Properties"]["KeyPolicy"]
        )["Statement"]
        if statement["Effect"] == "Allow" and "Service" in statement["Principal"]
    ]

    assert sorted(str(statement["Action"]) for statement in allowed) == [
        "['kms:Decrypt', 'kms:GenerateDataKey*']",
        "sns:Publish",
    ]
    for statement in allowed:
        assert statement["Principal"] == {"Service": "ses.amazonaws.com"}
        condition = statement["Condition"]["StringEquals"]
        assert condition["aws:SourceAccount"] == {"Ref": "AWS::AccountId"}
        source = stage.resolved(condition["aws:SourceArn"])
        assert source.endswith(f":configuration-set/{Names(stage.settings.stage).mail}")


@pytest.mark.parametrize("name", [ADDRESS, DOMAIN, "local"])
def test_reports_reach_their_queue_as_ses_wrote_them(synthesise, name):
    stage = synthesise(name)
    names = Names(stage.settings.stage)
    (subscription,) = [
        resource["Properties"]
        for resource in stage.stack("mail")["Resources"].values()
        if resource["Type"] == "AWS::SNS::Subscription"
    ]
    senders = [
        stage.resolved(statement["Condition"]["ArnEquals"]["aws:SourceArn"])
        for policy in stage.stack("data")["Resources"].values()
        if policy["Type"] == "AWS::SQS::QueuePolicy"
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]
        if statement.get("Principal") == {"Service": "sns.amazonaws.com"}
    ]

    assert subscription["Protocol"] == "sqs"
    assert subscription["RawMessageDelivery"] is True
    assert stage.resolved(subscription["Endpoint"]).endswith(f":{names.queue('feedback')}")
    assert [sender.rpartition(":")[2] for sender in senders] == [names.mail]


def test_mail_is_deployed_after_the_site_that_it_links_to(synthesise):
    stage = synthesise("dev")

    assert stage.stack_name("site") in stage.dependencies[stage.stack_name("mail")]
