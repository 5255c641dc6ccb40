"""What a resource's own policy allows: which service, for what, and on whose behalf."""

import pytest

from docket.domain.accounts.passwords import MIN_LENGTH
from docket.gateways.cognito import TYPED_EMAIL
from infra.queues import QUEUES
from tests.infra.conftest import ACCOUNT, REGION

POLICIES = ("AWS::S3::BucketPolicy", "AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy")
HASH_LENGTH = 8
"""The characters that the CDK appends to a logical id."""
LOG_BUCKET = "DataAccessLogsC0C25EE4"
OWNER = {"aws:SourceAccount": ACCOUNT}


def without_expressions(stage, value):
    """The value, with the expressions in it resolved."""
    match value:
        case {"Ref": _} | {"Fn::GetAtt": _} | {"Fn::Join": _}:
            return stage.resolved(value)
        case dict():
            return {key: without_expressions(stage, part) for key, part in value.items()}
    return value


def resolved_all(stage, resources):
    """A resource, or a tuple of them, as CloudFormation resolves it."""
    if isinstance(resources, list):
        return tuple(stage.resolved(resource) for resource in resources)
    return stage.resolved(resources)


def allowed(stage, part):
    """`(service, actions, resources, conditions)` of what the policies of that resource allow."""
    statements = [
        statement
        for kind in POLICIES
        for name, policy in stage.of_type(kind).items()
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]
        if name.startswith(part) and statement["Effect"] == "Allow"
    ]
    return [
        (
            statement["Principal"]["Service"],
            statement["Action"],
            resolved_all(stage, statement["Resource"]),
            without_expressions(stage, statement.get("Condition")),
        )
        for statement in statements
    ]


def expected(stage):
    """What the policies allow, by the logical id of the policy, without its hash."""
    name = stage.settings.stage
    logs, uploads = f"<{LOG_BUCKET}.Arn>", "<DataQueuesUploads1CDA9376.Arn>"
    edge = f"arn:aws:logs:us-east-1:{ACCOUNT}"
    site = f"arn:aws:s3:::docket-{name}-site-{ACCOUNT}-{REGION}"
    documents = f"arn:aws:s3:::docket-{name}-documents-{ACCOUNT}-{REGION}"
    distribution = f"arn:aws:cloudfront::{ACCOUNT}:distribution/<WebsiteDistribution0C86AB5B>"
    delivery = {
        "StringEquals": {**OWNER, "s3:x-amz-acl": "bucket-owner-full-control"},
        "ArnLike": {"aws:SourceArn": f"{edge}:delivery-source:docket-{name}-{REGION}-access-log"},
    }

    def on_behalf_of(source, comparison="ArnLike"):
        return {"StringEquals": OWNER, comparison: {"aws:SourceArn": source}}

    def alarms(region, topic):
        source = f"arn:aws:cloudwatch:{region}:{ACCOUNT}:alarm:*"
        return [("cloudwatch.amazonaws.com", "sns:Publish", topic, on_behalf_of(source))]

    s3_logs = "logging.s3.amazonaws.com"
    reports = f"arn:aws:ses:{REGION}:{ACCOUNT}:configuration-set/docket-{name}-mail"
    by_the_sender = {"StringEquals": {**OWNER, "aws:SourceArn": reports}}
    topic = f"arn:aws:sns:{REGION}:{ACCOUNT}:docket-{name}-mail"
    sender = {
        "SenderReportsPolicy": [
            ("ses.amazonaws.com", "sns:Publish", "<SenderReportsBCE8E3D8>", by_the_sender)
        ],
        "DataQueuesFeedbackPolicy": [
            (
                "sns.amazonaws.com",
                "sqs:SendMessage",
                "<DataQueuesFeedbackA4675363.Arn>",
                {"ArnEquals": {"aws:SourceArn": topic}},
            )
        ],
    }
    return {
        "DataAccessLogsPolicy": [
            (s3_logs, "s3:PutObject", f"{logs}/site/*", on_behalf_of(site)),
            ("delivery.logs.amazonaws.com", "s3:PutObject", f"{logs}/*", delivery),
            (
                s3_logs,
                "s3:PutObject",
                f"{logs}/documents/*",
                on_behalf_of("<DataDocumentsDACEAC53.Arn>"),
            ),
        ],
        "DataDocumentsPolicy": [],
        "WebsiteBucketPolicy": [
            (
                "cloudfront.amazonaws.com",
                ["s3:GetObject", "s3:ListBucket"],
                ("<WebsiteBucket4326D7C2.Arn>", "<WebsiteBucket4326D7C2.Arn>/*"),
                {"StringEquals": {"AWS:SourceArn": distribution}},
            )
        ],
        **{
            f"DataQueues{queue.name.capitalize()}{part}Policy": []
            for queue in QUEUES
            for part in ("", "DeadLetters")
        },
        "DataQueuesUploadsPolicy": [
            ("s3.amazonaws.com", "sqs:SendMessage", uploads, on_behalf_of(documents, "ArnEquals"))
        ],
        "AlarmsTopicPolicy": alarms(REGION, "<AlarmsTopic3A2DFEBA>"),
        "DistributionAlarmsTopicPolicy": alarms("us-east-1", "<DistributionAlarmsTopicCCF18AE2>"),
        **(sender if stage.settings.mail_sender else {}),
    }


@pytest.mark.parametrize("name", ["dev", "prod", "dev with cognito"])
def test_a_resource_admits_only_the_services_that_act_for_the_stage(synthesise, name):
    stage = synthesise(name)
    policies = {logical_id for kind in POLICIES for logical_id in stage.of_type(kind)}
    known = expected(stage)

    assert {logical_id[:-HASH_LENGTH] for logical_id in policies} == known.keys()
    assert {part: allowed(stage, part) for part in known} == known


@pytest.mark.parametrize("name", ["dev", "prod", "dev with cognito"])
def test_a_bucket_is_private_and_its_access_log_has_a_prefix_that_s3_may_write_to(synthesise, name):
    stage = synthesise(name)
    logs = f"docket-{stage.settings.stage}-access-logs-{ACCOUNT}-{REGION}"
    names = {logical_id: stage.resolved(bucket["Properties"]["BucketName"])
             for logical_id, bucket in stage.of_type("AWS::S3::Bucket").items()}  # fmt: skip
    may_write = {
        (without_expressions(stage, condition)["ArnLike"]["aws:SourceArn"], resource)
        for service, _, resource, condition in allowed(stage, "DataAccessLogs")
        if service == "logging.s3.amazonaws.com"
    }

    assert len(names) == 3
    for logical_id, bucket in stage.of_type("AWS::S3::Bucket").items():
        properties = bucket["Properties"]
        access = properties["PublicAccessBlockConfiguration"]
        assert (len(access), {*access.values()}) == (4, {True}), logical_id
        logging = properties.get("LoggingConfiguration")
        if names[logical_id] == logs:
            assert logging is None
            continue
        destination = stage.resolved(logging["DestinationBucketName"])
        assert destination in (logs, f"<{LOG_BUCKET}>"), logical_id
        sources = {f"arn:aws:s3:::{names[logical_id]}", f"<{logical_id}.Arn>"}
        resource = f"<{LOG_BUCKET}.Arn>/{logging['LogFilePrefix']}*"
        assert may_write & {(source, resource) for source in sources}, logical_id


def test_only_the_api_registers_customers_and_starts_their_sessions(synthesise):
    stage = synthesise("dev with cognito")
    pool = stage.only("AWS::Cognito::UserPool")
    client = stage.only("AWS::Cognito::UserPoolClient")

    assert pool["AdminCreateUserConfig"] == {"AllowAdminCreateUserOnly": True}
    assert client["AllowedOAuthFlowsUserPoolClient"] is False
    assert not {"AllowedOAuthFlows", "AllowedOAuthScopes", "CallbackURLs"} & client.keys()
    assert client["SupportedIdentityProviders"] == ["COGNITO"]
    assert not stage.of_type("AWS::Cognito::UserPoolDomain")


def test_the_pool_has_the_attribute_of_addresses_as_they_were_typed(synthesise):
    schema = synthesise("dev with cognito").only("AWS::Cognito::UserPool")["Schema"]

    attributes = {f"custom:{attribute['Name']}": attribute for attribute in schema}
    assert attributes[TYPED_EMAIL]["Mutable"] is True


def test_the_pool_requires_of_a_password_what_registration_requires(synthesise):
    """The pool also accepts passwords that did not come through registration."""
    policy = synthesise("dev with cognito").only("AWS::Cognito::UserPool")["Policies"]

    assert policy["PasswordPolicy"] == {
        "MinimumLength": MIN_LENGTH,
        "RequireLowercase": False,
        "RequireNumbers": False,
        "RequireSymbols": False,
        "RequireUppercase": False,
    }
