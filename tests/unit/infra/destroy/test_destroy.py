"""`make destroy` against S3, logs and secrets of moto, and a double of CloudFormation."""

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from infra.deployment.deployed import Resource
from infra.destroy import __main__ as command
from infra.destroy import resources, stage
from infra.preflight.account import Account
from infra.preflight.credentials import NO_CREDENTIALS
from infra.settings import DEV
from tests.deployed_stacks import FakeStack, Stacks

REGION = "eu-central-1"


@pytest.fixture
def session(monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_REGION", REGION)
    with mock_aws():
        yield boto3.Session(region_name=REGION)


@pytest.fixture
def bucket(session):
    s3 = session.client("s3")
    s3.create_bucket(
        Bucket="docket-dev-documents", CreateBucketConfiguration={"LocationConstraint": REGION}
    )
    s3.put_bucket_versioning(
        Bucket="docket-dev-documents", VersioningConfiguration={"Status": "Enabled"}
    )
    return s3


def destroy(clients):
    lines: list[str] = []
    stage.destroy(clients, "dev", REGION, lines.append)
    return lines


def test_stacks_are_deleted_in_the_reverse_order_of_their_creation(session):
    clients = Stacks(
        session,
        {
            REGION: [FakeStack("docket-dev-data", protected=True), FakeStack("docket-dev-api")],
            "us-east-1": [FakeStack(f"docket-dev-edge-{REGION}")],
        },
    )

    destroy(clients)

    assert clients.regions[REGION].deleted == ["docket-dev-api", "docket-dev-data"]
    assert clients.regions["us-east-1"].deleted == [f"docket-dev-edge-{REGION}"]


def test_other_stages_and_regions_are_left_alone(session):
    names = ["docket-prod-data", "docket-development", "another-docket-dev-data"]
    edge = ["docket-dev-edge-eu-west-1", "docket-dev-data"]
    clients = Stacks(
        session,
        {
            REGION: [FakeStack(name) for name in names],
            "us-east-1": [FakeStack(name) for name in edge],
        },
    )

    assert destroy(clients) == []

    assert len(clients.regions[REGION].stacks) == 3
    assert len(clients.regions["us-east-1"].stacks) == 2


def test_a_stack_that_another_one_uses_is_tried_again(session):
    clients = Stacks(
        session,
        {
            REGION: [
                FakeStack("docket-dev-site"),
                FakeStack("docket-dev-edge", needs_gone=("docket-dev-site",)),
            ]
        },
    )

    destroy(clients)

    assert clients.regions[REGION].deleted == ["docket-dev-site", "docket-dev-edge"]


def test_a_bucket_that_was_written_to_again_is_emptied_again(session):
    outcomes = iter([False, True])
    data = FakeStack("docket-dev-data", on_delete=lambda: next(outcomes))

    assert destroy(Stacks(session, {REGION: [data]}))[-1] == "docket-dev-data is deleted"


def test_stacks_that_cannot_be_deleted_are_named(session):
    stuck = FakeStack("docket-dev-data", on_delete=lambda: False)

    with pytest.raises(stage.NotDestroyed, match="docket-dev-data"):
        destroy(Stacks(session, {REGION: [stuck]}))


def test_a_bucket_is_emptied_of_all_versions_and_markers_before_its_stack_goes(session, bucket):
    for number in range(1100):  # more than one page
        bucket.put_object(Bucket="docket-dev-documents", Key=f"uploads/{number}", Body=b"1")
    for body in (b"1", b"2"):
        bucket.put_object(Bucket="docket-dev-documents", Key="replaced", Body=body)
    bucket.delete_object(Bucket="docket-dev-documents", Key="replaced")

    def is_empty():
        versions = bucket.list_object_versions(Bucket="docket-dev-documents")
        return not versions.get("Versions") and not versions.get("DeleteMarkers")

    assert not is_empty()
    data = FakeStack(
        "docket-dev-data",
        resources=[("AWS::S3::Bucket", "docket-dev-documents")],
        on_delete=is_empty,
    )

    lines = destroy(Stacks(session, {REGION: [data]}))

    assert "emptied docket-dev-documents, 1103 versions" in lines
    names = [found["Name"] for found in bucket.list_buckets()["Buckets"]]
    assert "docket-dev-documents" not in names


def test_what_the_stacks_leave_is_deleted(session):
    secretsmanager, logs = session.client("secretsmanager"), session.client("logs")
    arn = secretsmanager.create_secret(Name="keys", SecretString="not-a-key")["ARN"]
    secretsmanager.delete_secret(SecretId=arn)  # as CloudFormation may: with a month of recovery
    logs.create_log_group(logGroupName="/docket/dev/api-access")
    data = FakeStack(
        "docket-dev-data",
        resources=[
            ("AWS::SecretsManager::Secret", arn),
            ("AWS::Logs::LogGroup", "/docket/dev/api-access"),
            ("AWS::Logs::LogGroup", "/docket/dev/gone"),
            ("AWS::S3::Bucket", "gone"),
            ("AWS::SQS::Queue", "https://sqs.example.com/1/uploads"),
        ],
    )

    destroy(Stacks(session, {REGION: [data]}))

    assert logs.describe_log_groups()["logGroups"] == []
    secretsmanager.create_secret(Name="keys", SecretString="not-a-key")  # the name is free


class Refusing:
    """S3 with a bucket that it does not let anyone empty."""

    def __init__(self, reply):
        self.reply = reply

    def client(self, *_, **__):
        return self

    def list_object_versions(self, **_):
        return {"Versions": [{"Key": "a", "VersionId": "1"}]}

    def delete_objects(self, **_):
        if isinstance(self.reply, ClientError):
            raise self.reply
        return self.reply

    def delete_log_group(self, **_):
        raise self.reply


def test_a_refused_deletion_is_an_error():
    bucket = Resource("AWS::S3::Bucket", "docket-dev-documents")
    denied = ClientError({"Error": {"Code": "AccessDenied", "Message": ""}}, "DeleteObjects")

    with pytest.raises(resources.NotEmptied, match="documents: AccessDenied"):
        resources.empty(Refusing({"Errors": [{"Code": "AccessDenied"}]}), bucket, REGION)
    with pytest.raises(ClientError):
        resources.empty(Refusing(denied), bucket, REGION)
    with pytest.raises(ClientError):
        resources.delete(Refusing(denied), Resource("AWS::Logs::LogGroup", "a"), REGION)


@pytest.fixture
def deployed(session, monkeypatch):
    """The account that the command logs in to, with a deployed stage."""
    clients = Stacks(session, {REGION: [FakeStack("docket-dev-data")]})
    account = Account(clients=clients, id="123456789012", region=REGION, settings=DEV)
    monkeypatch.setattr(command, "log_in", lambda *_: account)
    return clients.regions[REGION]


def test_a_stage_that_keeps_its_data_is_refused(deployed, capsys):
    assert command.main(["prod", "--confirm", "prod"]) == 1

    assert "keeps its data" in capsys.readouterr().out
    assert deployed.deleted == []


@pytest.mark.parametrize(("typed", "status"), [("dev", 0), ("prod", 1), ("", 1)])
def test_the_name_of_the_stage_must_be_typed(deployed, monkeypatch, typed, status):
    monkeypatch.setattr("builtins.input", lambda _: typed)

    assert command.main(["dev"]) == status
    assert deployed.deleted == ([] if status else ["docket-dev-data"])


def test_a_script_confirms_with_an_argument(deployed, capsys):
    assert command.main(["dev", "--confirm", "prod"]) == 1
    assert command.main(["dev", "--confirm", "dev"]) == 0

    assert "docket-dev-data (eu-central-1)" in capsys.readouterr().out


def test_a_failure_is_an_exit_status(deployed):
    deployed.stacks[0].on_delete = lambda: False

    assert command.main(["dev", "--confirm", "dev"]) == 1


def test_missing_credentials_are_named(monkeypatch, capsys):
    monkeypatch.setattr(command, "log_in", lambda *_: [NO_CREDENTIALS])

    assert command.main(["dev", "--confirm", "dev"]) == 1
    assert "no AWS credentials" in capsys.readouterr().out
