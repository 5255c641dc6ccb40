"""A stage in process that is found as a deployed one: by its function and its queues."""

import io
import json
import os
import zipfile

import boto3
import pytest
from botocore.exceptions import ClientError

from docket.gateways import queue_operations
from operations.commands import run
from tests.emulated_aws import REGION

STAGE = "test"


def code():
    """An archive for a function that is never called."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("nothing.py", "")
    return archive.getvalue()


class Queues:
    """The queue of uploads, that of results, and their dead-letter queues."""

    def __init__(self):
        self._sqs = boto3.client("sqs", region_name=REGION)
        self.urls = {}
        for name, ending in (("uploads", ""), ("results", ".fifo")):
            fifo = {"FifoQueue": "true"} if ending else {}
            dead = self._create(f"{name}-dead-letters", ending, fifo)
            arn = self._sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])
            policy = {
                "deadLetterTargetArn": arn["Attributes"]["QueueArn"],
                "maxReceiveCount": 5,
            }
            self._create(name, ending, {**fifo, "RedrivePolicy": json.dumps(policy)})

    def _create(self, name, ending, attributes):
        url = self._sqs.create_queue(
            QueueName=f"docket-{STAGE}-{name}{ending}", Attributes=attributes
        )["QueueUrl"]
        self.urls[name] = url
        return url

    def send(self, name, body, **group):
        self._sqs.send_message(QueueUrl=self.urls[name], MessageBody=body, **group)

    def bodies(self, name):
        messages = self._sqs.receive_message(
            QueueUrl=self.urls[name], MaxNumberOfMessages=10, VisibilityTimeout=0
        )
        return [message["Body"] for message in messages.get("Messages", [])]

    def delete(self):
        for url in self.urls.values():
            self._sqs.delete_queue(QueueUrl=url)


@pytest.fixture
def stage_queues(service):
    queues = Queues()
    yield queues
    queues.delete()


@pytest.fixture
def deployed(service, stage_queues, monkeypatch):
    """The function from which the operator takes the stage's settings."""
    iam = boto3.client("iam", region_name=REGION)
    role = iam.create_role(RoleName="role", AssumeRolePolicyDocument="{}", Path="/")["Role"]["Arn"]
    functions = boto3.client("lambda", region_name=REGION)
    variables = {name: os.environ[name] for name in os.environ if name.startswith("DOCKET_")}
    name = f"docket-{STAGE}-events-settle-debt"
    functions.create_function(
        FunctionName=name,
        Runtime="python3.13",
        Role=role,
        Handler="nothing.handler",
        Code={"ZipFile": code()},
        Environment={"Variables": variables},
    )
    yield
    functions.delete_function(FunctionName=name)
    iam.delete_role(RoleName="role")


@pytest.fixture
def command(deployed):
    """Run a command of the operator. Returns its status and its lines."""

    def run_command(*arguments):
        lines: list[str] = []
        return run([*arguments, "--stage", STAGE], lines.append), lines

    return run_command


@pytest.fixture
def without_move_tasks(monkeypatch):
    """SQS as moto and the emulator have it: without tasks that move messages."""

    def refuse(**fields):
        raise ClientError({"Error": {"Code": "InvalidAction"}}, "StartMessageMoveTask")

    monkeypatch.setattr(queue_operations._sqs(), "start_message_move_task", refuse)
